"""Twilio's webhook forms as events; addresses with and without Twilio's prefix."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.channels.codes import meaning_of
from bot.events import CustomerWrote, Media, StatusReported

_PREFIX = "whatsapp:"
_MOST_MEDIA = 10
_NUMBER = re.compile(r"[0-9]{1,6}")


class UnreadableForm(Exception):
    """A form without the fields that name its message; its text quotes nothing of it."""


def address_of(address: str) -> str:
    """This function will write an address the way Twilio wants it ("whatsapp:+62...")."""
    return address if address.startswith(_PREFIX) else f"{_PREFIX}{address}"


def plain_address(address: str | None) -> str:
    """This function will write an address without Twilio's prefix; a missing one is ""."""
    return (address or "").strip().removeprefix(_PREFIX)


def written_of(form: Mapping[str, str]) -> CustomerWrote:
    """This function will read an inbound message; raises UnreadableForm.

    A person who hides his number comes under his business-scoped id, which changes when his number changes.
    """
    external_id = form.get("MessageSid", "")
    user_scoped_id = plain_address(form.get("ExternalUserId")) or None
    sender = plain_address(form.get("From")) or user_scoped_id
    if not external_id or not sender:
        raise UnreadableForm("an inbound form names no message or no sender")
    return CustomerWrote(
        external_id=external_id,
        sender=sender,
        text=form.get("Body", ""),
        user_scoped_id=user_scoped_id,
        profile_name=form.get("ProfileName") or None,
        button_payload=form.get("ButtonPayload") or None,
        replied_to=form.get("OriginalRepliedMessageSid") or None,
        media=_media_of(form),
    )


def status_of(form: Mapping[str, str], *, reference: str | None) -> StatusReported:
    """This function will read a status callback; raises UnreadableForm. `reference` was verified by the caller."""
    provider_id, status = form.get("MessageSid", ""), form.get("MessageStatus", "")
    if not provider_id or not status:
        raise UnreadableForm("a status form names no message or no status")
    return reported(provider_id, status, reference=reference, error_code=_number(form.get("ErrorCode", "")))


def reported(
    provider_id: str, status: str, *, reference: str | None = None, error_code: int | None = None
) -> StatusReported:
    """This function will make a report of a message's fate, with what its error code means."""
    meaning = meaning_of(error_code) if error_code else None
    return StatusReported(
        provider_id=provider_id,
        status=status,
        reference=reference,
        error_code=error_code,
        verdict=None if meaning is None else meaning.verdict.value,
        alarm=meaning is not None and meaning.alarm,
    )


def _media_of(form: Mapping[str, str]) -> tuple[Media, ...]:
    numbers = range(min(_number(form.get("NumMedia", "")) or 0, _MOST_MEDIA))
    return tuple(
        Media(url=form[f"MediaUrl{number}"], mime=form.get(f"MediaContentType{number}", ""))
        for number in numbers
        if form.get(f"MediaUrl{number}")
    )


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None
