"""`santun invite` and `santun revoke`: who works with the program."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from bot.casework import invitations
from bot.cli.frame import Office, in_office
from sop.people import Role


class Invited(StrEnum):
    """Whom a link is for."""

    ADMIN = "admin"
    MANAGER = "manager"
    FINANCE = "finance"
    COLLECTOR = "collector"
    SALES = "sales"
    GROUP = "group"

    @property
    def role(self) -> Role | None:
        """The person's role; none for the managers' group."""
        return None if self is Invited.GROUP else Role(self.value)


Name = Annotated[list[str], typer.Argument(help="The name, as your lists write it.")]


def invite(
    kind: Annotated[Invited, typer.Argument(metavar="admin|manager|finance|collector|sales|group")],
    name: Name,
    no_network: Annotated[
        bool, typer.Option("--no-network", help="Print the token only; ask Telegram nothing.")
    ] = False,
) -> None:
    """Make a single-use link that lets a person in, or makes a group the managers' group."""

    async def work(office: Office) -> None:
        username = "" if no_network else await office.bot_name()
        async with office.desk() as desk:
            token = await invitations.create(desk, kind.role, " ".join(name))
        start = "startgroup" if kind is Invited.GROUP else "start"
        typer.echo(token if no_network else f"https://t.me/{username}?{start}={token}")

    in_office(work)


def revoke(name: Name) -> None:
    """End somebody's access, from the next press on."""
    wanted = " ".join(name)

    async def work(office: Office) -> None:
        async with office.desk() as desk:
            known = await invitations.revoke(desk, wanted)
        if known is None:
            raise office.mistake("people.unknown", name=wanted)
        office.say("people.revoked", name=known.name)

    in_office(work)
