from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from makewhole.reconcile.align import Tempo, align

DAYS = st.lists(st.integers(0, 20).map(float), max_size=7).map(sorted)
TEMPOS = st.builds(Tempo, st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([1.0, 3.0, 5.0]))


def worth(
    pairs: list[tuple[int, int]], ours: list[float], theirs: list[float], tempo: Tempo
) -> float:
    return sum(tempo.reward - (tempo.cost(theirs[j] - ours[i]) or 0.0) for i, j in pairs)


@given(DAYS, DAYS, TEMPOS)
def test_alignment_is_the_best_of_all_assignments(
    ours: list[float], theirs: list[float], tempo: Tempo
) -> None:
    @cache
    def best(at: int, used: frozenset[int]) -> float:
        if at == len(ours):
            return 0.0
        values = [best(at + 1, used)]
        for j, other in enumerate(theirs):
            cost = tempo.cost(other - ours[at])
            if j not in used and cost is not None:
                values.append(best(at + 1, used | {j}) + tempo.reward - cost)
        return max(values)

    pairs = align(ours, theirs, tempo)
    assert abs(worth(pairs, ours, theirs, tempo) - best(0, frozenset())) < 1e-9


@given(DAYS, DAYS, TEMPOS)
def test_alignment_is_one_to_one_in_order_and_inside_the_window(
    ours: list[float], theirs: list[float], tempo: Tempo
) -> None:
    pairs = align(ours, theirs, tempo)
    assert pairs == sorted(pairs)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(tempo.cost(theirs[j] - ours[i]) is not None for i, j in pairs)


def test_one_missing_row_does_not_shift_a_run_of_equal_payments() -> None:
    days = [float(day) for day in range(20)]
    pairs = align(days[:19], days[1:], Tempo())
    assert pairs == [(i, i - 1) for i in range(1, 19)]


def test_many_equal_rows_stay_near_linear() -> None:
    days = [float(at // 3) for at in range(30_000)]
    assert len(align(days, days, Tempo())) == 30_000
