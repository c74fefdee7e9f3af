"""From names and plain values to text; and a customer's message as a WhatsApp template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from bot import render
from bot.render import EmptyVariable, NotMechanical, content_source, customer_messages, customer_text

SHOP = "Toko <Jaya> & Anak"
LETTER: dict[str, Any] = {
    "salutation_name": "Bapak Andi",
    "business": SHOP,
    "company": "PT Contoh",
    "invoices": "faktur FJ-1",
    "amount": 1_250_000_00,
    "due_on": "2026-11-27",
    "pay_to": "BCA 0000000000 a.n. PT Contoh",
    "officer": "Rina",
    "phone": "+6281200000001",
}


@pytest.fixture
def messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of messages of this test's own."""
    for language in render.LANGUAGES:
        for folder in ("customer", "labels"):
            (tmp_path / language / folder).mkdir(parents=True)
    (tmp_path / "whatsapp.toml").write_text('[quick_replies.id]\nT90 = ["Ya"]\n[quick_replies.en]\nT90 = ["Yes"]\n')
    monkeypatch.setattr(render, "FOLDER", tmp_path)
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    """Everything read once is read anew."""
    for once in (content_source, customer_messages, render._environment, render._labels, render._snippet):
        once.cache_clear()
    render._quick_replies.cache_clear()


def write(folder: Path, name: str, text: str) -> None:
    (folder / "id" / f"{name}.j2").write_text(text, encoding="utf-8")


def test_staff_read_html_and_no_name_can_break_it(messages: Path) -> None:
    write(messages, "card", "{# audience: collector; variables: payer #}\n<b>{{ payer }}</b>\n")
    assert render.text_of("card", "id", {"payer": SHOP}) == "<b>Toko &lt;Jaya&gt; &amp; Anak</b>"


def test_the_short_line_over_a_chat_has_no_markup(messages: Path) -> None:
    write(messages, "saved_toast", "{# audience: collector; variables: payer #}\nTercatat: {{ payer }}\n")
    assert render.line_of("saved_toast", "id", {"payer": SHOP}) == f"Tercatat: {SHOP}"


def test_a_missing_value_is_an_error_and_not_an_empty_place(messages: Path) -> None:
    write(messages, "card", "{{ payer }}")
    with pytest.raises(UndefinedError, match="payer"):
        render.text_of("card", "id", {})


def test_a_missing_file_is_an_error(messages: Path) -> None:
    with pytest.raises(TemplateNotFound):
        render.text_of("nowhere", "id", {})


def test_filters_speak_the_readers_language(messages: Path) -> None:
    for language in render.LANGUAGES:
        (messages / language / "due.j2").write_text("{{ amount | short_money }} {{ on | date }}")
    values = {"amount": 2_500_000_00, "on": "2026-11-27"}
    assert render.text_of("due", "id", values) == "Rp2,5 jt Jumat, 27 November 2026"
    assert render.text_of("due", "en", values) == "Rp2,5 m Friday, 27 November 2026"


def test_a_label_takes_values_and_a_message_takes_labels(messages: Path) -> None:
    (messages / "id" / "labels" / "one.toml").write_text('row = "{{ label }} {{ amount | money }}"\npaid = "Lunas"\n')
    write(messages, "state", "{{ ('pa' ~ rest) | word }}: {{ 'row' | word(**row) }}")
    row = {"label": SHOP, "amount": 100, "name": "a value may be called so"}
    assert render.label_named("row", "id", row) == f"{SHOP} Rp1"  # buttons know no markup
    shown = render.text_of("state", "id", {"rest": "id", "row": row})
    assert shown == "Lunas: Toko &lt;Jaya&gt; &amp; Anak Rp1"


def test_labels_come_from_every_file(messages: Path) -> None:
    (messages / "id" / "labels" / "one.toml").write_text('yes = "Ya"\n')
    (messages / "id" / "labels" / "two.toml").write_text('no = "Tidak"\n')
    assert [render.label_named(name, "id", {}) for name in ("yes", "no")] == ["Ya", "Tidak"]
    with pytest.raises(KeyError, match="perhaps"):
        render.label_named("perhaps", "id", {})


def test_a_customer_reads_plain_text() -> None:
    assert f"Yth. Bapak Andi ({SHOP})," in customer_text("customer/T01", "id", LETTER).body


@pytest.mark.parametrize("language", render.LANGUAGES)
def test_the_template_variables_give_the_same_words_as_the_message(language: str) -> None:
    source, text = content_source("customer/T01", language), customer_text("customer/T01", language, LETTER)
    filled = re.sub(r"\{\{(\d+)\}\}", lambda found: text.variables[found.group(1)], source.body)
    assert filled == text.body == render.text_of("customer/T01", language, LETTER)


def test_a_variable_is_one_line(messages: Path) -> None:
    write(messages, "customer/T90", "{# audience: customer; variables: plan #}\nRencana {{ plan }} kami.\n")
    text = customer_text("customer/T90", "id", {"plan": " Rp1\n\tlalu     Rp2 "})
    assert text.variables == {"1": "Rp1 lalu Rp2"}
    assert text.body == "Rencana Rp1 lalu Rp2 kami."


def test_braces_in_a_value_stay_a_value(messages: Path) -> None:
    write(messages, "customer/T90", "Yth. {{ name }} dari {{ shop }}, terima kasih.")
    text = customer_text("customer/T90", "id", {"name": "{{2}}", "shop": "{{ name }}"})
    assert text.body == "Yth. {{2}} dari {{ name }}, terima kasih."


@pytest.mark.parametrize("empty", ["", "  ", "\n"])
def test_an_empty_variable_is_refused(messages: Path, empty: str) -> None:
    write(messages, "customer/T90", "Yth. {{ name }}, terima kasih.")
    with pytest.raises(EmptyVariable, match="customer/T90: name"):
        customer_text("customer/T90", "id", {"name": empty})


def test_a_template_is_made_of_expressions_in_order(messages: Path) -> None:
    write(messages, "customer/T90", "{# audience: customer #}\nA {{ amount | money }} b {{name}} c {{ amount }} d\n")
    source = content_source("customer/T90", "id")
    assert source.body == "A {{1}} b {{2}} c {{3}} d"
    assert source.expressions == ("amount | money", "name", "amount")
    assert source.quick_replies == ("Ya",)


@pytest.mark.parametrize("logic", ["{% if clause %}{{ clause }}{% endif %}", "{%- set a = 1 %}"])
def test_logic_cannot_become_a_template(messages: Path, logic: str) -> None:
    write(messages, "customer/T90", f"Yth. {logic} terima kasih")
    with pytest.raises(NotMechanical, match="T90"):
        content_source("customer/T90", "id")


def test_the_version_changes_with_the_words_and_not_with_the_comment(messages: Path) -> None:
    versions = []
    for comment, words in (("old", "Satu"), ("new", "Satu"), ("new", "Dua")):
        write(messages, "customer/T90", f"{{# {comment} #}}\n{words}\n")
        content_source.cache_clear()
        versions.append(content_source("customer/T90", "id").version)
    assert versions[0] == versions[1] != versions[2]


def test_every_customer_message_is_listed() -> None:
    assert {"customer/T01", "customer/T06_without_clause", "customer/T28"} <= set(customer_messages("id"))
