"""`matcher audit`: what was done, by whom and to what."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from matcher.actions.audit_reading import MOST, Entry, list_events
from matcher.cli.dates import day
from matcher.cli.place import Place, pass_place
from matcher.cli.tables import json_option, print_json, print_rows
from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.domain.visibility import SYSTEM

_COLUMNS = ("seq", "at", "who", "verb", "subjects")


@click.command(epilog="Example: matcher audit --about outcome:o1 --since 2026-11-01")
@click.option("--actor", metavar="LOGIN", default="", help="Who did it: a login, or an id.")
@click.option("--verb", "verbs", multiple=True, help="What was done; may be repeated.")
@click.option("--about", metavar="NOUN:ID", default="", help="To what, such as outcome:o1.")
@click.option("--since", type=day, metavar="DAY", help="From this day on.")
@click.option("--until", type=day, metavar="DAY", help="Up to the end of this day.")
@click.option("--before", type=click.IntRange(1), help="Only events with a smaller number.")
@click.option("--limit", type=click.IntRange(1, MOST), default=50, show_default=True)
@json_option
@pass_place
def audit(
    place: Place,
    actor: str,
    verbs: tuple[str, ...],
    about: str,
    since: date | None,
    until: date | None,
    before: int | None,
    limit: int,
    as_json: bool,
) -> None:
    """List what was done, by whom and to what, the newest first.

    What was shown in lists is left out unless --verb names it. For the next page, pass the last
    number as --before.
    """
    subject = _subject(about)
    with place.platform() as platform:
        page = list_events(
            platform,
            SYSTEM,
            actor=actor,
            verbs=verbs,
            subject=subject,
            since=since,
            until=until,
            before=before,
            limit=limit,
        )
    if as_json:
        print_json({"events": [_told(entry) for entry in page.rows], "next": page.next})
        return
    print_rows([_row(entry) for entry in page.rows], _COLUMNS, False)
    if page.next is not None:
        click.echo(f"More: --before {page.next}", err=True)


def _subject(text: str) -> Subject | None:
    if not text:
        return None
    noun, _, id_ = text.partition(":")
    if not id_.strip():
        raise click.BadParameter(f"{text!r} is no subject; write NOUN:ID.", param_hint="--about")
    return Subject(noun=Noun.parse(noun), id=id_)


def _row(entry: Entry) -> dict[str, Any]:
    event = entry.event
    return {
        "seq": str(entry.seq),
        "at": event.at.isoformat(timespec="seconds"),
        "who": entry.login or event.actor,
        "verb": event.verb,
        "subjects": [f"{one.noun.value}:{one.id}" for one in event.subjects],
    }


def _told(entry: Entry) -> dict[str, Any]:
    subjects = [{"noun": one.noun.value, "id": one.id} for one in entry.event.subjects]
    row = {name: entry_of for name, entry_of in _row(entry).items() if name != "who"}
    named = {"seq": entry.seq, "actor": entry.event.actor, "login": entry.login}
    return {**row, **named, "subjects": subjects}
