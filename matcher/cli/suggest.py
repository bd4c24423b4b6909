"""`matcher suggest`: what goes with a record of the platform."""

from __future__ import annotations

from typing import Any

import click

from matcher.actions.answer import title_of
from matcher.actions.reading import get
from matcher.actions.suggest import suggest as suggest_for
from matcher.cli.answers import print_answer, viewer_for, wish_of, wish_options
from matcher.cli.place import Place, pass_place
from matcher.domain.enums import Noun
from matcher.errors import UsageError

TO = ("outcomes", "needs", "managers")


@click.command(epilog="Example: matcher suggest --need N304 -k 5")
@click.option("--need", help="Id of a need.")
@click.option("--outcome", help="Id of an outcome.")
@click.option("--to", type=click.Choice(TO), help="What is wanted; the other side by default.")
@wish_options
@pass_place
def suggest(
    place: Place, /, need: str | None, outcome: str | None, to: str | None, **options: Any
) -> None:
    """Rank outcomes or managers for a need, needs or managers for an outcome."""
    if (need is None) == (outcome is None):
        raise UsageError("It isn't clear for what.", hint="Give either --need or --outcome.")
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
