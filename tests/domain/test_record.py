"""What holds for every record: mappings go round, and texts stand under their language."""

import json
import types
import typing
from dataclasses import MISSING, fields
from datetime import UTC, date

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from matcher import domain
from matcher.domain import Language, Manager, Need, Organisation, Outcome, Record, language_of
from matcher.errors import InvalidValue

ZH, EN = Language.ZH, Language.EN

RECORDS = [
    value
    for value in vars(domain).values()
    if isinstance(value, type) and issubclass(value, Record) and value is not Record
]
WORDS = st.text(alphabet="ab涂层é0 -", max_size=6).map(str.strip)
SPECIAL = {
    "id": st.sampled_from(["X1", "X2"]),
    "by": st.just("A1"),
    "actor": st.just("A1"),
    "text": st.just("谈过价格"),
    "need": st.just("N1"),
    "outcome": st.just("O1"),
    "manager": st.just("M1"),
    "verb": st.sampled_from(["shown", "contract_signed"]),
    "currency": st.sampled_from(["CNY", "USD", "NOK"]),
    "credit_code": st.sampled_from(["", "91330000MA27XXXX0A"]),
    "country": st.sampled_from(["", "DE"]),
    "languages": st.sampled_from([(), ("zh", "en")]),
    "history": st.just(()),
    "state": st.sampled_from(["suggested", "negotiating"]).map(domain.FollowUpState),
}
PLAIN = {
    str: WORDS,
    int: st.integers(1, 9),
    float: st.floats(0.01, 1),
    bool: st.booleans(),
    domain.dates.date: st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    domain.event.datetime: st.datetimes(timezones=st.just(UTC)),
}


def values_of(hint):
    """A strategy for a field's type."""
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is types.UnionType:
        return st.none() | values_of(arguments[0])
    if typing.get_origin(hint) is tuple:
        items = values_of(arguments[0])
        items = items.filter(bool) if arguments[0] is str else items
        if issubclass(arguments[0], domain.Labelled):
            return st.lists(items, max_size=3).map(arguments[0].in_order)
        return st.lists(items, max_size=2).map(tuple)
    if hint in PLAIN:
        return PLAIN[hint]
    return st.sampled_from(hint) if issubclass(hint, domain.Labelled) else records(hint)


@st.composite
def records(draw, cls):
    """Any record of the class; what its checks refuse is drawn again."""
    hints = typing.get_type_hints(cls)
    wanted = [f.name for f in fields(cls) if f.default is MISSING or draw(st.booleans())]
    drawn = {name: draw(SPECIAL.get(name, values_of(hints[name]))) for name in wanted}
    try:
        return cls(**drawn)
    except InvalidValue:
        reject()


# A transition's facts depend on its state: test_followup.py draws those by walking.
@pytest.mark.parametrize("cls", [cls for cls in RECORDS if cls is not domain.Transition])
@settings(max_examples=25)
@given(data=st.data())
def test_a_record_goes_to_json_and_back(cls, data):
    record = data.draw(records(cls))
    mapping = json.loads(json.dumps(record.to_mapping(), allow_nan=False))
    assert cls.from_mapping(mapping) == record
    assert set(mapping) <= {field.name for field in fields(cls)}


@pytest.mark.parametrize("cls", RECORDS)
def test_records_cannot_be_changed_and_refuse_unknown_fields(cls):
    assert cls.__dataclass_params__.frozen
    assert "__dict__" not in dir(cls)
    with pytest.raises(InvalidValue) as refused:
        cls.from_mapping({"colour": "red"})
    assert refused.value.where == {"field": "colour"}


@pytest.mark.parametrize("cls", RECORDS)
def test_the_fields_that_people_search_in_exist(cls):
    assert set(cls.TEXT_FIELDS) <= {field.name for field in fields(cls)}


def test_texts_stand_under_their_language_in_order():
    outcome = Outcome(
        id="O1",
        title="石墨烯导轨涂层",
        title_en="Graphene coating for guideways",
        summary="摩擦系数 0.06",
        keywords=("石墨烯", "CVD"),
        advantages="friction halved",
    )
    assert outcome.texts(ZH) == ("石墨烯导轨涂层", "石墨烯; CVD", "摩擦系数 0.06")
    assert outcome.texts(EN) == ("Graphene coating for guideways", "friction halved")
    assert outcome.text_in(EN) == "Graphene coating for guideways\nfriction halved"
    assert outcome.text_languages() == (ZH, EN)


def test_a_record_without_texts_has_none_in_any_language():
    need = Need(id="N1", title="  ")
    assert need.texts(ZH) == need.texts(EN) == ()
    assert need.text_in(ZH) == ""
    assert need.text_languages() == ()


@settings(max_examples=40)
@given(records(Outcome) | records(Need) | records(Manager) | records(Organisation))
def test_every_text_has_exactly_one_language(record):
    assert sorted(record.texts(ZH) + record.texts(EN)) == sorted(record.pieces())
    assert set(record.text_languages()) == {language_of(text) for text in record.pieces()}


@pytest.mark.parametrize(
    ("text", "language"),
    [("涂层", ZH), ("coating for 导轨", ZH), ("coating", EN), ("3 μm", EN), ("", EN), ("㐀", ZH)],
)
def test_a_han_character_makes_a_text_chinese(text, language):
    assert language_of(text) is language
