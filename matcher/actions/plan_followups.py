"""What became of the pairs of a plan: the follow-ups of those who were to carry them."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.actions.followup_id import followup_id
from matcher.actions.platform import Platform
from matcher.domain.followup import FollowUp
from matcher.domain.plan import Plan, PlanLine
from matcher.domain.visibility import Viewer
from matcher.store import followups
from matcher.store.planned import planned_by


def followups_of(platform: Platform, viewer: Viewer, plan: Plan) -> Mapping[PlanLine, FollowUp]:
    """By line that counts, the follow-up that it became when this plan was confirmed, where the
    viewer may read it.

    What had another plan or its manager begun by then is none of this plan's.
    """
    ids = {line: followup_id(line.need, line.outcome, line.manager) for line in plan.active}
    with platform.database.reading() as session:
        made = planned_by(session, plan.id)
        found = followups.get_many(session, [id_ for id_ in ids.values() if id_ in made])
        return {
            line: found[id_].followup
            for line, id_ in ids.items()
            if id_ in found and viewer.sees(found[id_].followup)
        }
