"""The account at a provider that the settings name."""

from __future__ import annotations

from bot.channels.twilio_http import TwilioAccount
from bot.settings import Settings


def twilio_account(given: Settings) -> TwilioAccount | None:
    """This function will give the Twilio account; none while sid, token or sender is not filled in."""
    if not (given.twilio_account_sid and given.twilio_auth_token and given.twilio_whatsapp_from):
        return None
    return TwilioAccount(
        account_sid=given.twilio_account_sid,
        auth_token=given.twilio_auth_token.get_secret_value(),
        sender=given.twilio_whatsapp_from.removeprefix("whatsapp:"),
        messaging_service_sid=given.twilio_messaging_service_sid,
        api_url=given.twilio_api_url,
        content_url=given.twilio_content_url,
    )
