"""Apple Card's signs, types and dates."""

import pytest

from makewhole.records import Kind
from makewhole.statements import Source, read

HEADER = "Transaction Date,Clearing Date,Description,Merchant,Category,Type,Amount (USD)"


@pytest.mark.parametrize(
    ("word", "amount", "kind", "signed"),
    [
        ("Purchase", "5.00", "payment", "-5.00"),
        ("Payment", "-5.00", "repayment", "5.00"),
        ("Refund", "-5.00", "refund", "5.00"),
        ("Interest", "5.00", "fee", "-5.00"),
        ("Moonlight", "-5.00", "income", "5.00"),
    ],
)
def test_charges_are_positive_in_the_file(word: str, amount: str, kind: str, signed: str) -> None:
    line = f"01/31/2025,02/01/2025,BAR,Bar,Food,{word},{amount}"
    (entry,) = read([Source("a.csv", f"{HEADER}\n{line}\n".encode())]).entries
    assert (entry.kind, str(entry.amount)) == (Kind(kind), signed)
    assert (str(entry.occurred_on), str(entry.booked_on)) == ("2025-01-31", "2025-02-01")
