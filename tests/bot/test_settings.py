"""Settings: what is given arrives, and every mistake is one plain sentence that shows no secret."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from dotenv import dotenv_values

from bot import mistakes
from bot.settings import Settings, SettingsInvalid, load_settings, settings_of, telegram_token
from bot.shapes import is_loopback

ROOT = Path(__file__).parents[2]
TOKEN = "1234567890:" + "A" * 35
TWILIO = {
    "WHATSAPP_MODE": "twilio",
    "WHATSAPP_ATTESTATION": "Ratna Contoh",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "f" * 32,
    "TWILIO_WHATSAPP_FROM": "+6281200000000",
}


@pytest.fixture
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An environment with none of our variables, in an empty working directory."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sentences(values: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsInvalid) as caught:
        settings_of(values)
    return caught.value.sentences


def test_nothing_set_is_a_deployment_to_try_out() -> None:
    settings = settings_of({})
    assert settings.database_url == "sqlite:///santun.db"
    assert settings.whatsapp_mode == "link"
    assert settings.listen_on == ("127.0.0.1", 8080)
    assert settings.zone.key == "Asia/Jakarta"
    assert settings.language == "id"
    assert settings.telegram_api_url == "https://api.telegram.org"


def test_everything_set_arrives(tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.touch()
    settings = settings_of(
        TWILIO
        | {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "PUBLIC_URL": "https://tagih.contoh.id/",
            "TELEGRAM_WEBHOOK_SECRET": "s-e_cret",
            "LISTEN": "[::1]:0",
            "TIMEZONE": "Asia/Makassar",
            "LANGUAGE": "en",
            "SOP_POLICY": str(policy),
            "IMPORT_INBOX": str(tmp_path),
        }
    )
    assert telegram_token(settings).get_secret_value() == TOKEN
    assert settings.public_url == "https://tagih.contoh.id"
    assert settings.listen_on == ("::1", 0)
    assert settings.whatsapp_sender == "whatsapp:+6281200000000"
    assert settings.sop_policy == policy
    assert settings.import_inbox == tmp_path


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"TELEGRAM_BOT_TOKEN": "abc"}, "TELEGRAM_BOT_TOKEN"),
        ({"TELEGRAM_BOT_TOKEN": "1:a"}, "TELEGRAM_BOT_TOKEN"),  # short: no token of the real Bot API
        ({"TELEGRAM_API_URL": "api.telegram.org"}, "TELEGRAM_API_URL"),
        ({"TELEGRAM_WEBHOOK_SECRET": "spasi tidak boleh"}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"PUBLIC_URL": "https://contoh.id"}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"PUBLIC_URL": "http://contoh.id", "TELEGRAM_WEBHOOK_SECRET": "x"}, "PUBLIC_URL"),
        ({"LISTEN": "8080"}, "LISTEN"),
        ({"LISTEN": "127.0.0.1:70000"}, "LISTEN"),
        ({"WHATSAPP_MODE": "sms"}, "link, twilio, off"),
        (TWILIO | {"WHATSAPP_ATTESTATION": "  "}, "WHATSAPP_ATTESTATION"),
        (TWILIO | {"TWILIO_AUTH_TOKEN": ""}, "TWILIO_AUTH_TOKEN"),
        (TWILIO | {"TWILIO_ACCOUNT_SID": "x"}, "TWILIO_ACCOUNT_SID"),
        (TWILIO | {"TWILIO_WHATSAPP_FROM": "081200000000"}, "TWILIO_WHATSAPP_FROM"),
        ({"TWILIO_MESSAGING_SERVICE_SID": "x"}, "TWILIO_MESSAGING_SERVICE_SID"),
        ({"DATABASE_URL": "mysql://root:rahasia@contoh.id/x"}, "DATABASE_URL"),
        ({"COMPANY_PHONE": "tanya Budi"}, "COMPANY_PHONE"),
        ({"TIMEZONE": "WIB"}, "TIMEZONE"),
        ({"LANGUAGE": "fr"}, "id, en"),
        ({"SOP_POLICY": "/tidak/ada.toml"}, "/tidak/ada.toml"),
        ({"HOLIDAYS_FILE": "/tidak/ada.csv"}, "/tidak/ada.csv"),
        ({"LETTERHEAD": "/tidak/ada.png"}, "/tidak/ada.png"),
        ({"IMPORT_INBOX": "/tidak/ada"}, "/tidak/ada"),
        ({"SANTUN_CLOCK_URL": "http://127.0.0.1:8099/sim/clock"}, "SANTUN_CLOCK_URL"),
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_mistake_is_one_sentence(values: dict[str, str], named: str, language: str) -> None:
    (told,) = sentences({"LANGUAGE": language} | values)
    assert named in told
    assert told.endswith(".")
    assert "{" not in told
    assert "rahasia" not in told


def test_every_mistake_is_told_at_once() -> None:
    assert len(sentences({"TIMEZONE": "WIB", "LISTEN": "x", "SOP_POLICY": "/tidak/ada"})) == 3
    assert len(sentences({"WHATSAPP_MODE": "twilio", "PUBLIC_URL": "https://contoh.id"})) == 3


def test_a_rehearsal_on_this_computer_is_less_strict() -> None:
    settings = settings_of(
        {
            "TELEGRAM_API_URL": "http://127.0.0.1:8099",
            "TELEGRAM_BOT_TOKEN": "42:uji",
            "SANTUN_CLOCK_URL": "http://127.0.0.1:8099/sim/clock",
            "PUBLIC_URL": "http://127.0.0.1:8080",
            "TELEGRAM_WEBHOOK_SECRET": "uji",
        }
    )
    assert settings.santun_clock_url == "http://127.0.0.1:8099/sim/clock"


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://localhost:1", True),
        ("http://127.8.0.1", True),
        ("http://[::1]:8080/x", True),
        ("https://api.telegram.org", False),
        ("http://127.0.0.1.contoh.id", False),  # begins like this computer, and is another
        ("http://127.0.0.1@contoh.id", False),
        ("http://192.168.1.1", False),
    ],
)
def test_loopback_is_this_computer_only(url: str, loopback: bool) -> None:
    assert is_loopback(url) is loopback


def test_the_token_is_asked_for_only_where_it_is_needed() -> None:
    with pytest.raises(SettingsInvalid, match="BotFather"):
        telegram_token(settings_of({}))


def test_no_secret_is_printed() -> None:
    values = TWILIO | {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "PAYMENTS_SECRET": "kunci-bayar",
        "IMPORT_SQL_URL": "postgresql://a:sandi-impor@contoh.id/x",
        "DATABASE_URL": "postgresql://a:sandi-data@contoh.id/x",
    }
    settings = settings_of(values)
    assert not re.search(f"{TOKEN}|{'f' * 32}|kunci-bayar|sandi-impor|sandi-data", f"{settings!r} {settings}")
    assert {TOKEN, "f" * 32, "kunci-bayar", "sandi-data"} <= set(settings.secrets)


def test_the_environment_wins_over_the_file(bare_environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("COMPANY_NAME=PT Berkas\nTIMEZONE=Asia/Jayapura\nCOMPANY_PHONE=\n", "utf-8")
    monkeypatch.setenv("COMPANY_NAME", "PT Lingkungan")
    settings = load_settings()
    assert (settings.company_name, settings.timezone, settings.company_phone) == (
        "PT Lingkungan",
        "Asia/Jayapura",
        None,
    )


@pytest.mark.parametrize(
    ("environment", "written", "language"),
    [
        ("en_US:en", "", "id"),  # a desktop's own variable of the same name says nothing about Santun
        ("en_US:en", "LANGUAGE=en", "en"),
        ("en", "LANGUAGE=id", "en"),
        ("", "LANGUAGE=en", "en"),
    ],
)
def test_a_desktops_language_is_not_ours(
    bare_environment: Path, monkeypatch: pytest.MonkeyPatch, environment: str, written: str, language: str
) -> None:
    Path(".env").write_text(written, "utf-8")
    monkeypatch.setenv("LANGUAGE", environment)
    assert load_settings().language == language


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_misspelt_name_in_the_file_is_told(bare_environment: Path, language: str) -> None:
    Path(".env").write_text(f"LANGUAGE={language}\nTELEGRAM_WEBHOOK_SECERT=x\nCOMPOSE_PROJECT_NAME=y\n", "utf-8")
    with pytest.raises(SettingsInvalid) as caught:
        load_settings()
    (told,) = caught.value.sentences
    assert "TELEGRAM_WEBHOOK_SECERT" in told
    assert "TELEGRAM_WEBHOOK_SECRET" in told


def test_a_mistake_in_the_file_is_told_in_its_language(bare_environment: Path) -> None:
    Path(".env").write_text("LANGUAGE=en\nTIMEZONE=WIB\n", "utf-8")
    with pytest.raises(SettingsInvalid, match="must be a time zone"):
        load_settings()


def test_a_file_that_is_no_text_is_told(bare_environment: Path) -> None:
    Path(".env").write_bytes(b"COMPANY_NAME=\xff\xfe\n")
    with pytest.raises(SettingsInvalid, match="UTF-8"):
        load_settings()


def test_the_example_names_every_setting_and_is_valid(bare_environment: Path) -> None:
    example = dotenv_values(ROOT / ".env.example")
    assert {name.lower() for name in example} == set(Settings.model_fields)
    assert load_settings(env_file=ROOT / ".env.example").model_dump() == settings_of({}).model_dump()


def test_both_languages_have_the_same_sentences() -> None:
    def variables(language: mistakes.Language) -> dict[str, dict[str, set[str | None]]]:
        return {
            section: {
                key: {field for _, field, _, _ in Formatter().parse(text) if field} for key, text in texts.items()
            }
            for section, texts in mistakes.sections(language).items()
        }

    assert variables("id") == variables("en")
