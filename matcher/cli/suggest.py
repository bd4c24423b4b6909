"""`matcher suggest`: what goes with a record of the platform."""

from __future__ import annotations

from typing import Any

import click
from click.core import ParameterSource

from matcher.actions.answer import title_of
from matcher.actions.reading import get
from matcher.actions.suggest import suggest as suggest_for
from matcher.cli.answers import print_answer, viewer_for, wish_of, wish_options
from matcher.cli.place import Place, pass_place
from matcher.cli.worklist import print_worklist
from matcher.domain.enums import Noun
from matcher.errors import UsageError

TO = ("outcomes", "needs", "managers")
_OF_A_WORKLIST = frozenset({"manager", "k", "login", "lang", "as_json"})


@click.command(epilog="Example: matcher suggest --need N304 -k 5")
@click.option("--need", help="Id of a need.")
@click.option("--outcome", help="Id of an outcome.")
@click.option("--manager", help="Id of a manager: their worklist, see `matcher worklist`.")
@click.option("--to", type=click.Choice(TO), help="What is wanted; the other side by default.")
@wish_options
@pass_place
def suggest(place: Place, /, manager: str | None, **options: Any) -> None:
    """Rank outcomes or managers for a need, needs or managers for an outcome, pairs for a manager.

    Of the other options --manager takes -k, --as, --lang and --json.
    """
    given = [name for name in ("need", "outcome") if options[name] is not None]
    if len(given) + (manager is not None) != 1:
        raise UsageError(
            "It isn't clear for what.", hint="Give one of --need, --outcome and --manager."
        )
    if manager is None:
        _suggest(place, **options)
        return
    _refuse_others()
    shared = {name: options[name] for name in ("login", "lang", "as_json")}
    print_worklist(place, manager=manager, size=options["k"], **shared)


def _refuse_others() -> None:
    """What narrows down a ranking doesn't narrow down a worklist, and isn't silently ignored."""
    context = click.get_current_context()
    typed = ParameterSource.COMMANDLINE
    asked = [name for name in context.params if context.get_parameter_source(name) is typed]
    if others := sorted(set(asked) - _OF_A_WORKLIST):
        raise UsageError(
            f"A worklist takes no {', '.join(others)}.", hint="Leave it out, or give --need."
        )


def _suggest(
    place: Place, need: str | None, outcome: str | None, to: str | None, **options: Any
) -> None:
    noun = Noun.NEED if need is not None else Noun.OUTCOME
    other = Noun.OUTCOME if noun is Noun.NEED else Noun.NEED
    id_ = need or outcome or ""
    with place.platform() as platform:
        wish = wish_of(platform, options)
        viewer = viewer_for(platform, options["login"])
        wanted = Noun.parse(to) if to else other
        answer = suggest_for(platform, viewer, noun, id_, wanted, wish)
        heading = title_of(get(platform, viewer, noun, id_).record, wish.language)
    print_answer(answer, heading, wish.language, options["as_json"])
