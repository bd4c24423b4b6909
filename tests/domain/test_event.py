"""Events: who did what to which records, and how it was shown."""

from datetime import UTC, datetime

import pytest

from matcher.domain.enums import Noun
from matcher.domain.event import Event, Subject
from matcher.errors import InvalidValue

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def test_an_event_is_read():
    event = Event.from_mapping(
        {
            "actor": "A7",
            "verb": "accepted",
            "at": "2026-11-01T20:00:00+08:00",
            "subjects": [{"noun": "需求", "id": "N1"}, {"noun": "outcome", "id": "O1"}],
            "position": 2,
            "propensity": 0.5,
            "model_version": "2026-10-30",
        }
    )
    assert event.at == NOON
    assert event.subjects == (
        Subject(noun=Noun.NEED, id="N1"),
        Subject(noun=Noun.OUTCOME, id="O1"),
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"actor": ""}, "actor"),
        ({"verb": "Was Shown"}, "verb"),
        ({"verb": ""}, "verb"),
        ({"at": datetime(2026, 11, 1)}, "at"),
        ({"position": 0}, "position"),
        ({"propensity": 0.0}, "propensity"),
        ({"propensity": 1.5}, "propensity"),
        ({"propensity": float("nan")}, "propensity"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(wrong, field):
    with pytest.raises(InvalidValue) as refused:
        Event(**{"actor": "A7", "verb": "shown", "at": NOON} | wrong)
    assert refused.value.where == {"field": field}


def test_a_subject_needs_an_id():
    with pytest.raises(InvalidValue) as refused:
        Event.from_mapping(
            {"actor": "A7", "verb": "shown", "at": NOON, "subjects": [{"noun": "need"}]}
        )
    assert refused.value.where == {"field": "subjects[0].id"}
