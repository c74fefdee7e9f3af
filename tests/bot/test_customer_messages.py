"""What WhatsApp, the law and good manners ask of the messages to customers. (sop 7, 10; facts on templates)"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bot.render import FOLDER, LANGUAGES, ContentSource, content_source, customer_messages, customer_text
from sop.bank_account import names_other_account
from sop.ladder import RUNGS
from sop.ladder.rungs import WITHOUT_CLAUSE
from sop.lexicon import DAGANG, PUK, forbidden_in

BODY_CHARACTERS = 1024
QUICK_REPLIES = 3
QUICK_REPLY_CHARACTERS = 20

ALL = [(message, language) for language in LANGUAGES for message in customer_messages(language)]
WITHOUT_BILL = {"customer/T22", "customer/T26", "customer/T27"}  # a stranger may read them, or no bill is meant

LONG_NAME = "PT Sumber Makmur Sejahtera Abadi Nusantara Cabang Surabaya Timur"
LONG_DAY = "2026-09-30"  # Rabu, 30 September 2026; Wednesday, 30 September 2026
AMOUNT = 987_654_321_098_76

# The longest a value can reasonably be. A new variable of a customer's message is added here.
LONGEST: dict[str, str | int] = {
    "salutation_name": "Bapak/Ibu Raden Mas Hadiningrat Kusumawardhana",
    "business": LONG_NAME,
    "invoices": "128 faktur (tertua Rabu, 30 September 2026)",
    "upcoming": "faktur FJ/2026/09/0000123",
    "upcoming_amount": AMOUNT,
    "upcoming_on": LONG_DAY,
    "amount": AMOUNT,
    "balance": AMOUNT,
    "due_on": LONG_DAY,
    "promised_on": LONG_DAY,
    "paid_on": LONG_DAY,
    "message_on": LONG_DAY,
    "deadline_on": LONG_DAY,
    "requested_on": LONG_DAY,
    "until_on": LONG_DAY,
    "visit_on": LONG_DAY,
    "hour": "10.00",
    "assignment_number": "12345/ST/FIN-SMS/VIII/2026",
    "letter_on": LONG_DAY,
    "letter_number": "012/SP1/FIN-SMS/VIII/2026",
    "days_late": 1234,
    "officer": "Raden Ajeng Kusumawardhani",
    "manager_name": "Raden Ajeng Kusumawardhani",
    "company": LONG_NAME,
    "phone": "+62 812-0000-0000",
    "pay_to": "BCA 0000000000 atau Mandiri 0000000000000 a.n. PT Sumber Makmur Sejahtera Abadi",
    "clause": "pengiriman berikutnya menunggu pelunasan faktur yang telah lewat jatuh tempo (Pasal 7 ayat 2)",
    "ticket": "S-2026-000123",
    "subject": "barang kurang 12 dus pada pengiriman hari Rabu, 30 September 2026",
    "outcome": "nota kredit Rp1.250.000 diterbitkan untuk barang yang diretur, sisanya tetap ditagihkan",
    "alternative": "pembayaran bertahap dua kali, separuhnya paling lambat Rabu, 30 September 2026",
    "plan": "; ".join(["Rp112.500.000 Rabu, 30 September 2026"] * 6),  # the policy allows no more instalments
    "next_amount": AMOUNT,
    "next_on": LONG_DAY,
    "relief_amount": AMOUNT,
    "term_days": 180,
    "request": "perubahan tempo pembayaran",
}


def source_of(message: str, language: str) -> ContentSource:
    return content_source(message, language)


def words(text: str) -> int:
    return len(re.findall(r"[^\W\d_]+", text))


@pytest.mark.parametrize("message, language", ALL)
def test_a_message_can_become_a_template(message: str, language: str) -> None:
    """Meta's rules: no variable at an end, none beside another, words enough around them."""
    source = source_of(message, language)
    between = re.split(r"\{\{\d+\}\}", source.body)
    assert "{" not in "".join(between), f"{message} {language}: write plain {{{{ name }}}} or {{{{ name | filter }}}}"
    assert words(between[0]), f"{message} {language}: it begins with a variable; put a word before it"
    assert words(between[-1]), f"{message} {language}: it ends with a variable; put words behind it"
    assert all(part.strip() for part in between), f"{message} {language}: two variables stand side by side"
    enough = 2 * len(source.expressions) + 1
    assert words("".join(between)) >= enough, f"{message} {language}: too few words for its variables"
    assert not re.search(r"\n{3,}|\t| {4,}", source.body), f"{message} {language}: too many line breaks or spaces"


@pytest.mark.parametrize("message, language", ALL)
def test_the_longest_message_fits(message: str, language: str) -> None:
    text = customer_text(message, language, LONGEST)
    assert len(text.body) <= BODY_CHARACTERS, f"{message} {language}: {len(text.body)} characters, shorten it"
    assert not [one for one in text.variables.values() if "\n" in one or len(one) > 255]


@pytest.mark.parametrize("message, language", ALL)
def test_a_template_is_filled_from_its_own_values(message: str, language: str) -> None:
    """A variable that is missing would be shown as WhatsApp's sample: every place has its number and its value."""
    source, text = source_of(message, language), customer_text(message, language, LONGEST)
    numbers = re.findall(r"\{\{(\d+)\}\}", source.body)
    assert numbers == [str(place) for place in range(1, len(numbers) + 1)] == list(text.variables)


