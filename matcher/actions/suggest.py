"""Matches for a text that someone just wrote, out of the outcomes of the sample."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from matcher import __version__
from matcher.actions.match_row import match_row
from matcher.domain.enums import Language
from matcher.domain.item import Item
from matcher.errors import InputError, MissingData
from matcher.files.match_row import MatchRow
from matcher.files.records import read_records
from matcher.files.vocabulary import Role
from matcher.files.vocabulary_file import load_vocabulary
from matcher.recommend.matcher import Matcher
from matcher.recommend.rules import Request
from matcher.resources import data_path


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The answer to one text. degraded: what couldn't be used for it, by name."""

    model_version: str
    matches: tuple[MatchRow, ...]
    degraded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Model:
    matcher: Matcher
    titles: dict[str, str]
    version: str


class Suggester:
    """Ranks outcomes for any text, and stores nothing. Several threads may share one.

    It learns when it is first asked, so that a server is up at once. Ranking changes nothing in
    what was learned, so that only learning makes others wait.
    """

    def __init__(self, outcomes: Path, needs: Path) -> None:
        """outcomes: the file to choose from; needs: what is usually asked, to weigh words by."""
        self._outcomes, self._needs = outcomes, needs
        self._lock = Lock()
        self._model: _Model | None = None

    def suggest(self, text: str, k: int, language: Language) -> Suggestions:
        """The best `k` outcomes for `text`, with reasons in `language`.

        Raises MissingData if the files can't be read: the asker isn't to blame for them.
        """
        query = Item(id="", text=text)
        model = self._learned()
        [ranking] = model.matcher.search([query], Request(k=k))
        rows = (
            match_row(query, match, model.titles[match.candidate_id], language)
            for match in ranking.matches
        )
        return Suggestions(model.version, tuple(rows))

    def _learned(self) -> _Model:
        with self._lock:
            if self._model is None:
                try:
                    self._model = _learn(self._outcomes, self._needs)
                except InputError as error:
                    raise MissingData(str(error)) from error
            return self._model


def sample_suggester() -> Suggester:
    """A suggester over the sample that ships with the product. Raises MissingData."""
    return Suggester(data_path("sample", "outcomes.jsonl"), data_path("sample", "needs.jsonl"))


def _learn(outcomes: Path, needs: Path) -> _Model:
    vocabulary = load_vocabulary(data_path("mappings", "default.toml"))
    candidates = list(read_records(outcomes, vocabulary, Role.CANDIDATE))
    queries = list(read_records(needs, vocabulary, Role.QUERY))
    titles = {item.id: item.title for item in candidates}
    return _Model(Matcher.fit(candidates, queries), titles, _version(outcomes, needs))


def _version(*files: Path) -> str:
    """The release and a digest of what was learned from: the same of both, the same ranking."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return f"{__version__}-{digest.hexdigest()[:12]}"
