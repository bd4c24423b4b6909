"""Which needs somebody may name as their own."""

from __future__ import annotations

from matcher.actions.own_needs import own_needs
from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Noun, Visibility
from matcher.domain.organisation import Organisation
from matcher.domain.visibility import SYSTEM
from tests.actions.interest_cases import firm
from tests.platforms import need, put, remove


def ids(platform: Platform, viewer: object) -> list[str]:
    return [one.id for one in own_needs(platform, viewer)]  # type: ignore[arg-type]


def test_those_one_wrote_and_those_of_ones_organisation_by_any_of_its_names(
    platform: Platform,
) -> None:
    put(platform, Noun.ORGANISATION, Organisation(id="U1", name="东方机床", aliases=("东机",)))
    put(
        platform,
        Noun.NEED,
        need("own", "写的", owner="lin"),
        need("of", "单位的", organisation="U1"),
        need("by-name", "按名称", organisation="东机"),
        need("other", "别家的", organisation="U2", owner="zhou"),
        need("nobody", "谁也不是"),
    )
    platform.live.look_now()
    assert set(ids(platform, firm(platform, "lin", "U1"))) == {"own", "of", "by-name"}
    assert ids(platform, firm(platform, "new")) == []


def test_what_is_gone_or_hidden_isnt_there(platform: Platform) -> None:
    hidden = need("hid", "x", organisation="U1", visibility=Visibility.NAMED, owner="another")
    put(platform, Noun.NEED, need("gone", "x", owner="lin"), hidden)
    remove(platform, Noun.NEED, ["gone"])
    assert ids(platform, firm(platform, "lin", "U1")) == []


def test_they_go_by_the_title_that_the_reader_reads(platform: Platform) -> None:
    put(platform, Noun.NEED, need("a", "涂层", title_en="Coating", owner="lin"))
    put(platform, Noun.NEED, need("b", owner="lin"))
    titles = [one.title for one in own_needs(platform, firm(platform, "lin"), Language.EN)]
    assert titles == ["Coating", "b"]


def test_the_operator_has_none(platform: Platform) -> None:
    assert own_needs(platform, SYSTEM) == ()