def test_both_languages_say_the_same() -> None:
    for message in customer_messages("id"):
        names = [{one.split(" ")[0] for one in source_of(message, language).expressions} for language in LANGUAGES]
        assert names[0] == names[1], f"{message}: one language names {sorted(names[0] ^ names[1])}, the other does not"


@pytest.mark.parametrize("profile", [DAGANG, PUK])
@pytest.mark.parametrize("message, language", ALL)
def test_no_message_trips_the_guard(message: str, language: str, profile: str) -> None:
    body = customer_text(message, language, LONGEST).body
    assert forbidden_in(body, profile=profile, has_penalty_clause=False) == (), f"{message} {language}"
    assert not names_other_account(body, allowed=str(LONGEST["pay_to"])), f"{message} {language}"


@pytest.mark.parametrize("message, language", ALL)
def test_a_message_names_the_sender_and_a_human(message: str, language: str) -> None:
    """G10: the company, the collector, a number to call back."""
    named = {one.split(" ")[0] for one in source_of(message, language).expressions}
    wanted = {"company", "phone"} if message in WITHOUT_BILL else {"company", "phone", "officer"}
    assert wanted <= named, f"{message} {language}: it must also name {sorted(wanted - named)}"


@pytest.mark.parametrize("message", sorted(WITHOUT_BILL))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stranger_learns_nothing_of_a_bill(message: str, language: str) -> None:
    body = source_of(message, language).body.lower()
    assert not re.search(r"faktur|tagihan|bayar|invoice|bill|pay|rp", body), f"{message} {language}"


def test_the_first_message_says_how_to_stop() -> None:
    assert "Balas STOP" in source_of("customer/T01", "id").body
    assert "Reply STOP" in source_of("customer/T01", "en").body


@pytest.mark.parametrize("message", customer_messages("id"))
def test_a_message_is_good_bahasa(message: str) -> None:
    body = source_of(message, "id").body
    cold = re.findall(r"\b(?:h?utang\w*|nunggak\w*|debitur|kamu|anda|kwitansi|jum'at|rp )\b", body, re.IGNORECASE)
    assert not cold, f"{message}: not to a customer: {cold}"
    relative = re.findall(r"\b(?:kemarin|besok|lusa)\b", body, re.IGNORECASE)
    assert not relative, f"{message}: always weekday and date, not {relative}"
    assert "!" not in body and "?? " not in body, f"{message}: no shouting"


@pytest.mark.parametrize("message, language", ALL)
def test_a_message_has_no_pictures(message: str, language: str) -> None:
    assert not re.search("[\U0001f000-\U0001faff\u2600-\u27bf]", source_of(message, language).body)


@pytest.mark.parametrize("message, language", ALL)
def test_days_are_written_with_their_weekday(message: str, language: str) -> None:
    for one in source_of(message, language).expressions:
        name, _, written = one.partition(" | ")
        wanted = "date" if name.endswith("_on") else "money" if name == "balance" or name.endswith("amount") else ""
        assert written == wanted, f"{message} {language}: {{{{ {name} | {wanted} }}}}"


def test_every_step_has_its_message() -> None:
    named = {name for rung in RUNGS for name in (rung.message, rung.unanswered) if name is not None}
    for name in named | {WITHOUT_CLAUSE, *(f"T{number:02}" for number in range(1, 29))}:
        assert f"customer/{name}" in customer_messages("id"), f"customer/{name}.j2 is missing"


def test_the_consequence_is_only_in_its_own_message() -> None:
    speaking = [one for one in customer_messages("id") if "clause" in source_of(one, "id").expressions]
    assert speaking == ["customer/T06", "customer/T06_with_upcoming"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_quick_replies_fit(language: str) -> None:
    table = tomllib.loads(Path(FOLDER / "whatsapp.toml").read_text("utf-8"))["quick_replies"]
    assert table[language].keys() == table["id"].keys()
    for name, replies in table[language].items():
        assert f"customer/{name}" in customer_messages(language), f"whatsapp.toml: there is no customer/{name}.j2"
        assert len(replies) == len(set(replies)) <= QUICK_REPLIES, f"whatsapp.toml {name}: at most {QUICK_REPLIES}"
        assert all(0 < len(reply) <= QUICK_REPLY_CHARACTERS for reply in replies), f"whatsapp.toml {name} {language}"


def test_quick_replies_are_those_of_the_procedure() -> None:
    table = tomllib.loads(Path(FOLDER / "whatsapp.toml").read_text("utf-8"))["quick_replies"]["id"]
    reminders = {name for name, replies in table.items() if replies == ["Sudah bayar", "Minta waktu", "Ada kendala"]}
    plain = {"T01", "T02", "T04", "T05", "T06", "T06_without_clause", "T07"}
    with_upcoming = {f"{one}_with_upcoming" for one in plain - {"T01", "T07"}}
    assert reminders == plain | with_upcoming
    assert table["T12"] == ["Benar", "Ubah"]
    assert table["T19"] == ["Setuju", "Diskusi"]
