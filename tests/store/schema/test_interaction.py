"""The table of interactions."""

import pytest
from sqlalchemy import text

from matcher.domain.interaction import Interaction
from matcher.errors import EditConflict


def test_every_field_of_an_interaction_has_a_column(columns, fields_of):
    assert columns("interaction") == fields_of(Interaction)


def test_two_interactions_do_not_share_an_id(add):
    add("interaction", id="I1", need="N1", outcome="O1", weight=1.0)
    with pytest.raises(EditConflict):
        add("interaction", id="I1", need="N2", outcome="O2", weight=1.0)


def test_an_absent_side_is_empty_and_not_null(add, database):
    add("interaction", id="I1", need="N1", outcome="O1", weight=1.0)
    with database.reading() as session:
        assert session.scalar(text("SELECT manager FROM interaction")) == ""
