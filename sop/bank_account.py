"""Whether a text names an account to pay to that is not ours: the oldest fraud in collecting. (sop 7; G15)"""

from __future__ import annotations

import re

SHORTEST_ACCOUNT = 8  # digits in a row; amounts, dates, phones and invoice numbers are taken out before counting

_WALLETS = r"(dana|ovo|gopay|shopeepay|linkaja)"
_BANKS = r"(bca|bni|bri|bsi|btn|mandiri|cimb|permata|danamon|jago|seabank)"
_PAYING = re.compile(rf"\b(rek|rekening|norek|virtual account|va|transfer|tf|bayar|{_BANKS})\b")
_TO_WALLET = re.compile(rf"\b(ke|via|lewat|pakai)\s+{_WALLETS}\b")
_RUN = re.compile(r"\d[\d .-]*\d")
_PHONE = re.compile(r"(\+62|\b62|\b0)[\s-]?8[\d -]{7,13}\d")
_NOT_ACCOUNTS = (
    re.compile(r"\brp\.?\s*\d[\d.,]*"),
    re.compile(r"(?<![\d.])\d{1,3}([.,]\d{3})+(,\d{2})?(?![\d.])"),  # 32.400.000
    re.compile(r"\b\d{1,2}[ ./-]\d{1,2}[ ./-](\d{4}|\d{2})\b"),  # 25.11.2026
    re.compile(r"\bgiro( (nomor|no\.?))? ([a-z]{1,4}[ -])?[\d/.-]*\d"),  # the paper's own number
    re.compile(r"\b(faktur|invoice|inv|nota|po|so|sj|no\. ?faktur)[ .:#/-]*[\w/.-]*\d[\w/.-]*"),
)


def names_other_account(text: str, *, allowed: str) -> bool:
    """This function will say whether the text names an account number beside those in `allowed` (the settings' text).

    Only long numbers in a text that speaks of paying count; a phone number counts when it is paid into (e-wallets).
    """
    plain = text.lower()
    to_wallet = bool(_TO_WALLET.search(plain))
    for pattern in _NOT_ACCOUNTS:
        plain = pattern.sub(" ; ", plain)
    if not to_wallet:
        plain = _PHONE.sub(" ; ", plain)
    if not to_wallet and not _PAYING.search(plain):
        return False
    own = {_digits(run) for run in _RUN.findall(allowed)}
    return any(len(_digits(run)) >= SHORTEST_ACCOUNT and _digits(run) not in own for run in _RUN.findall(plain))


def _digits(run: str) -> str:
    return re.sub(r"\D", "", run)
