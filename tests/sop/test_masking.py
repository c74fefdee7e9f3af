"""What a collector typed, as a group may read it."""

from __future__ import annotations

import pytest

from sop.masking import without_phones


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("hubungi 081200000001 saja", "hubungi ••• saja"),
        ("WA +62 812-0000-0001", "WA •••"),
        ("nomor 62 812 0000 0001, minta besok", "nomor •••, minta besok"),
        ("kantor (021) 5550001", "kantor •••"),
        ("minta potong Rp 25.000.000", "minta potong Rp 25.000.000"),  # an amount is no number to call
        ("baru 1.500.000 dari 3.000.000", "baru 1.500.000 dari 3.000.000"),
        ("janji 02-12-2026 10.00", "janji 02-12-2026 10.00"),
        ("janji 25-11-2026 jam 10.00", "janji 25-11-2026 jam 10.00"),
        ("faktur INV/2026/0012345", "faktur INV/2026/0012345"),
    ],
)
def test_only_telephone_numbers_go(said: str, shown: str) -> None:
    assert without_phones(said) == shown
