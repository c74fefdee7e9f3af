"""Every command by its name."""

from __future__ import annotations

import typer

from bot.cli import lists, people, procedure, running, templates, upkeep
from bot.cli.checks import doctor

application = typer.Typer(
    help="Santun: a polite chat assistant for receivable collectors.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback with local variables would show names and numbers
    rich_markup_mode=None,
)
application.command("demo")(running.demo)
application.command("run")(running.run)
application.command("import")(lists.import_list)
application.command("export")(lists.export_list)
application.command("invite")(people.invite)
application.command("revoke")(people.revoke)
application.command("outbox")(upkeep.show_outbox)
application.command("doctor")(doctor)
application.command("backup")(upkeep.back_up)
application.command("restore")(upkeep.restore)


def _group(name: str, about: str) -> typer.Typer:
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    application.add_typer(group, name=name, help=about)
    return group


_templates = _group("templates", "The WhatsApp templates at Twilio.")
_templates.command("push")(templates.push)
_templates.command("status")(templates.status)
_templates.command("preview")(templates.preview)

_sop = _group("sop", "The procedure's numbers.")
_sop.command("show")(procedure.show)
_sop.command("check")(procedure.check)

_audit = _group("audit", "The evidence.")
_audit.command("verify")(upkeep.verify_journal)

_database = _group("db", "The database.")
_database.command("upgrade")(upkeep.upgrade_schema)
