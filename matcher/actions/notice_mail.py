"""Notices by mail: what somebody hasn't read yet, in one letter a round, never twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from matcher.actions.mailing import Mailer
from matcher.actions.notice_letter import letter
from matcher.actions.notice_readers import Reader, readers
from matcher.actions.notice_reading import SeenNotice, seen_notices
from matcher.actions.platform import Platform
from matcher.errors import InvalidValue, MailRefused, MailUnavailable
from matcher.store import notices

MAILED_FOR = timedelta(days=7)
"""What couldn't be mailed for so long isn't any more; it still stands among the notices."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How many letters were sent, and how many the server refused."""

    mailed: int = 0
    refused: int = 0


NOTHING_SENT = Sent()


def send_notices(
    platform: Platform,
    mailer: AbstractContextManager[Mailer],
    done: Callable[[int], None] = lambda _: None,
) -> Sent:
    """Mail everybody who has an address what they haven't read and weren't mailed.

    What the server refuses for one account doesn't stop the others, and is tried again in the next
    round. done: is called with how many letters are through; what it raises breaks off. Raises
    MailUnavailable where the server takes no letter at all, StoreUnavailable.
    """
    with platform.database.reading() as session:
        everybody = [one for one in readers(session) if one.account.email]
    mailed = refused = 0
    with mailer as open_mailer:
        for reader in everybody:
            outcome = _mailed(platform, open_mailer, reader)
            mailed += outcome is True
            refused += outcome is False
            done(mailed + refused)
    return Sent(mailed, refused)


def _mailed(platform: Platform, mailer: Mailer, reader: Reader) -> bool | None:
    """Whether the letter was taken; None where there was nothing to say.

    Before it is sent it is written down that it was: another round, or this one after its worker
    died, doesn't send it a second time. Of a letter that wasn't taken that is undone.
    """
    at = platform.now()
    seen = _claimed(platform, reader, at)
    if not seen:
        return None
    seqs = [one.notice.seq for one in seen]
    try:
        mailer.send(letter(reader.account, seen, platform.settings.public_url), at)
    except (MailRefused, InvalidValue):  # InvalidValue: of an address that isn't one.
        _give_back(platform, seqs)
        return False
    except MailUnavailable:
        _give_back(platform, seqs)
        raise
    return True


def _claimed(platform: Platform, reader: Reader, at: datetime) -> Sequence[SeenNotice]:
    """What the letter is to tell."""
    account = reader.account
    with platform.database.reading() as session:
        if not notices.unmailed(session, account.id, at - MAILED_FOR):
            return ()
    with platform.database.writing() as session:
        waiting = notices.unmailed(session, account.id, at - MAILED_FOR)
        seen = seen_notices(session, reader.viewer, waiting, account.language)
        notices.mailed(session, [one.notice.seq for one in seen], at)
    return seen


def _give_back(platform: Platform, seqs: Sequence[int]) -> None:
    with platform.database.writing() as session:
        notices.mailed(session, seqs, None)
