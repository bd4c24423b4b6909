"""The table of jobs: a column for every field, and no part in a dump."""

from dataclasses import fields

from matcher.domain.job import Job
from matcher.store.schema.tables import lasting, tables


def test_it_has_the_columns_of_a_job(columns):
    assert columns("job") == {field.name for field in fields(Job)} | {"version"}


def test_work_that_waits_is_in_no_dump():
    assert "job" in {table.name for table in tables()} - {table.name for table in lasting()}
