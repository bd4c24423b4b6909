"""SBIR: what agencies asked for, and the projects and firms that were then paid to do it.

An award has the same title as the need it answers, so needs and awards are given by their text
alone. Titles serve only as short queries, and then only those that no judged need has.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from training.sets.case import Case, Part, Record, as_record, asked
from training.sets.reading import read_objects, read_qrels, read_texts

FOLDER = "sbir-need-tech"
NAME = "sbir"
SAMPLE = 500
"""Award titles that are asked as short queries."""

_QUERIES, _AWARDS = "queries.jsonl.gz", "corpus.jsonl.gz"
_INCOMPLETE = "Judgements are incomplete: the figures are lower bounds."


def technology(folder: Path) -> Case:
    """Need → award."""
    qrels = read_qrels(folder / "qrels.tsv")
    part = Part(
        queries=asked(read_texts(folder / _QUERIES, "en"), qrels),
        candidates=read_texts(folder / _AWARDS, "en"),
    )
    return Case(
        name=f"{NAME}/technology",
        parts=[part],
        qrels=qrels,
        metrics=("nDCG@10", "R@100", "RR"),
        english=True,
        note=f"{_INCOMPLETE} Texts alone, no titles.",
    )


def firms(folder: Path) -> Case:
    """Need → firm that won later, by what it had won before.

    A firm's portfolio is the texts of its awards before the year of the need, so that there is
    one part for each year. A firm without an earlier award can't be ranked in that year.
    """
    qrels = read_qrels(folder / "qrels_firms.tsv")
    awards = list(read_objects(folder / _AWARDS))
    years: dict[int, list[Record]] = defaultdict(list)
    for need in read_objects(folder / _QUERIES):
        if need["id"] in qrels:
            years[need["year"]].append(as_record(need["id"], need["text"], lang="en"))
    return Case(
        name=f"{NAME}/firms",
        parts=[Part(needs, firms_before(year, awards)) for year, needs in sorted(years.items())],
        qrels=qrels,
        metrics=("RR", "hit@10"),
        english=True,
        note=f"{_INCOMPLETE} Firms by the texts of awards from before the year of the need.",
    )


def firms_before(year: int, awards: Sequence[Mapping[str, Any]]) -> list[Record]:
    """The firms with an award before `year`, each with the texts of those awards."""
    portfolios: dict[str, list[str]] = defaultdict(list)
    for award in awards:
        if award["year"] < year:
            portfolios[award["firm_id"]].append(award["text"])
    return [as_record(firm, lang="en", portfolio=texts) for firm, texts in portfolios.items()]


def titles(folder: Path) -> Case:
    """The title of an award → the award by its text: a known item, asked in a few words."""
    needs = {need["title"].casefold() for need in read_objects(folder / _QUERIES)}
    awards = list(read_objects(folder / _AWARDS))
    drawn = draw(awards, needs, SAMPLE)
    return Case(
        name=f"{NAME}/titles",
        parts=[
            Part(
                [as_record(_question(award), award["title"], lang="en") for award in drawn],
                [as_record(award["id"], award["text"], lang="en") for award in awards],
            )
        ],
        qrels={_question(award): {award["id"]: 1} for award in drawn},
        metrics=("nDCG@10", "R@100"),
        english=True,
        note="Known items, as a proxy for short questions over abstracts; titles of judged needs "
        "are left out.",
    )


def draw(
    awards: Sequence[Mapping[str, Any]], needs: set[str], size: int
) -> list[Mapping[str, Any]]:
    """A seeded sample of awards whose title no other award and none of the needs has."""
    counts = Counter(award["title"].casefold() for award in awards)
    alone = [
        award
        for award in awards
        if counts[title := award["title"].casefold()] == 1 and title not in needs
    ]
    size = min(size, len(alone))
    places = np.random.default_rng(0).choice(len(alone), size, replace=False)
    return [alone[place] for place in places]


def _question(award: Mapping[str, Any]) -> str:
    return f"title of {award['id']}"


CASES = {"technology": technology, "firms": firms, "titles": titles}
