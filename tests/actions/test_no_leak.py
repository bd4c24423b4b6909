"""What a viewer may not know of leaves no trace in anything that is read.

Every record here has a word that stands nowhere else, an id, a field and a region of its own.
Who may know of it is written down by hand below; each action is then tried by everybody.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matcher.actions.answer import Answer, Wish
from matcher.actions.export import export_records
from matcher.actions.live import Live
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.reading import get
from matcher.actions.search import counted, search
from matcher.actions.serving import Serving
from matcher.actions.suggest import explain, similar, suggest
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role, Secrecy, Visibility
from matcher.domain.manager import Deal
from matcher.domain.visibility import ANONYMOUS, SYSTEM, Viewer, viewer_of
from matcher.errors import NotFound
from matcher.recommend.filters import Filters
from matcher.store import records
from tests.platforms import NODES, NOW, manager, need, outcome, publish, put, remove, small_platform

pytestmark = pytest.mark.slow

ALL = "MEHA"
RELATIONS = ("same", "ancestor", "descendant", "sibling", "none")
# By visibility, the roles that see a record of n2, for each place of their own node.
# Where that is: n1 is above n2 and n3, n2 above n4 (see tests/platforms.py).
TABLE = {
    "public": (ALL, ALL, ALL, ALL, ALL),
    "members": (ALL, ALL, "", "", ""),
    "brokers": ("MA", "MA", "", "", ""),
    "named": ("", "", "", "", ""),
    "nobody": ("", "", "", "", ""),
}
AT = {"same": "n2", "ancestor": "n1", "descendant": "n4", "sibling": "n3", "none": ""}
ROLES = {"M": Role.MANAGER, "E": Role.ENTERPRISE, "H": Role.HOLDER, "A": Role.ADMIN}
PARENTS = {node.id: node.parent for node in NODES}


WORDS = {
    "public": ("zirbolite", "hoxandrine"),
    "members": ("quaxenium", "ulmetrope"),
    "brokers": ("frondarch", "yestomyl"),
    "named": ("bimvoxane", "ipkrathos"),
    "expired": ("skelvidor", "jandupek"),
    "stale": ("thulmacid", "ekwofrin"),
    "deleted": ("oxipendra", "vumblast"),
    "merged": ("glavonurt", "chidwerp"),
    "internal": ("wexturniq", ""),
}


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A record of each noun and the row of the table that tells who sees it.

    hidden: what it is in the end; shown: found by a search, for who sees it.
    """

    name: str
    row: str
    hidden: Mapping[str, Any]
    shown: bool = True

    def word(self, noun: Noun) -> str:
        """Unlike any other, for words that look alike are matched, too."""
        return WORDS[self.name][0 if noun is Noun.OUTCOME else 1]

    @property
    def id(self) -> str:
        return f"case-{self.name}"

    @property
    def field(self) -> str:
        return f"field-{self.name}"


LONG_AGO = date(2020, 1, 1)
CASES = (
    Case("public", "public", {}),
    Case("members", "members", {"visibility": Visibility.MEMBERS}),
    Case("brokers", "brokers", {"visibility": Visibility.BROKERS}),
    Case("named", "named", {"visibility": Visibility.NAMED}),
    Case("expired", "public", {"valid_until": LONG_AGO}, shown=False),
    Case(
        "stale",
        "members",
        {"visibility": Visibility.MEMBERS, "valid_until": LONG_AGO},
        shown=False,
    ),
    Case("deleted", "nobody", {}, shown=False),
    Case("merged", "nobody", {"visibility": Visibility.MEMBERS}, shown=False),
    Case("internal", "brokers", {"secrecy": Secrecy.INTERNAL}),
)
MERGED_INTO = "asker-public"


def nouns_of(case: Case) -> tuple[Noun, ...]:
    return (Noun.OUTCOME,) if case.name == "internal" else (Noun.OUTCOME, Noun.NEED)


def record(noun: Noun, case: Case, hidden: bool) -> Any:
    make = outcome if noun is Noun.OUTCOME else need
    more = dict(case.hidden) if hidden else {}
    ready = {"trl" if noun is Noun.OUTCOME else "min_trl": 7}
    return make(
        case.id,
        f"Title {case.word(noun)}",
        f"{case.word(noun)} process and {case.word(noun)} plant",
        node="n2",
        owner="owner",
        visible_to=("listed",),
        field=case.field,
        region=f"region-{case.name}",
        **ready,
        **more,
    )


