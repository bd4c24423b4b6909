"""Reasons that are kept with the versions they are about."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from matcher.bundle.library import Library
from matcher.bundle.remarks import LONGEST, REMARKS, Remark, put_remark, remark_on
from matcher.errors import BrokenBundle, InvalidValue
from tests.bundle.some_models import published

AT = datetime(2026, 3, 1, tzinfo=UTC)


def remark(why: str = "the labels are wrong") -> Remark:
    return Remark(why=why, by="a1", at=AT)


def test_a_remark_is_read_as_it_was_written(library: Library) -> None:
    version = published(library, "a")
    assert remark_on(library.folder, version) is None
    put_remark(library.folder, version, remark("标注有误"))
    assert remark_on(library.folder, version) == remark("标注有误")
    put_remark(library.folder, version, remark("again"))
    assert remark_on(library.folder, version) == remark("again")


def test_remarks_on_other_versions_stay_as_long_as_these_do(library: Library) -> None:
    first, second = published(library, "a"), published(library, "b")
    put_remark(library.folder, first, remark())
    put_remark(library.folder, "0099-00000000", remark())
    put_remark(library.folder, second, remark())
    assert remark_on(library.folder, first) == remark()
    assert remark_on(library.folder, "0099-00000000") is None


@pytest.mark.parametrize("why", ["", "x" * (LONGEST + 1)])
def test_a_reason_has_some_characters_but_not_any_number(library: Library, why: str) -> None:
    version = published(library, "a")
    with pytest.raises(InvalidValue):
        put_remark(library.folder, version, remark(why))
    assert not (library.folder / REMARKS).exists()


@pytest.mark.parametrize("content", [b"", b"[]", b'{"format": 1, "remarks": {"x": 1}}'])
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / REMARKS).write_bytes(content)
    with pytest.raises(BrokenBundle, match=REMARKS):
        remark_on(tmp_path, "0001-00000000")
