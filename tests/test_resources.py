import sys
from pathlib import Path

import pytest

from matcher import resources
from matcher.errors import MissingData
from matcher.resources import data_path, library

CHECKOUT = Path(__file__).resolve().parents[1]


def test_a_file_is_found_in_the_checkout() -> None:
    assert data_path("taxonomy", "fields.csv") == CHECKOUT / "data" / "taxonomy" / "fields.csv"


def test_without_parts_it_is_the_data_folder() -> None:
    assert data_path() == CHECKOUT / "data"


def test_the_folder_inside_an_installed_package_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lexicon").mkdir()
    monkeypatch.setattr(resources, "_INSTALLED", tmp_path)
    assert data_path("lexicon") == tmp_path / "lexicon"


def test_a_missing_file_is_named_with_what_to_do() -> None:
    with pytest.raises(MissingData) as caught:
        data_path("lexicon", "nowhere.tsv")
    assert caught.value.where["file"] == str(CHECKOUT / "data" / "lexicon" / "nowhere.tsv")
    assert caught.value.hint


def test_a_library_is_loaded_when_something_of_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seldom_needed.py").write_text("ANSWER = 42\n")
    monkeypatch.syspath_prepend(tmp_path)
    seldom = library("seldom_needed")
    assert "seldom_needed" not in sys.modules
    assert seldom.ANSWER == 42
    assert "seldom_needed" in sys.modules
    with pytest.raises(AttributeError, match="QUESTION"):
        _ = seldom.QUESTION
    monkeypatch.delitem(sys.modules, "seldom_needed")


def test_a_library_that_is_not_there_says_so_when_it_is_used() -> None:
    nowhere = library("nowhere_to_be_found")
    with pytest.raises(ModuleNotFoundError, match="nowhere_to_be_found"):
        _ = nowhere.anything