def askers(noun: Noun, case: Case) -> Any:
    """A public record of the other side that says the word of the record of this noun."""
    make = need if noun is Noun.OUTCOME else outcome
    return make(f"asker-{case.name}", "Wanted", f"something about {case.word(noun)}")


def everybody() -> dict[str, tuple[Viewer, Callable[[str], bool]]]:
    """Each viewer by name, with whether they see what is in a row of the table."""
    found: dict[str, tuple[Viewer, Callable[[str], bool]]] = {}
    for letter, role in ROLES.items():
        for column, relation in enumerate(RELATIONS):
            viewer = viewer_of(account(f"{letter}-{relation}", role, AT[relation]), PARENTS)
            found[f"{role} {relation}"] = (
                viewer,
                lambda row, column=column, letter=letter: letter in TABLE[row][column],  # type: ignore[misc]
            )
    for name in ("owner", "listed"):
        viewer = viewer_of(account(name, Role.ENTERPRISE, "n3"), PARENTS)
        found[name] = (viewer, lambda row: row != "nobody")
    inactive = replace(account("inactive", Role.ADMIN, "n2"), active=False)
    found["inactive"] = (viewer_of(inactive, PARENTS), lambda row: False)
    found["anonymous"] = (ANONYMOUS, lambda row: False)
    found["operator"] = (SYSTEM, lambda row: row != "nobody")
    return found


def account(id_: str, role: Role, node: str) -> Account:
    return Account(id=id_, login=id_, roles=(role,), node=node)


VIEWERS = everybody()


class Behind:
    """A view of the models from before the records were hidden, as within the poll window."""

    def __init__(self, live: Live) -> None:
        self._live, self._before = live, live.look_now()

    def serving(self) -> Serving:
        return self._before

    def look_now(self) -> Serving:
        return self._live.look_now()


def write_all(platform: Platform, hidden: bool) -> None:
    for noun in (Noun.OUTCOME, Noun.NEED):
        mine = [case for case in CASES if noun in nouns_of(case)]
        put(platform, noun, *(record(noun, case, hidden) for case in mine))


def hide(platform: Platform) -> None:
    for noun in (Noun.OUTCOME, Noun.NEED):
        remove(platform, noun, ["case-deleted"])
        with platform.database.writing() as session:
            records.set_merged(session, noun, "case-merged", MERGED_INTO, actor=OPERATOR, at=NOW)


def filled(home: Path, url: str, when: str) -> Platform:
    """when: the records were hidden before the training, after it, or a moment ago."""
    platform = replace(small_platform(home, url), now=lambda: NOW)
    for noun, other in ((Noun.OUTCOME, Noun.NEED), (Noun.NEED, Noun.OUTCOME)):
        put(platform, other, *(askers(noun, case) for case in CASES))
    deals = tuple(Deal(outcome=case.id, need=case.id) for case in CASES)
    put(platform, Noun.MANAGER, replace(manager("broker", "Brokers things."), deals=deals))
    write_all(platform, hidden=when == "before training")
    if when == "before training":
        hide(platform)
    publish(platform)
    if when == "before training":
        return platform
    behind = Behind(platform.live)
    write_all(platform, hidden=True)
    hide(platform)
    return platform if when == "after training" else replace(platform, live=behind)  # type: ignore[arg-type]


WHENS = ("before training", "after training", "a moment ago")


@pytest.fixture(
    scope="module",
    params=[(kind, when) for kind in ("sqlite", "postgresql") for when in WHENS],
    ids=lambda param: f"{param[0]}, hidden {param[1]}",
)
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Platform]:
    kind, when = request.param
    url = ""
    if kind == "postgresql":
        server = request.getfixturevalue("server")
        name = server.create("template1")
        url = server.address(name)
    platform = filled(tmp_path_factory.mktemp("place") / "home", url, when)
    yield platform
    platform.database.dispose()
    if url:
        server.drop(name)


def wide(**more: Any) -> Wish:
    return Wish(k=50, **more)


def visible_cases(noun: Noun, sees: Callable[[str], bool]) -> list[Case]:
    return [case for case in CASES if noun in nouns_of(case) and sees(case.row)]


def assert_no_trace(answer: Answer, noun: Noun, sees: Callable[[str], bool]) -> None:
    """Neither the words nor the ids nor the kinds of what isn't visible."""
    text = json.dumps(answer.to_mapping(), ensure_ascii=False)
    for case in set(CASES) - set(visible_cases(noun, sees)):
        for trace in (f'"{case.id}"', f'"{case.field}"', f'"region-{case.name}"'):
            assert trace not in text, (case.name, trace)
        if noun in nouns_of(case):
            assert case.word(noun) not in text, case.name


