"""`matcher followup`: deciding on pairs, and carrying on what was taken up."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from matcher.actions.decisions import Decision, decide
from matcher.actions.decisions import undo as undo_last
from matcher.actions.followup_reading import MOST, get_followup, list_followups
from matcher.actions.followups import move as move_to
from matcher.actions.followups import note as write_note
from matcher.cli.answers import viewer_for
from matcher.cli.dates import day
from matcher.cli.followup_contract import contract_options, contract_with
from matcher.cli.followup_rows import facts_of, row_of
from matcher.cli.place import Place, pass_place
from matcher.cli.tables import json_option, print_facts, print_json, print_rows
from matcher.domain.enums import DeclineReason, FollowUpState, Language

_STATES = click.Choice([state.value for state in FollowUpState])
_REASONS = click.Choice([reason.value for reason in DeclineReason])
_COLUMNS = ("id", "state", "due", "need_title", "outcome_title", "manager")
_PAIR = "--manager M101 --need N304 --outcome O17"
_login = click.option("--as", "login", help="Act as this account; as the operator without it.")
_lang = click.option("--lang", type=click.Choice(["zh", "en"]), help="Of titles; the setting's.")


def _pair(command: Any) -> Any:
    """Add the options that name a pair and its manager."""
    for name, what in (("outcome", "an outcome"), ("need", "a need"), ("manager", "the manager")):
        option = click.option(f"--{name}", required=True, help=f"Id of {what}.")
        command = option(command)
    return command


@click.group(epilog=f"Example: matcher followup accept {_PAIR}")
def followup() -> None:
    """Follow-ups: accept, decline, snooze, undo, move, note, list, show."""


@followup.command(epilog=f"Example: matcher followup accept {_PAIR}")
@_pair
@_login
@json_option
@pass_place
def accept(place: Place, /, **options: Any) -> None:
    """Take up a pair for a manager."""
    _decided(place, Decision.ACCEPT, **options)


@followup.command(epilog=f"Example: matcher followup decline {_PAIR} --reason price")
@_pair
@click.option("--reason", required=True, type=_REASONS, help="Why.")
@click.option("--why", default="", help="In words; needed for the reason other.")
@_login
@json_option
@pass_place
def decline(place: Place, /, reason: str, **options: Any) -> None:
    """Turn down a pair; it doesn't come back, and the reason teaches the ranking."""
    _decided(place, Decision.DECLINE, reason=DeclineReason(reason), **options)


@followup.command(epilog=f"Example: matcher followup snooze {_PAIR} --until 2027-03-01")
@_pair
@click.option("--until", required=True, type=day, help="The day on which it comes back.")
@click.option("--why", default="", help="In words.")
@_login
@json_option
@pass_place
def snooze(place: Place, /, **options: Any) -> None:
    """Put off a pair until a day."""
    _decided(place, Decision.SNOOZE, **options)


@followup.command(epilog="Example: matcher followup undo F-3fa94c01")
@click.argument("id")
@_login
@json_option
@pass_place
def undo(place: Place, id: str, login: str | None, as_json: bool) -> None:
    """Take back the last decision, within ten minutes."""
    with place.platform() as platform:
        undo_last(platform, viewer_for(platform, login), id)
    _show(place, id, login, None, as_json)


@followup.command(epilog="Example: matcher followup move F-3fa94c01 contacted")
@click.argument("id")
@click.argument("state", type=_STATES)
@click.option("--why", default="", help="In words.")
@click.option("--reason", type=_REASONS, help="With declined.")
@click.option("--until", type=day, help="With on_hold: the day.")
@click.option("--of", default="", help="With duplicate: the follow-up that goes on.")
@contract_options
@_login
@json_option
@pass_place
def move(
    place: Place,
    /,
    id: str,
    state: str,
    why: str,
    reason: str | None,
    until: date | None,
    of: str,
    login: str | None,
    as_json: bool,
    **sheet: Any,
) -> None:
    """Take a follow-up on to STATE, or reopen it; what isn't legal is refused with what is."""
    with place.platform() as platform:
        viewer = viewer_for(platform, login)
        before = get_followup(platform, viewer, id).kept
        move_to(
            platform,
            viewer,
            id,
            FollowUpState(state),
            why=why,
            reason=DeclineReason(reason) if reason else None,
            until=until,
            of=of,
            contract=contract_with(before.followup.contract, sheet),
            version=before.version,
        )
    _show(place, id, login, None, as_json)


@followup.command(epilog='Example: matcher followup note F-3fa94c01 "Called." --next "Send NDA"')
@click.argument("id")
@click.argument("text", default="")
@click.option("--next", "next_action", help="What is to be done next; an empty text for nothing.")
@click.option("--due", "due_on", type=day, help="By which day.")
@_login
@json_option
@pass_place
def note(
    place: Place,
    id: str,
    text: str,
    next_action: str | None,
    due_on: date | None,
    login: str | None,
    as_json: bool,
) -> None:
    """Write down what happened, what is to be done next, or both."""
    if due_on is not None and next_action is None:
        raise click.UsageError("--due goes with --next.")
    with place.platform() as platform:
        viewer = viewer_for(platform, login)
        write_note(platform, viewer, id, text, next_action=next_action, due_on=due_on)
    _show(place, id, login, None, as_json)


@followup.command("list", epilog="Example: matcher followup list --manager M101 --state accepted")
@click.option("--manager", default="", help="Id of a manager; those of everybody without it.")
@click.option("--state", "states", multiple=True, type=_STATES, help="May be repeated.")
@click.option("--limit", type=click.IntRange(1, MOST), default=50, show_default=True)
@_login
@_lang
@json_option
@pass_place
def list_(
    place: Place,
    manager: str,
    states: tuple[str, ...],
    limit: int,
    login: str | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """List follow-ups; those of one manager with what is due first."""
    with place.platform() as platform:
        found = list_followups(
            platform,
            viewer_for(platform, login),
            manager,
            tuple(map(FollowUpState, states)),
            language=Language(lang or platform.settings.language),
            limit=limit,
        )
    print_rows([row_of(seen) for seen in found], _COLUMNS, as_json)


@followup.command(epilog="Example: matcher followup show F-3fa94c01")
@click.argument("id")
@_login
@_lang
@json_option
@pass_place
def show(place: Place, id: str, login: str | None, lang: str | None, as_json: bool) -> None:
    """Show a follow-up with its history, notes and contract."""
    _show(place, id, login, lang, as_json)


def _decided(
    place: Place,
    decision: Decision,
    *,
    manager: str,
    need: str,
    outcome: str,
    login: str | None,
    as_json: bool,
    **facts: Any,
) -> None:
    with place.platform() as platform:
        viewer = viewer_for(platform, login)
        kept = decide(platform, viewer, manager, need, outcome, decision, **facts)
    _show(place, kept.followup.id, login, None, as_json)


def _show(place: Place, id: str, login: str | None, lang: str | None, as_json: bool) -> None:
    with place.platform() as platform:
        language = Language(lang or platform.settings.language)
        seen = get_followup(platform, viewer_for(platform, login), id, language)
    if as_json:
        print_json(row_of(seen))
    else:
        print_facts(facts_of(seen, language), as_json=False)
