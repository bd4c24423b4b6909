"""Mapping files: those that ship, and what is wrong with one that a user wrote."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.domain.enums import Noun
from matcher.errors import MatcherError, UnreadableFile
from matcher.files.heading import fold
from matcher.files.vocabulary import Role, Unit
from matcher.files.vocabulary_file import load_vocabulary
from matcher.resources import data_path

Write = Callable[..., Path]
DEFAULT = data_path("mappings", "default.toml")
SHIPPED = ("default", "een", "sbir", "registration-zh")
NOUNS = ("every", "outcome", "need", "manager", "organisation")


def refusal(path: Path) -> MatcherError:
    with pytest.raises(MatcherError) as caught:
        load_vocabulary(path)
    assert caught.value.where["file"] == str(path)
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize("name", SHIPPED)
def test_every_word_of_a_shipped_file_means_its_field(name: str) -> None:
    path = data_path("mappings", f"{name}.toml")
    vocabulary = load_vocabulary(DEFAULT, path)
    tables = tomllib.loads(path.read_text("utf-8"))
    for noun in Noun.OUTCOME, Noun.NEED, Noun.MANAGER, Noun.ORGANISATION:
        for field, words in tables.get(noun.value, {}).items():
            for word in words:
                meaning = vocabulary.meaning(word, noun)
                assert meaning is not None, word
                assert meaning.field == field, word


def test_the_default_file_is_rich() -> None:
    tables = tomllib.loads(DEFAULT.read_text("utf-8"))
    words = [
        fold(word) for noun in NOUNS for synonyms in tables[noun].values() for word in synonyms
    ]
    assert len(words) > 900
    assert len(set(words)) > 700


@pytest.mark.parametrize("name", SHIPPED)
def test_no_list_of_a_shipped_file_repeats_a_word(name: str) -> None:
    tables = tomllib.loads(data_path("mappings", f"{name}.toml").read_text("utf-8"))
    for noun in NOUNS:
        for field, synonyms in tables.get(noun, {}).items():
            folded = [fold(word) for word in synonyms]
            repeated = {word for word in folded if folded.count(word) > 1}
            assert not repeated, (noun, field, repeated)


def test_a_later_file_goes_before_an_earlier_one(write: Write) -> None:
    path = write("mine.toml", '[outcome]\nsummary = ["标题"]\ntitle = ["备注"]\n')
    vocabulary = load_vocabulary(DEFAULT, path)
    for name, expected in (("标题", "summary"), ("备注", "title"), ("成果名称", "title")):
        meaning = vocabulary.meaning(name, Noun.OUTCOME)
        assert meaning is not None
        assert meaning.field == expected
    need = vocabulary.meaning("标题", Noun.NEED)
    assert need is not None
    assert need.field == "title"


def test_columns_named_outright_by_role(write: Write) -> None:
    path = write(
        "mine.toml",
        'noun = "need"\nunused = ["备 注"]\n[columns]\ntitle = "难题"\n'
        '[query.columns]\ntext = ["背景", "目标"]\n[units]\n"斗" = {scale = 7, currency = "CNY"}\n',
    )
    vocabulary = load_vocabulary(DEFAULT, path)
    assert vocabulary.required == {
        None: {"title": ("难题",)},
        Role.QUERY: {"text": ("背景", "目标")},
    }
    assert vocabulary.noun is Noun.NEED
    assert vocabulary.unused == {"备注"}
    assert vocabulary.units["斗"] == Unit(7, "CNY")
    assert vocabulary.file == str(path)
    assert vocabulary.knows("背景")
    assert not load_vocabulary(DEFAULT).knows("背景和目标")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[columns\n", "not valid TOML"),
        ('[columns]\ntitel = "x"\n', "unknown field 'titel'"),
        ("[columns]\ntitle = 3\n", "not a column name"),
        ("[columns]\ntitle = ['']\n", "not a column name"),
        ('columns = "x"\n', "not a table"),
        ('[outcome]\nproblem = ["x"]\n', "unknown field of [outcome] 'problem'"),
        ('[outcomes]\ntitle = ["x"]\n', "unknown table or key 'outcomes'"),
        ('noun = "outcomes"\n', "unknown noun 'outcomes'"),
        ('[outcome]\ntitle = ["题 目"]\nsummary = ["题目"]\n', "both title and summary"),
        ('[units]\n"万" = 10000\n', "incomplete"),
        ('[units]\n"万" = {scale = 0, currency = "CNY"}\n', "incomplete"),
    ],
)
def test_mistakes_in_a_mapping_file(write: Write, text: str, message: str) -> None:
    assert message in refusal(write("mine.toml", text)).message


def test_a_near_miss_is_suggested(write: Write) -> None:
    assert "title?" in str(refusal(write("mine.toml", '[columns]\ntitel = "x"\n')).hint)


def test_a_mapping_file_in_another_encoding(write: Write) -> None:
    assert "not valid" in refusal(write("a.toml", '[columns]\ntitle = "标题"', "gbk")).message


def test_a_missing_mapping_file(tmp_path: Path) -> None:
    assert isinstance(refusal(tmp_path / "none.toml"), UnreadableFile)
