"""Two files in, ranked matches out: what `matcher match` does, without the shell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from scipy import sparse

from matcher.actions.match_row import match_row
from matcher.domain.enums import Language
from matcher.domain.item import Item
from matcher.domain.result import Fit, ResultColumn
from matcher.errors import UsageError
from matcher.files.idlists import Exclusions, read_exclusions, read_ids
from matcher.files.interactions import read_interactions
from matcher.files.match_row import MatchRow
from matcher.files.notices import Notices
from matcher.files.output import check_output, write_matches
from matcher.files.portfolio import NO_PORTFOLIO
from matcher.files.records import read_portfolio, read_records
from matcher.files.vocabulary import Role
from matcher.files.vocabulary_file import load_vocabulary
from matcher.recommend.matcher import Matcher
from matcher.recommend.ranking import Ranking
from matcher.recommend.rules import Request, Rule
from matcher.resources import data_path
from matcher.text.encoders.protocol import Encoder
from matcher.text.encoders.registry import TRAINED, is_trained, open_encoder

Say = Callable[[str], None]
_RUN = ".trec"
_FOR_PEOPLE = ".xlsx"


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one run; the paths of `matcher match`."""

    queries: Path
    candidates: Path
    portfolio: Path | None = None
    interactions: Path | None = None
    only: Path | None = None
    exclude: Path | None = None
    mapping: Path | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How to match. `on`: the day for expiry and staleness; without one neither is looked at.

    Raises UsageError for a `k` below 1 and a diversity outside [0, 1].
    """

    encoder: str = TRAINED
    k: int = 10
    explain: bool = True
    keep_known: bool = False
    facts: bool = True
    diversity: float = 0.0
    on: date | None = None
    language: Language = Language.EN

    def __post_init__(self) -> None:
        if self.k < 1:
            raise UsageError(f"{self.k} matches can't be asked for.", hint="Ask for 1 or more.")
        if not 0 <= self.diversity <= 1:
            hint = "0 keeps the order of the scores, 1 avoids repeats most."
            raise UsageError(f"A diversity of {self.diversity} is not in [0, 1].", hint=hint)


@dataclass(slots=True)
class Outcome:
    """What a run found beside its rows.

    unmatched: ids of queries without a match. removed: candidates taken away by each hard rule,
    over all queries. unused: known pairs of which an id is in neither file.
    """

    queries: int = 0
    pairs: int = 0
    unmatched: list[str] = field(default_factory=list)
    removed: Counter[Rule] = field(default_factory=Counter)
    unused: int = 0
    notices: list[Notices] = field(default_factory=list)


def match_files(files: Files, options: Options, out: Path, say: Say) -> Outcome:
    """Match and write the result to `out`, whose suffix says how. `say` is told each step.

    Raises UsageError, InputError, EncoderUnavailable, UnwritableOutput; then nothing is written.
    """
    check_output(out)
    if out.suffix.lower() == _RUN:
        # A TREC run has no place for reasons.
        options = replace(options, explain=False)
    outcome = Outcome()
    rows: Iterable[MatchRow] = match_rows(files, options, outcome, say)
    if out.suffix.lower() == _FOR_PEOPLE:
        rows = (_in_words(row, options.language) for row in rows)
    labels = {column.value: column.label(options.language) for column in ResultColumn}
    write_matches(out, rows, labels)
    return outcome


def match_rows(files: Files, options: Options, outcome: Outcome, say: Say) -> Iterator[MatchRow]:
    """The ranked pairs, query by query; `outcome` is filled as they come."""
    encoder = None if is_trained(options.encoder) else open_encoder(options.encoder)
    request = _request(files, options)
    say("Reading the files")
    queries, candidates = _read(files, outcome)
    counts = f"{counted(candidates, 'candidate')} and {counted(queries, 'query', 'queries')}"
    say(f"Learning from {counts}")
    matcher = _matcher(files, queries, candidates, encoder, outcome)
    say("Ranking")
    titles = {item.id: item.title for item in candidates}
    rankings = matcher.match(request=request, explain=options.explain)
    for query, ranking in zip(queries, rankings, strict=True):
        _count(outcome, ranking)
        for match in ranking.matches:
            yield match_row(query, match, titles[match.candidate_id], options.language)


def counted(things: Sequence[object] | int, one: str, many: str = "") -> str:
    """How many there are, with the noun: `counted(2, "match", "matches")` is "2 matches"."""
    count = things if isinstance(things, int) else len(things)
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _in_words(row: MatchRow, language: Language) -> MatchRow:
    return replace(row, band=Fit(row.band).label(language)) if row.band else row


def _read(files: Files, outcome: Outcome) -> tuple[list[Item], list[Item]]:
    default = data_path("mappings", "default.toml")
    vocabulary = load_vocabulary(default, *filter(None, [files.mapping]))
    portfolio = NO_PORTFOLIO
    if files.portfolio:
        portfolio, notices = read_portfolio(files.portfolio, vocabulary)
        outcome.notices.append(notices)
    queries = read_records(files.queries, vocabulary, Role.QUERY)
    candidates = read_records(files.candidates, vocabulary, Role.CANDIDATE, portfolio)
    outcome.notices.extend([queries.notices, candidates.notices])
    return list(queries), list(candidates)


def _request(files: Files, options: Options) -> Request:
    nothing = Exclusions(frozenset(), frozenset())
    excluded = read_exclusions(files.exclude) if files.exclude else nothing
    return Request(
        k=options.k,
        only=read_ids(files.only) if files.only else None,
        excluded=excluded.candidates,
        excluded_pairs=excluded.pairs,
        keep_known=options.keep_known,
        facts=options.facts,
        on=options.on,
        diversity=options.diversity,
    )


def _matcher(
    files: Files,
    queries: Sequence[Item],
    candidates: Sequence[Item],
    encoder: Encoder | None,
    outcome: Outcome,
) -> Matcher:
    known = None
    if files.interactions:
        known = _known(files.interactions, queries, candidates, outcome)
    return Matcher.fit(candidates, queries, interactions=known, encoder=encoder)


def _known(
    path: Path, queries: Sequence[Item], candidates: Sequence[Item], outcome: Outcome
) -> sparse.csr_array:
    """queries × candidates, whatever else the file knows of left out."""
    read = read_interactions(path)
    outcome.notices.append(read.notices)
    matrix = sparse.csr_array(
        (read.weights, (read.queries, read.candidates)),
        shape=(len(read.query_ids), len(read.candidate_ids)),
    )
    rows, columns = _selection(queries, read.query_ids), _selection(candidates, read.candidate_ids)
    # Pairs are counted, not entries of the product: that of a pair of weight 0 may be left out.
    pairs = matrix.tocoo()
    asked, offered = (selection.sum(axis=0) > 0 for selection in (rows, columns))
    outcome.unused = int((~(asked[pairs.row] & offered[pairs.col])).sum())
    return sparse.csr_array(rows @ matrix @ columns.T)


def _selection(items: Sequence[Item], ids: Sequence[str]) -> sparse.csr_array:
    """items × ids, 1 where the item has the id."""
    places = {id_: place for place, id_ in enumerate(ids)}
    found = [(row, places[item.id]) for row, item in enumerate(items) if item.id in places]
    rows, columns = zip(*found, strict=True) if found else ((), ())
    ones = [1.0] * len(rows)
    return sparse.csr_array((ones, (rows, columns)), shape=(len(items), len(ids)), dtype="float32")


def _count(outcome: Outcome, ranking: Ranking) -> None:
    outcome.queries += 1
    outcome.pairs += len(ranking.matches)
    outcome.removed.update(ranking.removed)
    if not ranking.matches:
        outcome.unmatched.append(ranking.query_id)
