"""Columns that all records share."""

from sqlalchemy.dialects.postgresql import dialect

from matcher.store.schema.need import NeedRow
from matcher.store.schema.outcome import OutcomeRow

POSTGRESQL = dialect()  # type: ignore[no-untyped-call]


def test_ids_are_in_the_order_of_code_points_whatever_the_servers_language() -> None:
    column = OutcomeRow.__table__.c.id
    assert column.primary_key
    assert column.type.compile(POSTGRESQL) == 'TEXT COLLATE "C"'
    assert str(column.type.compile()) == "TEXT"


def test_lists_are_never_null_and_an_absent_part_is() -> None:
    columns = NeedRow.__table__.c
    assert not columns.keywords.nullable
    assert columns.challenge.nullable
    assert columns.challenge.type.none_as_null
    assert columns.challenge.type.compile(POSTGRESQL) == "JSONB"


def test_the_books_come_after_the_fields() -> None:
    names = OutcomeRow.__table__.c.keys()
    assert names[0] == "id"
    assert names[-7:] == [
        "version",
        "created_at",
        "changed_at",
        "changed_by",
        "deleted_at",
        "merged_into",
        "import_id",
    ]
