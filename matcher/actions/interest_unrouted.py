"""Why nobody has an interest: who turned it down, has no room or no account, or is free by now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from matcher.actions.answer import title_of
from matcher.actions.authority import is_admin, require_admin
from matcher.actions.interest_bench import Asked, Bench
from matcher.actions.interest_carriers import fitting
from matcher.actions.interest_reading import kept_interest
from matcher.actions.moment import Moment, moment
from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Noun
from matcher.domain.interest import InterestState
from matcher.domain.manager import Manager
from matcher.domain.visibility import Viewer
from matcher.store import accounts, nodes, records

MOST = 3
"""How many without an account are named, the best ones."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A manager who fits. in_charge: whether the viewer is an admin of their node."""

    id: str
    name: str
    in_charge: bool


@dataclass(frozen=True, slots=True)
class Unrouted:
    """Managers whom an interest fits, by why they don't have it, the best first.

    settled: whether somebody pursues the pair already or has signed it; then nobody is named.
    free: who may have it by now, when somebody looks again.
    """

    settled: bool = False
    turned_down: tuple[Passed, ...] = ()
    full: tuple[Passed, ...] = ()
    without_account: tuple[Passed, ...] = ()
    free: tuple[Passed, ...] = ()


def why_unrouted(
    platform: Platform, viewer: Viewer, id: str, language: Language = Language.ZH
) -> Unrouted | None:
    """Why nobody has it, for admins of its node; None where somebody has by now.

    Raises NotFound, NotAllowed, NoModel, BrokenBundle, StoreUnavailable.
    """
    with moment(platform) as now:
        interest = kept_interest(now.session, viewer, id).interest
        require_admin(viewer, interest.node)
        asked = Asked.of(now.session, interest)
        if interest.state is not InterestState.UNROUTED or asked is None:
            return None
        bench = Bench(now.session, now.serving, asked)
        if bench.is_settled:
            return Unrouted(settled=True)
        return _found(platform, now, asked, bench, viewer, language)


def _found(
    platform: Platform,
    now: Moment,
    asked: Asked,
    bench: Bench,
    viewer: Viewer,
    language: Language,
) -> Unrouted:
    session = now.session
    known = accounts.of_managers(session).keys()
    everybody = nodes.parents(session)
    active = records.brief(session, Noun.MANAGER, everybody, ("id", "active"))
    without = {one.id for one in active if one.active} - known
    fits = fitting(platform, now, asked, bench, known, weakly=True)
    there = _managers(session, (*fits, *sorted(asked.interest.asked - {*fits})))
    said = [one for one in there if bench.has_turned_down(one.id, viewer)]
    full = [one for one in there if bench.is_full(one) and bench.suits(one)]
    free = [one for one in there if bench.may(one.id)]
    others = fitting(platform, now, asked, bench, without, weakly=False)
    alone = [one for one in _managers(session, others) if bench.suits(one)]

    def passed(found: Iterable[Manager]) -> tuple[Passed, ...]:
        return tuple(
            Passed(one.id, title_of(one, language) or one.id, is_admin(viewer, one.node))
            for one in found
        )

    return Unrouted(False, passed(said), passed(full), passed(alone[:MOST]), passed(free))


def _managers(session: Session, ids: tuple[str, ...]) -> list[Manager]:
    there = records.get_many(session, Noun.MANAGER, ids)
    return [there[id_].record for id_ in ids if id_ in there and there[id_].live]
