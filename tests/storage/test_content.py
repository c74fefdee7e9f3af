"""Templates at Twilio: only the very words that WhatsApp approved may be sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from storage import Store, content
from storage.content import Template

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
T01 = Template(
    message="customer/T01", language="id", version="aaaa", content_sid="HX1", approval="pending", rejection=None
)


async def test_only_an_approved_template_is_given(store: Store) -> None:
    async with store.transaction() as db:
        await content.note(db, T01, now=NOW)
        assert await content.approved_sid(db, "customer/T01", "id", "aaaa") is None
        await content.note_approval(db, "HX1", approval="approved", rejection="")
        assert await content.approved_sid(db, "customer/T01", "id", "aaaa") == "HX1"
        for message, language, version in (("customer/T02", "id", "aaaa"), ("customer/T01", "en", "aaaa")):
            assert await content.approved_sid(db, message, language, version) is None
        await content.note_approval(db, "HX1", approval="paused", rejection="low quality")
        assert await content.approved_sid(db, "customer/T01", "id", "aaaa") is None


async def test_changed_words_are_another_template(store: Store) -> None:
    """While the new words wait for approval, the old approval does not stand in for them."""
    async with store.transaction() as db:
        await content.note(db, replace(T01, approval="approved"), now=NOW)
        await content.note(db, replace(T01, version="bbbb", content_sid="HX2"), now=NOW)
        assert await content.approved_sid(db, "customer/T01", "id", "bbbb") is None
        assert await content.approved_sid(db, "customer/T01", "id", "aaaa") == "HX1"
        assert len(await content.listed(db)) == 2


async def test_a_template_found_again_is_kept_once(store: Store) -> None:
    async with store.transaction() as db:
        await content.note(db, T01, now=NOW)
        await content.note(db, replace(T01, content_sid="HX9", approval="approved"), now=NOW)
        assert await content.listed(db) == (replace(T01, content_sid="HX9", approval="approved"),)
