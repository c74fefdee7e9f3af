"""The only reader of the environment.

Every variable of `.env.example` is a field of `Settings`. A mistake is one plain sentence, in the language asked for,
from `messages/<language>/settings.toml`; a mistake never shows the value of a secret.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.mistakes import Language, sentence, sentences_of
from bot.shapes import (
    Address,
    ExistingFile,
    ExistingFolder,
    Letterhead,
    Listen,
    TimeZone,
    is_loopback,
    secret_shape,
    shape,
)

REAL_TOKEN = re.compile(r"\d{5,}:[\w-]{30,}")


class SettingsInvalid(Exception):
    """The settings are wrong: `sentences` says how, one sentence a mistake, ready to be shown."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class Settings(BaseSettings):
    """One deployment's settings; `.env.example` explains each. Built by `load_settings` or `settings_of`."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        env_file_encoding="utf-8",
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )

    telegram_bot_token: Annotated[SecretStr, secret_shape("token_shape", r"\d+:[\w-]+")] | None = None
    telegram_api_url: Address = "https://api.telegram.org"
    telegram_webhook_secret: Annotated[SecretStr, secret_shape("webhook_secret_shape", r"[\w-]{1,256}")] | None = None
    public_url: Address | None = None
    listen: Listen = "127.0.0.1:8080"

    twilio_account_sid: Annotated[str, shape("account_sid", r"AC\w+")] | None = None
    twilio_auth_token: SecretStr | None = None
    twilio_whatsapp_from: Annotated[str, shape("whatsapp_from", r"(whatsapp:)?\+\d{7,15}")] | None = None
    twilio_messaging_service_sid: Annotated[str, shape("messaging_service_sid", r"MG\w+")] | None = None
    twilio_api_url: Address = "https://api.twilio.com"
    twilio_content_url: Address = "https://content.twilio.com"
    whatsapp_mode: Literal["link", "twilio", "off"] = "link"
    whatsapp_attestation: str | None = None

    database_url: Annotated[str, shape("database_url", r"(sqlite|postgres(ql)?)(\+\w+)?://.*")] = Field(
        default="sqlite:///santun.db",
        repr=False,  # it may carry a password
    )

    company_name: str = "Perusahaan kami"
    company_phone: Annotated[str, shape("company_phone", r"(\D*\d){5,}\D*")] | None = None
    payment_instructions: str | None = None
    letterhead: Letterhead | None = None
    timezone: TimeZone = "Asia/Jakarta"
    language: Language = "id"

    sop_policy: ExistingFile | None = None
    holidays_file: ExistingFile | None = None
    import_inbox: ExistingFolder | None = None
    import_sql_url: SecretStr | None = None
    payments_secret: SecretStr | None = None
    santun_clock_url: Address | None = None

    @model_validator(mode="after")
    def _fit_together(self) -> Settings:
        mistakes = {code: values for code, wrong, values in _cross_checks(self) if wrong}
        if mistakes:
            raise PydanticCustomError("together", "the settings do not fit together", {"mistakes": mistakes})
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The company's own time zone; a customer may have another."""
        return ZoneInfo(self.timezone)

    @property
    def media_url(self) -> str | None:
        """Where a provider fetches papers from us, up to the signed last part; none: nobody can."""
        return None if self.public_url is None else f"{self.public_url}/media/"

    @property
    def listen_on(self) -> tuple[str, int]:
        """Host and port to serve webhooks on; port 0 asks for a free one."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def whatsapp_sender(self) -> str | None:
        """TWILIO_WHATSAPP_FROM as Twilio writes it: `whatsapp:+62...`."""
        number = self.twilio_whatsapp_from
        return None if number is None else "whatsapp:" + number.removeprefix("whatsapp:")

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret value, for the logs to hide."""
        given = (getattr(self, name) for name in type(self).model_fields)
        database_password = urlsplit(self.database_url).password
        found = [value.get_secret_value() for value in given if isinstance(value, SecretStr)]
        return tuple(found + ([database_password] if database_password else []))


