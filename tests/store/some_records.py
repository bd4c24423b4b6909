"""Records for store tests: one of each noun with every field filled, and any that may exist."""

import dataclasses
import datetime as dt
import types
import typing
from typing import Any

from hypothesis import strategies as st

from matcher.domain import (
    Challenge,
    Deal,
    Grade,
    Listing,
    Manager,
    Need,
    Noun,
    Organisation,
    OrganisationKind,
    OrganisationSize,
    Outcome,
    Secrecy,
    Stage,
    TransferMode,
    Visibility,
)
from matcher.domain.labels import Labelled

NOW = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)

OUTCOME = Outcome(
    id="o1",
    external_id="CG-001",
    title="石墨烯导热膜",
    title_en="Graphene film",
    summary="  first line\n第二行 ",
    summary_en="text",
    keywords=("石墨烯", "导热"),
    keywords_en=("graphene",),
    reg_no="9332025Y0001",
    holder="org1",
    inventors=("甲", "乙"),
    field="0401",
    ipc=("C01B 32/184",),
    trl=6,
    stage=Stage.PILOT,
    form="新材料",
    originality="原始创新",
    ipr_status="已授权",
    transfer_modes=(TransferMode.EQUITY, TransferMode.LICENSE),
    price_min=10**12,
    price_max=10**15,
    currency="EUR",
    pay_after_use=True,
    pay_after_use_terms="一年",
    advantages="better",
    advantages_en="by 30 %",
    applications="手机",
    applications_en="phones",
    region="330100",
    secrecy=Secrecy.INTERNAL,
    visibility=Visibility.NAMED,
    visible_to=("a1", "a2"),
    owner="a3",
    node="core",
    valid_until=dt.date(2027, 12, 31),
    listing=Listing.AUCTION,
    updated_at=dt.date(2026, 1, 2),
    source="catalogue",
)
NEED = Need(
    id="n1",
    title="电池散热",
    organisation="org2",
    budget_max=500_000,
    coop_modes=(TransferMode.DEVELOPMENT,),
    challenge=Challenge(award=10**6, deadline=dt.date(2026, 6, 30)),
    scenario=True,
)
MANAGER = Manager(
    id="m1",
    name="某",
    grade=Grade.SENIOR,
    fields=("04",),
    conflicts=("org2",),
    deals=(
        Deal(title="膜", mode=TransferMode.LICENSE, value=10**10, date=dt.date(2025, 5, 1)),
        Deal(text="x"),
    ),
    active=False,
)
ORGANISATION = Organisation(
    id="org1",
    name="某大学",
    aliases=("某大",),
    kind=OrganisationKind.UNIVERSITY,
    size=OrganisationSize.LARGE,
    parent="org0",
)
EXAMPLES = {
    Noun.OUTCOME: OUTCOME,
    Noun.NEED: NEED,
    Noun.MANAGER: MANAGER,
    Noun.ORGANISATION: ORGANISATION,
}

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
IDS = TEXTS.filter(str.strip)
_SPECIAL = {
    "id": IDS,
    "parent": st.just(""),
    "currency": st.sampled_from(["CNY", "USD"]),
    "credit_code": st.sampled_from(["", "12330000470095016Q"]),
    "country": st.sampled_from(["", "DE"]),
    "languages": st.sampled_from([(), ("zh", "de")]),
    "trl": st.none() | st.integers(1, 9),
    "min_trl": st.none() | st.integers(1, 9),
    "capacity": st.none() | st.integers(0, 1000),
    "price_min": st.none() | st.integers(0, 10**6),
    "price_max": st.none() | st.integers(10**6, 10**15),
    "budget_min": st.none() | st.integers(0, 10**6),
    "budget_max": st.none() | st.integers(10**6, 10**15),
}


def any_record(cls: type[Any]) -> st.SearchStrategy[Any]:
    """Any instance of a record's class, with all its fields drawn."""
    hints = typing.get_type_hints(cls)
    fields = [field.name for field in dataclasses.fields(cls)]
    return st.builds(cls, **{name: _SPECIAL.get(name, _any(hints[name])) for name in fields})


def _any(hint: Any) -> st.SearchStrategy[Any]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return st.none() | _any(next(one for one in arguments if one is not types.NoneType))
    if origin is tuple:
        return st.lists(_any(arguments[0]), max_size=3).map(tuple)
    if dataclasses.is_dataclass(hint):
        return any_record(typing.cast(type[Any], hint))
    if issubclass(hint, Labelled):
        return st.sampled_from(list(hint))
    simple = {str: TEXTS, bool: st.booleans(), int: st.integers(0, 10**15), dt.date: st.dates()}
    return simple[hint]
