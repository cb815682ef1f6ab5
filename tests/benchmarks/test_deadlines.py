from benchmarks.deadlines import batch, entries, measure, one_case


def test_every_share_of_the_batch_asks_every_rule() -> None:
    assert len(entries()) > 90
    refused = batch((0, len(entries())))
    assert 0 < refused < len(entries()) / 4


def test_the_whole_batch_is_counted() -> None:
    found = measure(201, 2)
    assert found.count == 201
    assert found.refused == batch((0, 101)) + batch((101, 100))


def test_a_case_asks_all_rules_of_its_jurisdiction() -> None:
    rules, seconds = one_case("CN")
    assert rules == len(entries("CN"))
    assert seconds > 0
