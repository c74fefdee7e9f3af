"""The bot's commands and descriptions, per scope and language."""

from __future__ import annotations

import re
from typing import Any

from simulator.telegram.errors import bad_request
from simulator.telegram.params import Params
from simulator.telegram.registry import Method, method
from simulator.telegram.side import TelegramSide
from simulator.wire import Json

MAX_COMMANDS = 100
MAX_COMMAND_TEXT = 256
LIMITS = {"Name": ("name", 64), "Description": ("description", 512), "ShortDescription": ("short_description", 120)}


def _place(params: Params) -> str:
    scope = params.structure("scope") or {"type": "default"}
    where = ":".join(str(scope.get(part, "")) for part in ("type", "chat_id", "user_id"))
    return f"commands {where} {params.text('language_code')}"


def _command(command: Any) -> Json:
    name, text = str(command.get("command", "")).lstrip("/"), str(command.get("description", ""))
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(text) <= MAX_COMMAND_TEXT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": text}


@method("setMyCommands")
async def set_commands(side: TelegramSide, params: Params) -> bool:
    """Set the command list of a scope and language."""
    commands = params.structure("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands: expected an Array")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    side.profile[_place(params)] = {"commands": [_command(command) for command in commands]}
    return True


@method("getMyCommands")
async def get_commands(side: TelegramSide, params: Params) -> list[Json]:
    """The command list of a scope and language."""
    commands: list[Json] = side.profile.get(_place(params), {}).get("commands", [])
    return commands


@method("deleteMyCommands")
async def delete_commands(side: TelegramSide, params: Params) -> bool:
    """Forget the command list of a scope and language."""
    side.profile.pop(_place(params), None)
    return True


def _setter(field: str, limit: int) -> Method:
    async def set_text(side: TelegramSide, params: Params) -> bool:
        text = params.text(field)
        if len(text) > limit:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        side.profile[f"{field} {params.text('language_code')}"] = {field: text}
        return True

    return set_text


def _getter(field: str) -> Method:
    async def get_text(side: TelegramSide, params: Params) -> Json:
        return side.profile.get(f"{field} {params.text('language_code')}", {field: ""})

    return get_text


for _suffix, (_field, _limit) in LIMITS.items():
    method(f"setMy{_suffix}")(_setter(_field, _limit))
    method(f"getMy{_suffix}")(_getter(_field))
