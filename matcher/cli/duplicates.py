"""`matcher duplicates`: records that may be one, looked at side by side and decided by a person."""

from __future__ import annotations

import click
from rich.console import Console

from matcher.actions.duplicates import Proposals, imported, propose_merges
from matcher.actions.merging import Merged, list_merges, merge, reject, unmerge
from matcher.cli.place import Place, pass_place
from matcher.cli.side_by_side import lines, mapping
from matcher.cli.tables import json_option, print_json, quiet_option
from matcher.domain.enums import Noun
from matcher.domain.visibility import SYSTEM
from matcher.store.merges import MergeState
from matcher.store.tables import RECORD_NOUNS

_PLURALS = {f"{noun.value}s": noun for noun in RECORD_NOUNS}
_NOUN = click.Choice(list(_PLURALS))
_STATE = click.Choice([state.value for state in MergeState])
_EXAMPLE = "Example: matcher duplicates find outcomes"


@click.group(epilog=_EXAMPLE)
def duplicates() -> None:
    """Records that may be one: find, list, merge, reject, undo."""


@duplicates.command(epilog=_EXAMPLE)
@click.argument("noun", type=_NOUN)
@click.option("--import", "import_id", default="", help="Only what this import brought.")
@json_option
@quiet_option
@pass_place
def find(place: Place, noun: str, import_id: str, as_json: bool, quiet: bool) -> None:
    """Look for duplicates among records of a kind, and propose to merge them.

    By numbers of registers, names, and texts that say the same in either language. Nothing is
    merged before somebody decides.
    """
    wanted = _PLURALS[noun]
    console = Console(stderr=True, quiet=quiet)
    # Off a terminal the status says nothing.
    with place.platform() as platform, console.status("Opening the model") as status:
        ids = imported(platform, wanted, import_id) if import_id else None
        found = propose_merges(platform, SYSTEM, wanted, ids, status.update)
    if as_json:
        print_json(_proposals(found))
    else:
        click.echo(_summary(found, wanted))


@duplicates.command("list", epilog="Example: matcher duplicates list --state proposed")
@click.option("--state", type=_STATE, default=MergeState.PROPOSED.value, show_default=True)
@click.option("--noun", type=_NOUN, help="Only records of this kind.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@json_option
@pass_place
def list_(place: Place, state: str, noun: str | None, limit: int, as_json: bool) -> None:
    """Show pairs side by side with what speaks for them, the surest first."""
    wanted = _PLURALS[noun] if noun else None
    with place.platform() as platform:
        found = list_merges(platform, SYSTEM, MergeState(state), wanted, limit)
    if as_json:
        print_json([mapping(seen) for seen in found])
        return
    for seen in found:
        click.echo("\n".join([*lines(seen), ""]))


@duplicates.command("merge", epilog="Example: matcher duplicates merge 3f2a --keep O101")
@click.argument("id")
@click.option("--keep", default="", help="Id of the record that stays; the one proposed.")
@json_option
@pass_place
def merge_(place: Place, id: str, keep: str, as_json: bool) -> None:
    """Let one record of the pair take the place of the other; `undo` takes that back."""
    with place.platform() as platform:
        merged = merge(platform, SYSTEM, id, keep)
    if as_json:
        print_json(mapping(merged.seen) | {"clashing": [list(ids) for ids in merged.clashing]})
        return
    for line in _merged(merged):
        click.echo(line)


@duplicates.command("reject", epilog="Example: matcher duplicates reject 3f2a")
@click.argument("id")
@json_option
@pass_place
def reject_(place: Place, id: str, as_json: bool) -> None:
    """Say that the two aren't one; they aren't proposed again."""
    with place.platform() as platform:
        seen = reject(platform, SYSTEM, id)
    if as_json:
        print_json(mapping(seen))
    else:
        click.echo(f"{seen.kept.record.id} and {seen.dropped.record.id} stay apart.")


@duplicates.command(epilog="Example: matcher duplicates undo 3f2a")
@click.argument("id")
@json_option
@pass_place
def undo(place: Place, id: str, as_json: bool) -> None:
    """Take a merge apart: both records are as they were."""
    with place.platform() as platform:
        seen = unmerge(platform, SYSTEM, id)
    if as_json:
        print_json(mapping(seen))
    else:
        click.echo(f"{seen.dropped.record.id} is a record of its own again.")


def _proposals(found: Proposals) -> dict[str, object]:
    made = [
        {"id": one.id, "kept": one.kept, "dropped": one.dropped, "score": one.score, "why": one.why}
        for one in found.made
    ]
    return {"proposed": made, "known": found.known, "texts_compared": found.texts_compared}


def _summary(found: Proposals, noun: Noun) -> str:
    known = f", {found.known:,} known before" if found.known else ""
    hint = " See: matcher duplicates list." if found.made else ""
    texts = ""
    if not found.texts_compared and noun is not Noun.ORGANISATION:
        texts = " Texts weren't compared: there is no usable model (matcher train)."
    return f"{len(found.made):,} proposed{known}.{texts}{hint}"


def _merged(merged: Merged) -> list[str]:
    kept, dropped = merged.seen.kept.record.id, merged.seen.dropped.record.id
    told = [
        f"{dropped} is part of {kept} now. To undo: matcher duplicates undo {merged.seen.merge.id}"
    ]
    for ids in merged.clashing:
        told.append(f"Open follow-ups of one pair, one of which is to go on: {', '.join(ids)}")
    return told
