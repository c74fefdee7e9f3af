"""What the simulator accepts and how it behaves; changeable while it runs through POST /sim/config."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from simulator.wire import Json

TOKEN_PREFIX = "1000000000:SIM"  # noqa: S105 - a public marker, not a secret
DEFAULT_TOKEN = TOKEN_PREFIX + "ULATOR_TOKEN_0000000000000000000"
DEFAULT_ACCOUNT_SID = "AC" + "51" * 16
DEFAULT_AUTH_TOKEN = "5a" * 16
DEFAULT_SENDER = "whatsapp:+14155238886"
DEFAULT_SERVICE_SID = "MG" + "51" * 16
REAL_TOKEN = re.compile(r"\d{8,10}:AA[A-Za-z0-9_-]{33}")
"""What @BotFather gives out: nobody rehearses with that."""

TOKEN_FORM = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")


def refuse_real(tokens: Iterable[str]) -> None:
    """Raises ValueError when one of the tokens opens a real bot."""
    for token in tokens:
        if REAL_TOKEN.fullmatch(token):
            raise ValueError(f"the token of bot {token.split(':')[0]} is a real one: a simulator never takes those")


@dataclass
class SimConfig:
    """Settings; delays are simulated seconds after the request."""

    bot_tokens: list[str] = field(default_factory=list)
    bot_username: str = "santun_sim_bot"
    bot_name: str = "Santun"
    account_sid: str = DEFAULT_ACCOUNT_SID
    auth_token: str = DEFAULT_AUTH_TOKEN
    senders: list[str] = field(default_factory=list)
    messaging_services: dict[str, str] = field(default_factory=dict)
    inbound_url: str | None = None
    status_url: str | None = None
    routes: dict[str, str] = field(default_factory=dict)
    strict_rates: bool = True
    approval_delay: float = 0.0
    sent_delay: float = 1.0
    delivered_delay: float = 2.0
    read_delay: float = 60.0
    media_auth: bool = True

    def accepts_token(self, token: str) -> bool:
        """True for a simulator token or a configured one; a real-looking token is refused."""
        return bool(TOKEN_FORM.fullmatch(token)) and (token.startswith(TOKEN_PREFIX) or token in self.bot_tokens)

    def bot_id(self) -> int:
        """The bot's user id: the part of the token before the colon."""
        return int((self.bot_tokens or [DEFAULT_TOKEN])[0].split(":")[0])

    def sender_of(self, service_sid: str) -> str:
        """The WhatsApp sender behind a Messaging Service."""
        return self.messaging_services.get(service_sid) or (self.senders or [DEFAULT_SENDER])[0]

    def change(self, wanted: Json) -> None:
        """Take over settings by name. Raises ValueError for an unknown name."""
        known = {f.name for f in fields(self)}
        for name in wanted:
            if name not in known:
                raise ValueError(f"unknown setting {name!r}: one of {', '.join(sorted(known))}")
        refuse_real(wanted.get("bot_tokens", ()))
        for name, value in wanted.items():
            setattr(self, name, value)

    def shown(self) -> Json:
        """All settings by name."""
        return {f.name: getattr(self, f.name) for f in fields(self)}
