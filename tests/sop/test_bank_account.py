"""No collector's text may send the money to another account."""

from __future__ import annotations

import pytest

from sop.bank_account import names_other_account

OURS = "Hanya ke rekening a.n. PT Maju Jaya: BCA 873 012 3456 atau VA 88000812345"


@pytest.mark.parametrize(
    "text",
    [
        "transfer ke BCA 1234567890",
        "rek mandiri 123-00-1234567-8 saja",
        "via dana 081200000012 ya Pak",  # an e-wallet is a phone number
        "ke rekening 873 012 3457",  # a digit away from ours
        "bayar ke 1234.5678.90",
        "giro GA 12345678 (BCA) ditolak, transfer ke 9998887776",
    ],
)
def test_another_account(text: str) -> None:
    assert names_other_account(text, allowed=OURS)


@pytest.mark.parametrize(
    "text",
    [
        "transfer ke BCA 8730123456",  # ours, written otherwise
        "VA 8800-0812-345",
        "mohon transfer Rp32.400.000 sebelum 25.11.2026",
        "mohon transfer 32.400.000,00 hari ini",
        "setelah transfer kabari saya di 0812-0000-0012",
        "transfer untuk faktur 2026110012345",
        "nomor resi 1234567890",  # nothing is paid here
        "terima kasih",
        "giro nomor GA 12345678 (BCA) sudah kami terima",  # the paper's own number beside its bank
    ],
)
def test_nothing_wrong(text: str) -> None:
    assert not names_other_account(text, allowed=OURS)
