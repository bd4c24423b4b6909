"""Headings of our own sheets: none twice, and each is understood by the importer."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.domain.enums import Language
from matcher.files.record_rows import read_rows
from matcher.files.sheet_columns import COLUMNS
from matcher.files.vocabulary import Vocabulary

Write = Callable[..., Path]


@pytest.mark.parametrize("noun", COLUMNS)
@pytest.mark.parametrize("language", ["code", *Language])
def test_every_heading_means_its_field(
    noun: str, language: str, write: Write, vocabulary: Vocabulary
) -> None:
    columns = list(COLUMNS[noun])
    headings = [str(c) if language == "code" else c.label(language) for c in columns]
    assert len(set(headings)) == len(headings)
    path = write("own.csv", "")
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([headings, ["7"] * len(headings)])
    found = read_rows(path, noun, vocabulary).columns
    assert {field: held[0].name for field, held in found.fields.items()} == dict(
        zip(map(str, columns), headings, strict=True)
    )
    assert not found.unmapped