def each_viewer() -> Iterator[tuple[str, Viewer, Callable[[str], bool]]]:
    for name, (viewer, sees) in VIEWERS.items():
        yield name, viewer, sees


def each_kind_of_viewer() -> Iterator[tuple[str, Viewer, Callable[[str], bool]]]:
    """One of all who see the same."""
    kinds = {tuple(map(sees, TABLE)): (name, viewer, sees) for name, viewer, sees in each_viewer()}
    yield from kinds.values()


def signed_in(name: str) -> bool:
    return name not in {"inactive", "anonymous"}


@pytest.mark.parametrize("noun", [Noun.OUTCOME, Noun.NEED])
def test_a_search_for_the_words_of_a_record_finds_it_for_those_who_see_it_alone(
    place: Platform, noun: Noun
) -> None:
    for name, viewer, sees in each_viewer():
        for case in CASES:
            if noun not in nouns_of(case):
                continue
            answer = search(place, viewer, noun, case.word(noun), wide())
            assert_no_trace(answer, noun, sees)
            found = {match.candidate_id for match in answer.matches}
            assert (case.id in found) == (case.shown and sees(case.row)), (name, case.name)
            assert answer.found == len(found), name
            assert [match.rank for match in answer.matches] == list(range(1, len(found) + 1))


@pytest.mark.parametrize("noun", [Noun.OUTCOME, Noun.NEED])
def test_looking_through_counts_and_lists_what_is_visible_alone(
    place: Platform, noun: Noun
) -> None:
    for name, viewer, sees in each_viewer():
        answer = search(place, viewer, noun, "", wide())
        assert_no_trace(answer, noun, sees)
        mine = visible_cases(noun, sees)
        shown = [case for case in mine if case.shown]
        own = len(CASES) if signed_in(name) else 0
        assert answer.found == len(shown) + own, name
        assert dict(answer.facets["field"]) == {case.field: 1 for case in shown}, name
        assert dict(answer.removed) == (
            {"expired": len(mine) - len(shown)} if len(mine) > len(shown) else {}
        ), name


@pytest.mark.parametrize("noun", [Noun.OUTCOME, Noun.NEED])
def test_counts_are_of_what_is_visible_alone(place: Platform, noun: Noun) -> None:
    for name, viewer, sees in each_viewer():
        shown = [case for case in visible_cases(noun, sees) if case.shown]
        count, kinds = counted(place, viewer, noun, wide())
        assert count == len(shown) + (len(CASES) if signed_in(name) else 0), name
        assert kinds["region"].keys() == {f"region-{case.name}" for case in shown}, name
        readiness = {"7": len(shown)} if shown and noun is Noun.OUTCOME else {}
        assert dict(kinds["trl"]) == readiness, name
        for case in CASES:
            filters = Filters(field=case.field)
            count, _ = counted(place, viewer, noun, wide(filters=filters))
            assert count == int(case in shown), (name, case.name)
            answer = search(place, viewer, noun, "", wide(filters=filters))
            everything = len(visible_cases(noun, sees)) + (len(CASES) if signed_in(name) else 0)
            assert sum(answer.removed.values()) == everything - count, (name, case.name)


def refusal(read: Callable[[], object], id_: str) -> str:
    """What is said where a record isn't there, with the id taken out."""
    with pytest.raises(NotFound) as caught:
        read()
    assert caught.value.values == {}
    assert caught.value.__cause__ is None
    return str(caught.value).replace(id_, "ID")


