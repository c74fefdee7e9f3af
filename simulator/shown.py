"""Messages as the control API shows them, typed for those who read them."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.wire import Json


@dataclass(frozen=True, kw_only=True, slots=True)
class Button:
    """One inline button: its label, and callback data or URL."""

    label: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatMessage:
    """A message in a Telegram chat as it shows now. `text` is plain, a caption counts as text."""

    id: int
    from_bot: bool
    from_id: int
    text: str
    html: str
    rows: tuple[tuple[Button, ...], ...]
    edited: bool
    reply_to: int | None
    force_reply: bool
    file: Json | None
    wire: Json

    @property
    def buttons(self) -> list[Button]:
        """All buttons, row by row."""
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        """Labels of all buttons."""
        return [button.label for button in self.buttons]


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerMessage:
    """A message in a customer's WhatsApp. `status` is what Twilio tells: queued, sent, delivered, read, failed..."""

    sid: str
    inbound: bool
    body: str
    status: str
    visible: bool
    error_code: int | None
    buttons: tuple[str, ...]
    media: tuple[Json, ...]
    wire: Json


def chat_message(row: Json) -> ChatMessage:
    """One row of /sim/chats/{id}/messages."""
    rows = tuple(tuple(Button(label=b["label"], data=b["data"], url=b["url"]) for b in line) for line in row["buttons"])
    names = ("id", "from_bot", "from_id", "text", "html", "edited", "reply_to", "force_reply", "file")
    return ChatMessage(**{name: row[name] for name in names}, rows=rows, wire=row)


def customer_message(row: Json) -> CustomerMessage:
    """One row of /sim/customers/{phone}/messages."""
    return CustomerMessage(
        sid=row["sid"],
        inbound=row["direction"] == "inbound",
        body=row["body"],
        status=row["status"],
        visible=row["visible"],
        error_code=row["error_code"],
        buttons=tuple(button["label"] for button in row["buttons"]),
        media=tuple(row["media"]),
        wire=row,
    )
