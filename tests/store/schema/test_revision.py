"""Old versions are found by noun, id and number."""

from matcher.store.schema.revision import RevisionRow


def test_a_version_stands_there_once() -> None:
    assert [column.name for column in RevisionRow.__table__.primary_key] == [
        "noun",
        "id",
        "version",
    ]


def test_only_the_time_of_deletion_may_be_absent() -> None:
    columns = RevisionRow.__table__.c
    assert [column.name for column in columns if column.nullable] == ["deleted_at"]