def _cross_checks(given: Settings) -> tuple[tuple[str, bool, dict[str, str]], ...]:
    """(sentence, is it wrong, values of the sentence)."""
    token = given.telegram_bot_token
    rehearsal = is_loopback(given.telegram_api_url)
    twilio = given.whatsapp_mode == "twilio"
    credentials = ("twilio_account_sid", "twilio_auth_token", "twilio_whatsapp_from")
    missing = [name.upper() for name in credentials if getattr(given, name) is None]
    return (
        ("token_shape", bool(token and not rehearsal and not REAL_TOKEN.fullmatch(token.get_secret_value())), {}),
        ("public_url_plain", bool(given.public_url and not rehearsal and given.public_url.startswith("http:")), {}),
        ("webhook_secret_missing", given.public_url is not None and given.telegram_webhook_secret is None, {}),
        ("attestation_missing", twilio and not (given.whatsapp_attestation or "").strip(), {}),
        ("twilio_missing", twilio and bool(missing), {"missing": ", ".join(missing)}),
        ("clock_refused", given.santun_clock_url is not None and not rehearsal, {}),
    )


class _Given(Settings):
    """Settings from the arguments alone: nothing of the machine's environment seeps into a demo or a test."""

    @classmethod
    def settings_customise_sources(  # type: ignore[override]  # called with names; the other sources are not wanted
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource, **_: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def settings_of(values: Mapping[str, str]) -> Settings:
    """Settings from `values` (names as in `.env.example`) and nothing else. Raises SettingsInvalid."""
    given: dict[str, Any] = {name.lower(): text for name, text in values.items() if text}
    try:
        return _Given(**given)
    except ValidationError as failure:
        raise SettingsInvalid(sentences_of(failure, _language_of(given.get("language")))) from None


def load_settings(*, env_file: Path = Path(".env")) -> Settings:
    """Settings from the environment over `env_file` (which need not exist). Raises SettingsInvalid."""
    try:
        written = {name: text or "" for name, text in dotenv_values(env_file, encoding="utf-8").items()}
    except (OSError, UnicodeDecodeError):
        raise SettingsInvalid((sentence("settings.env_unreadable", "id", path=env_file),)) from None
    chosen = _chosen_language(os.environ.get("LANGUAGE"), written.get("LANGUAGE"))
    slips = _misspelt(written, _language_of(chosen))
    if slips:
        raise SettingsInvalid(slips)
    try:
        return Settings(_env_file=env_file, language=chosen)
    except ValidationError as failure:
        raise SettingsInvalid(sentences_of(failure, _language_of(chosen))) from None


def telegram_token(settings: Settings) -> SecretStr:
    """The token, which only the commands that talk to Telegram need. Raises SettingsInvalid."""
    if settings.telegram_bot_token is None:
        raise SettingsInvalid((sentence("settings.token_missing", settings.language),))
    return settings.telegram_bot_token


def _chosen_language(from_environment: str | None, written: str | None) -> str:
    """Many desktops set LANGUAGE=en_US:en for gettext, which says nothing about Santun."""
    meant = from_environment and re.fullmatch(r"[a-z]+", from_environment)
    return (from_environment if meant else written) or "id"


def _language_of(text: str | None) -> Language:
    return "en" if text == "en" else "id"


def _misspelt(written: Mapping[str, str], language: Language) -> tuple[str, ...]:
    """Names in .env that are nearly one of ours: a slip there would silently leave a setting out."""
    known = [name.upper() for name in Settings.model_fields]
    near = {name: get_close_matches(name, known, n=1, cutoff=0.85) for name in written if name.upper() not in known}
    return tuple(
        sentence("settings.name_unknown", language, name=name, known=hit[0]) for name, hit in near.items() if hit
    )