@pytest.mark.parametrize("noun", [Noun.OUTCOME, Noun.NEED])
def test_a_hidden_record_is_refused_in_the_same_words_as_one_that_never_was(
    place: Platform, noun: Noun
) -> None:
    other = Noun.NEED if noun is Noun.OUTCOME else Noun.OUTCOME
    for name, viewer, sees in each_kind_of_viewer():
        reads: dict[str, Callable[[str], object]] = {
            "get": lambda id_, viewer=viewer: get(place, viewer, noun, id_),
            "similar": lambda id_, viewer=viewer: similar(place, viewer, noun, id_, wide()),
            "suggest": lambda id_, viewer=viewer: suggest(place, viewer, noun, id_, other, wide()),
            "managers": lambda id_, viewer=viewer: suggest(
                place, viewer, noun, id_, Noun.MANAGER, wide()
            ),
            "explain": lambda id_, viewer=viewer: explain(
                place, viewer, other, "asker-public", noun, id_, wide()
            ),
            "explained": lambda id_, viewer=viewer: explain(
                place, viewer, noun, id_, other, "asker-public", wide()
            ),
        }
        for action, read in reads.items():
            if not signed_in(name) and action == "explain":
                continue  # Not even the asker is there.
            never = refusal(lambda: read("never"), "never")  # noqa: B023
            for case in set(CASES) - set(visible_cases(noun, sees)):
                if case.name == "merged" and sees("members"):
                    continue  # Leads on to the record that took its place.
                if noun not in nouns_of(case):
                    continue
                said = refusal(lambda: read(case.id), case.id)  # noqa: B023
                assert said == never, (name, action, case.name)


@pytest.mark.parametrize("noun", [Noun.OUTCOME, Noun.NEED])
def test_a_merged_record_leads_on_for_those_who_saw_it(place: Platform, noun: Noun) -> None:
    for name, viewer, sees in each_kind_of_viewer():
        if sees("members"):
            assert get(place, viewer, noun, "case-merged").record.id == MERGED_INTO, name
            like = similar(place, viewer, noun, "case-merged", wide())
            assert MERGED_INTO not in {match.candidate_id for match in like.matches}


@pytest.mark.parametrize("noun", [Noun.OUTCOME, Noun.NEED])
def test_suggestions_for_a_record_that_says_the_words_hold_what_is_visible_alone(
    place: Platform, noun: Noun
) -> None:
    other = Noun.NEED if noun is Noun.OUTCOME else Noun.OUTCOME
    for name, viewer, sees in each_kind_of_viewer():
        if not signed_in(name):
            continue
        for case in CASES:
            answer = suggest(place, viewer, other, f"asker-{case.name}", noun, wide(facts=False))
            assert_no_trace(answer, noun, sees)
            found = {match.candidate_id for match in answer.matches}
            expected = noun in nouns_of(case) and sees(case.row)
            assert (case.id in found) == expected, (name, case.name)
            assert answer.found == len(found), name
            if expected:
                why = explain(place, viewer, other, f"asker-{case.name}", noun, case.id, wide())
                assert case.word(noun) in json.dumps(why.to_mapping())
                assert (why.found, dict(why.removed)) == (1, {})


@pytest.mark.parametrize("noun", [Noun.OUTCOME, Noun.NEED])
def test_records_like_one_are_those_that_are_visible(place: Platform, noun: Noun) -> None:
    for name, viewer, sees in each_kind_of_viewer():
        for case in visible_cases(noun, sees):
            answer = similar(place, viewer, noun, case.id, wide(facts=False))
            assert_no_trace(answer, noun, sees)
            assert answer.found == len(answer.matches), name
            assert case.id not in {match.candidate_id for match in answer.matches}


@pytest.mark.parametrize("noun", [Noun.OUTCOME, Noun.NEED])
def test_a_portfolio_says_the_words_of_public_records_alone(place: Platform, noun: Noun) -> None:
    """Also to those who may see the record: a reason may quote a portfolio to anyone."""
    other = Noun.NEED if noun is Noun.OUTCOME else Noun.OUTCOME
    for name, viewer, _ in each_kind_of_viewer():
        for case in CASES:
            if noun not in nouns_of(case):
                continue
            answers = [search(place, viewer, Noun.MANAGER, case.word(noun), wide())]
            if signed_in(name):
                id_ = f"asker-{case.name}"
                answers.append(suggest(place, viewer, other, id_, Noun.MANAGER, wide()))
            for answer in answers:
                says = case.word(noun) in json.dumps(answer.to_mapping())
                public = case.row == "public" and signed_in(name)
                assert says == public, (name, case.name)


@pytest.mark.parametrize("noun", [Noun.OUTCOME, Noun.NEED])
def test_an_export_holds_what_is_visible_alone(place: Platform, noun: Noun, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    for name, viewer, sees in each_kind_of_viewer():
        done = export_records(place, viewer, noun.value, file)
        mine = visible_cases(noun, sees)
        assert done.records == len(mine) + (len(CASES) if signed_in(name) else 0), name
        text = file.read_text(encoding="utf-8")
        for case in CASES:
            if noun in nouns_of(case):
                assert (case.word(noun) in text) == (case in mine), (name, case.name)
