"""Why a request to a provider did not do what was asked.

The one question that matters afterwards is whether the provider may have acted: every fault but `Ambiguous` means it
certainly has not. Fault texts carry no address, name, token or message text, so they may be logged.
"""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from bot.channels.codes import ALARM, Meaning, Verdict

Scope = Literal["chat", "global"]

_TELLING = re.compile(r"\+?\d{5,}|\"[^\"]*\"|'[^']*'")


def masked(text: str) -> str:
    """A provider's own words without the numbers, ids and quoted texts in them."""
    return _TELLING.sub("***", text)


class ChannelFault(Exception):
    """Anything a provider or the network refuses. `certainly_not_sent` is False only when nobody can know."""

    certainly_not_sent: ClassVar[bool] = True


class Ambiguous(ChannelFault):
    """Time-out, cut answer or server error after the request had left: it may have taken effect."""

    certainly_not_sent: ClassVar[bool] = False


class SendFailed(ChannelFault):
    """Nothing was sent. `temporary`: the same request may be tried again later."""

    def __init__(self, reason: str, *, temporary: bool = True, code: int | None = None) -> None:
        super().__init__(reason)
        self.temporary = temporary
        self.code = code


class TooFast(ChannelFault):
    """The provider asks for a pause of `retry_after_seconds`, for this chat or for everything."""

    def __init__(self, retry_after_seconds: float, scope: Scope) -> None:
        super().__init__(f"asked to wait {retry_after_seconds:g} s ({scope})")
        self.retry_after_seconds = retry_after_seconds
        self.scope = scope


class Unreachable(ChannelFault):
    """This chat cannot be written to until the person or the group lets us in again."""

    def __init__(self, reason: str) -> None:
        super().__init__(masked(reason))
        self.reason = reason


class Migrated(ChannelFault):
    """The group lives on under `new_chat_id`; store it and send again."""

    def __init__(self, new_chat_id: int) -> None:
        super().__init__("the group has a new id")
        self.new_chat_id = new_chat_id


class Rejected(ChannelFault):
    """The provider read the request and refuses it: sending it again as it is changes nothing.

    `code` is Twilio's error code, or Telegram's HTTP status. `verdict` says what it means for the customer's number;
    `alarm`: a bug of ours or a broken account, an operator must look.
    """

    def __init__(self, description: str, *, code: int | None, meaning: Meaning = ALARM) -> None:
        super().__init__(f"{code}: {masked(description)}")
        self.description = description
        self.code = code
        self.verdict = meaning.verdict
        self.alarm = meaning.alarm

    @property
    def permanent(self) -> bool:
        """Whether no time and no other form of the message will change the answer."""
        return self.verdict not in {Verdict.LATER, Verdict.WINDOW_CLOSED}


class Misconfigured(ChannelFault):
    """The token, the account or the address is wrong: nothing will work until the operator acts."""

    def __init__(self, reason: str, *, code: int | None = None) -> None:
        super().__init__(masked(reason))
        self.reason = reason
        self.code = code


class PollingConflict(ChannelFault):
    """Somebody else takes this bot's updates: a second poller, or a webhook left on."""


class FileTooBig(ChannelFault):
    """The file is larger than the limit it was asked for with."""

    def __init__(self, most_bytes: int) -> None:
        super().__init__(f"larger than {most_bytes} bytes")
        self.most_bytes = most_bytes
