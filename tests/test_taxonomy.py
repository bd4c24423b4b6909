"""The shipped code lists keep their own rules, and codes have names for people."""

import csv

import pytest

from matcher import taxonomy as module
from matcher.errors import InvalidValue, MissingData
from matcher.resources import data_path
from matcher.taxonomy import COLUMNS, Entry, code_of, label, taxonomy, wanted_code, within

NAMES = ["fields", "industries", "ipc", "regions"]


def rows(name):
    with data_path("taxonomy", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


def test_every_shipped_list_is_tested():
    assert sorted(path.stem for path in data_path("taxonomy").glob("*.csv")) == NAMES


def test_codes_are_unique(name):
    assert len(taxonomy(name)) == len(rows(name)) > 0


def test_a_parent_is_a_code_given_earlier(name):
    earlier = {""}
    for entry in taxonomy(name).values():
        assert entry.parent in earlier, entry
        earlier.add(entry.code)


def test_every_code_has_both_names(name):
    assert [entry for entry in taxonomy(name).values() if not (entry.zh and entry.en)] == []


def test_an_alias_belongs_to_one_code(name):
    aliases = [alias for entry in taxonomy(name).values() for alias in entry.aliases]
    assert "" not in aliases
    assert sorted(aliases) == sorted(set(aliases))


def test_codes_are_text():
    """Leading zeros count."""
    entry = taxonomy("fields")["0101"]
    assert (entry.parent, entry.zh, entry.en) == ("01", "软件", "Software")
    assert "人工智能" in entry.aliases


def test_without_aliases_there_are_none():
    entry = next(entry for entry in rows("industries") if not entry["aliases"])
    assert taxonomy("industries")[entry["code"]].aliases == ()


@pytest.mark.parametrize(
    ("language", "expected"), [("zh", "北京市"), ("en", "Beijing"), ("fr", "Beijing")]
)
def test_a_label_is_chinese_or_else_english(language, expected):
    assert label("regions", "110000", language) == expected
    assert taxonomy("regions")["110000"].label(language) == expected


@pytest.mark.parametrize("code", ["999999", "", "北京"])
def test_an_unknown_code_is_its_own_label(code):
    assert label("regions", code, "zh") == code


def test_an_unknown_list_is_missing():
    with pytest.raises(MissingData) as caught:
        taxonomy("planets")
    assert caught.value.where["file"].endswith("planets.csv")


class TestOtherFiles:
    @pytest.fixture
    def read(self, tmp_path, monkeypatch):
        monkeypatch.setattr(module, "data_path", lambda *parts: tmp_path / parts[-1])

        def read(text):
            (tmp_path / "own.csv").write_text(text, encoding="utf-8")
            taxonomy.cache_clear()
            return taxonomy("own")

        yield read
        taxonomy.cache_clear()

    def test_a_row_is_an_entry(self, read):
        assert read(",".join(COLUMNS) + '\n01,,软件,"Software, all",AI||IT\n') == {
            "01": Entry("01", "", "软件", "Software, all", ("AI", "IT"))
        }

    @pytest.mark.parametrize("header", ["", "code,parent,zh,en\n", "code,zh,en,parent,aliases\n"])
    def test_other_columns_are_refused(self, read, header):
        with pytest.raises(MissingData, match="columns") as caught:
            read(header)
        assert caught.value.where["file"].endswith("own.csv")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("330100", "330100"),
        ("杭州", "330100"),
        ("浙江省杭州市", "330100"),
        ("浙江杭州", "330100"),
        ("Zhejiang, Hangzhou", "330100"),
        ("上海", "310000"),
        ("shanghai", "310000"),
        ("Suzhou", None),
        ("江苏苏州", "320500"),
        ("某地杭州", None),
        ("", None),
    ],
)
def test_a_place_by_name(text, code):
    """Two cities are called Suzhou in English."""
    assert code_of("regions", text) == code


@pytest.mark.parametrize(
    ("code", "above", "lies"),
    [
        ("0101", "01", True),
        ("01", "01", True),
        ("01", "0101", False),
        ("0101", "02", False),
        ("0101", "", False),
        ("", "01", False),
        ("", "", False),
        ("nonsense", "nonsense", True),
        ("nonsense", "01", False),
    ],
)
def test_what_lies_within_what(code, above, lies):
    assert within("fields", code, above) is lies


def test_every_code_lies_within_all_above_it(name):
    for code, entry in taxonomy(name).items():
        assert within(name, code, code)
        assert not entry.parent or within(name, code, entry.parent)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("regions", "陕西", "610000"),
        ("regions", " shaanxi ", "610000"),
        ("regions", "61", "610000"),
        ("regions", "9999", "9999"),
        ("fields", "X-7", "X-7"),
        ("fields", "", ""),
    ],
)
def test_what_somebody_restricts_to(name: str, text: str, code: str) -> None:
    assert wanted_code(name, text) == code


def test_a_name_that_is_not_known_is_refused() -> None:
    with pytest.raises(InvalidValue, match="no region 'Narnia'"):
        wanted_code("regions", "Narnia")
