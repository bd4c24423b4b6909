"""How far each account has been shown around."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.domain.tour import Tour
from matcher.store.schema.tour import TourRow


def of_account(session: Session, account: str) -> Tour:
    """Return how far an account is: at the beginning, where nothing was kept."""
    row = session.execute(
        select(TourRow.step, TourRow.over).where(TourRow.account == account)
    ).one_or_none()
    return Tour() if row is None else Tour(step=row.step, over=row.over)


def put(session: Session, account: str, tour: Tour) -> None:
    """Keep how far an account is. Needs a session of `Database.writing`."""
    session.merge(TourRow(account=account, step=tour.step, over=tour.over))
