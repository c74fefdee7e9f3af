"""Amounts as lists write them: what is read, what is refused, what only the column can tell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.amounts import AmountUnreadable, Style, is_ambiguous, proved_styles, read_amount
from sop.money import Money

SEN = st.integers(min_value=0, max_value=10**14)


@pytest.mark.parametrize(
    ("written", "sen"),
    [
        ("1.250.000,00", 125_000_000),
        ("Rp1.250.000", 125_000_000),
        ("Rp. 1,250,000", 125_000_000),
        ("Rp 1.250.000,-", 125_000_000),
        ("IDR 150,000,000", 15_000_000_000),
        ("1250000", 125_000_000),
        ("1.250.000 IDR", 125_000_000),
        ("1.250,5", 125_050),  # one decimal is fifty sen
        ("12.50", 1_250),
        ("(1.250.000)", -125_000_000),
        ("(Rp1.250.000)", -125_000_000),
        ("Rp (1.250.000)", -125_000_000),
        ("-1.250.000", -125_000_000),
        ("-Rp1.250.000", -125_000_000),
        ("1.250.000-", -125_000_000),
        ("32400000.000001", 3_240_000_000),  # noise of a float, as one accounting program exports it
        ("'1.250.000", 125_000_000),
        ("-", 0),
        ("Rp -", 0),
        ("Rp0,00", 0),
        ("", 0),
        (1_250_000.0, 125_000_000),
        (32_400_000.000001, 3_240_000_000),
        (0.1 + 0.2, 30),
        (-250_000.0, -25_000_000),
    ],
)
def test_an_amount_that_can_be_read_in_one_way_only(written: str | float, sen: int) -> None:
    assert read_amount(written, None) == Money(sen)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("1.250", "amount_ambiguous"),  # a thousand here, one and a quarter there
        ("250,000", "amount_ambiguous"),
        ("1,5jt", "amount_abbreviated"),
        ("1,5 juta", "amount_abbreviated"),
        ("500rb", "amount_abbreviated"),
        ("USD 100", "amount_foreign"),
        ("$1,250.00", "amount_foreign"),
        ("1,25E+06", "amount_digits_lost"),
        ("1.25.000", "amount_unreadable"),
        ("1 250 000", "amount_unreadable"),
        ("lunas", "amount_unreadable"),
        ("#REF!", "amount_unreadable"),
        ("1.250.000,005", "amount_below_sen"),
        (33_333.3333, "amount_below_sen"),
        (1e15, "amount_too_large"),
    ],
)
def test_an_amount_that_is_refused(written: str | float, key: str) -> None:
    with pytest.raises(AmountUnreadable) as refused:
        read_amount(written, None)
    assert refused.value.key == key


def test_an_ambiguous_amount_is_read_under_a_style() -> None:
    assert read_amount("1.250", Style.DOTS) == Money.rupiah(1_250)
    assert read_amount("1.250", Style.COMMAS) == Money(125)


def test_a_column_proves_its_style_with_one_value() -> None:
    assert proved_styles(["1.250", "2.500", "1.250.000"]) == {Style.DOTS}
    assert proved_styles(["1,250", "2,500.00"]) == {Style.COMMAS}
    assert proved_styles(["1.250", "500", "0,00", ""]) == set()  # zero with decimals proves nothing
    assert proved_styles(["1.250.000", "1,250,000"]) == {Style.DOTS, Style.COMMAS}


def written_forms(sen: int, style: Style) -> list[str]:
    """Every form an amount of a column in this style may take."""
    rupiah, part = divmod(sen, 100)
    english = f"{rupiah:,}"
    group = english if style is Style.COMMAS else english.replace(",", ".")
    mark = "." if style is Style.COMMAS else ","
    decimals = f"{group}{mark}{part:02}"
    short = [] if part else [group, f"Rp{group}", f"Rp. {group}", f"{group},-", str(rupiah)]
    return [decimals, f"Rp{decimals}", f"Rp {decimals}", f"IDR {decimals}", *short]


@given(sen=SEN, style=st.sampled_from(Style), pick=st.integers(min_value=0))
def test_what_is_written_in_a_known_style_is_read_back(sen: int, style: Style, pick: int) -> None:
    forms = written_forms(sen, style)
    form = forms[pick % len(forms)]
    assert read_amount(form, style) == Money(sen)
    assert read_amount(f"({form})", style) == Money(-sen)
    assert read_amount(f"-{form}", style) == Money(-sen)


@given(sen=SEN, style=st.sampled_from(Style), pick=st.integers(min_value=0))
def test_without_a_style_an_amount_is_read_right_or_not_at_all(sen: int, style: Style, pick: int) -> None:
    forms = written_forms(sen, style)
    form = forms[pick % len(forms)]
    if is_ambiguous(form):
        with pytest.raises(AmountUnreadable):
            read_amount(form, None)
    else:
        assert read_amount(form, None) == Money(sen)


@given(sen=SEN)
def test_a_number_cell_keeps_every_sen(sen: int) -> None:
    assert read_amount(float(Decimal(sen) / 100), None) == Money(sen)


@given(text=st.text(alphabet="0123456789.,-() Rpjtrb", max_size=14))
def test_a_text_never_does_anything_but_read_or_refuse(text: str) -> None:
    try:
        amount = read_amount(text, None)
    except AmountUnreadable as refused:
        assert refused.key.startswith("amount_")
    else:
        digits = "".join(character for character in text if character.isdigit()).lstrip("0")
        assert str(abs(amount.sen)).rstrip("0") in digits or not amount  # no digit is invented
