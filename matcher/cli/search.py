"""`matcher search`: a search in one's own words."""

from __future__ import annotations

from typing import Any

import click

from matcher.actions.search import search as search_for
from matcher.cli.answers import print_answer, viewer_for, wish_of, wish_options
from matcher.cli.place import Place, pass_place
from matcher.domain.enums import Noun

NOUNS = ("outcomes", "needs", "managers")


@click.command(epilog='Example: matcher search "叶片除冰" -k 5')
@click.argument("text")
@click.option("--in", "noun", type=click.Choice(NOUNS), default=NOUNS[0], show_default=True)
@wish_options
@pass_place
def search(place: Place, /, text: str, noun: str, **options: Any) -> None:
    """Find records for TEXT, in Chinese or English; an empty TEXT lists the newest."""
    with place.platform() as platform:
        wish = wish_of(platform, options)
        viewer = viewer_for(platform, options["login"])
        answer = search_for(platform, viewer, Noun.parse(noun), text, wish)
    print_answer(answer, text, wish.language, options["as_json"])
