"""The project's own sample platform: its needs, with judged outcomes and judged managers.

The records are read as `matcher match` reads them. A need may speak one language and what fits
it another, so each case also has the slices `same-language` and `cross-language`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

from matcher.evaluate.metrics import Qrels
from matcher.files.records import read_records
from matcher.files.vocabulary import Role
from matcher.files.vocabulary_file import load_vocabulary
from matcher.resources import data_path
from training.sets.case import Case, Part, Record, Slice, answerable, as_record, asked
from training.sets.reading import as_grade, read_objects, read_table

NAME = "sample"
ANSWER = 2
"""The lowest grade that is worth a call."""

_COLUMNS = ("need_id", "kind", "candidate_id", "grade")
_CHINESE = frozenset(("title", "summary", "problem", "statement"))
_ENGLISH = frozenset(f"{field}_en" for field in _CHINESE)
_NOTE = (
    "Written and judged for this project; needs that nothing fits are left out. A slice is ranked "
    "among its own candidates."
)


def outcomes(folder: Path) -> Case:
    """Need → outcome."""
    return _case(folder, "outcomes", ("nDCG@10", "R(rel=2)@20", "hit(rel=2)@10"))


def managers(folder: Path) -> Case:
    """Need → manager, a person with a statement and past deals."""
    return _case(folder, "managers", ("nDCG@10", "RR(rel=2)", "hit(rel=2)@10"))


def _case(folder: Path, noun: str, metrics: tuple[str, ...]) -> Case:
    judged = read_judgements(folder / "judgements.tsv", kind=noun.removesuffix("s"))
    qrels = answerable(judged, ANSWER)
    needs, candidates = folder / "needs.jsonl", folder / f"{noun}.jsonl"
    ranked = _records(candidates, Role.CANDIDATE)
    return Case(
        name=f"{NAME}/{noun}",
        parts=[Part(asked(_records(needs, Role.QUERY), qrels), ranked)],
        qrels=qrels,
        metrics=metrics,
        # All of them, because a slice is cut out of the ranking.
        depth=len(ranked),
        least=ANSWER,
        slices=slices(languages(needs), languages(candidates)),
        note=_NOTE,
    )


def read_judgements(path: Path, kind: str) -> Qrels:
    """The grades of one kind of candidate (outcome or manager): need → candidate → grade."""
    qrels: dict[str, dict[str, int]] = defaultdict(dict)
    for row, (need, found, candidate, grade) in read_table(path, _COLUMNS):
        if found == kind:
            qrels[need][candidate] = as_grade(grade, path, row)
    return dict(qrels)


def slices(
    needs: Mapping[str, frozenset[str]], candidates: Mapping[str, frozenset[str]]
) -> tuple[Slice, Slice]:
    """Pairs with a language in common, and pairs without."""

    def common(need: str, candidate: str) -> bool:
        return not needs[need].isdisjoint(candidates[candidate])

    def apart(need: str, candidate: str) -> bool:
        return not common(need, candidate)

    return Slice("same-language", common), Slice("cross-language", apart)


def languages(path: Path) -> dict[str, frozenset[str]]:
    """The languages that each record of a file is written in, by the fields that it has."""
    return {record["id"]: _languages(frozenset(record)) for record in read_objects(path)}


def _languages(fields: frozenset[str]) -> frozenset[str]:
    spoken = {"zh": fields & _CHINESE, "en": fields & _ENGLISH}
    return frozenset(language for language, found in spoken.items() if found)


def _records(path: Path, role: Role) -> list[Record]:
    vocabulary = load_vocabulary(data_path("mappings", "default.toml"))
    return [
        as_record(
            record.id,
            record.text,
            title=record.title,
            keywords=record.keywords,
            lang=record.lang or "",
            portfolio=record.portfolio,
        )
        for record in read_records(path, vocabulary, role)
    ]


CASES: Mapping[str, Callable[[Path], Case]] = {"outcomes": outcomes, "managers": managers}
