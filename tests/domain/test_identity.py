"""Identities: resolved where certain, kept away from where possible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.identity import Identities
from matcher.domain.organisation import Organisation
from matcher.errors import InvalidValue

CODE = "91FICT040211103X1A"
UNIVERSITY = Organisation(
    id="U401", name="临汐电子科技大学", name_en="Linxi University", aliases=("临汐电大",)
)
SCHOOL = Organisation(id="U405", name="临汐电大微电子学院", parent="U401")
LAB = Organisation(id="U406", name="先进封装实验室", parent="U405")
FIRM = Organisation(id="U402", name="澜沧精工股份有限公司", credit_code=CODE)
OTHER = Organisation(id="U407", name="沣北微系统研究院", aliases=("电大",))
NAMESAKE = Organisation(id="U408", name="江洲广播电视大学", aliases=("电大",))
KNOWN = Identities(
    (UNIVERSITY, SCHOOL, LAB, FIRM, OTHER, NAMESAKE), {"U499": "U498", "U498": "U402"}
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("U401", "U401"),
        (" U401 ", "U401"),
        ("u401", None),
        ("临汐电子科技大学", "U401"),
        ("临汐 电大", "U401"),
        ("LINXI UNIVERSITY", "U401"),
        ("澜沧精工（集团）有限公司", "U402"),
        (CODE, "U402"),
        ("91fict0402 11103x1a", "U402"),
        ("U498", "U402"),
        ("U499", "U402"),
        ("电大", None),
        ("没有这个单位", None),
        ("", None),
        ("  ", None),
    ],
)
def test_a_text_is_resolved_by_id_code_and_name(text, found):
    assert KNOWN.resolve(text) == found


def test_an_ambiguous_name_is_resolved_once_its_bearers_are_merged():
    merged = Identities((OTHER, NAMESAKE), {"U408": "U407"})
    assert merged.resolve("电大") == "U407"
    assert merged.resolve("江洲广播电视大学") == "U407"
    assert merged.same("U407", "U408")


def test_an_id_comes_before_a_name():
    odd = Organisation(id="U410", name="U401")
    assert Identities((UNIVERSITY, odd)).resolve("U401") == "U401"


@pytest.mark.parametrize(
    "merged", [{"a": "a"}, {"a": "b", "b": "a"}, {"x": "a", "a": "b", "b": "a"}]
)
def test_merges_in_a_circle_are_refused(merged):
    with pytest.raises(InvalidValue, match="merged into itself") as refused:
        Identities((), merged)
    assert refused.value.where == {"field": "merged_into"}
    assert refused.value.hint


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("U401", "临汐电大", True),
        ("U499", CODE, True),
        ("U401", "U405", False),
        ("某某科技有限公司", "某某科技股份有限公司", True),
        ("某某科技有限公司", "某某材料有限公司", False),
        ("某某科技有限公司", "U401", False),
        ("电大", "电 大", True),
        ("", "", False),
        ("", "U401", False),
    ],
)
def test_whether_two_texts_are_one_organisation(one, other, same):
    assert KNOWN.same(one, other) is same
    assert KNOWN.same(other, one) is same


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("先进封装实验室", "U401"),
        ("U405", "U401"),
        ("临汐电大", "U401"),
        ("U499", "U402"),
        ("电大", "?电大"),
        ("某某科技有限公司", "?某某科技"),
        ("", ""),
        (" ", ""),
    ],
)
def test_the_root_stands_for_the_tree(text, root):
    assert KNOWN.root(text) == root


def test_a_tree_is_all_above_and_below():
    assert KNOWN.tree("U405") == KNOWN.tree("先进封装实验室") == {"U401", "U405", "U406"}
    assert KNOWN.tree("U499") == {"U402"}
    assert KNOWN.tree("某某科技") == frozenset()


def test_merging_brings_the_tree_of_the_dropped_record_along():
    dropped = Organisation(id="U411", parent="U407")
    known = Identities((UNIVERSITY, SCHOOL, OTHER, dropped), {"U411": "U401"})
    assert known.tree("U405") == {"U401", "U405", "U407"}
    assert known.root("U411") == "U407"


def test_a_record_merged_into_its_own_parent_is_that_parent():
    known = Identities((UNIVERSITY, SCHOOL, LAB), {"U405": "U401"})
    assert known.root("U405") == "U401"
    assert known.tree("U406") == {"U401", "U406"}


def test_a_parent_may_be_given_by_its_name():
    known = Identities((UNIVERSITY, Organisation(id="U412", parent="临汐电大")))
    assert known.root("U412") == "U401"


def test_children_of_a_parent_that_nobody_knows_are_one_tree():
    known = Identities((Organisation(id="U413", parent="U9"), Organisation(id="U414", parent="U9")))
    assert known.root("U413") == known.root("U414") == known.root("U9") == "?u9"
    assert known.reach(["U413"]) == known.reach(["U9"]) == {"?u9"}


def test_one_credit_code_is_one_tree_but_not_one_organisation():
    branch = Organisation(id="U415", name="澜沧精工研究院", credit_code=CODE)
    known = Identities((FIRM, branch))
    assert known.resolve(CODE) is None
    assert not known.same("U402", "U415")
    assert known.root("U402") == known.root("U415") == known.root(CODE) == "U402"


def test_parents_in_a_circle_are_one_tree():
    circle = (Organisation(id="b", parent="c"), Organisation(id="c", parent="b"))
    known = Identities((*circle, Organisation(id="a", parent="c")))
    assert {known.root(one) for one in "abc"} == {"a"}
    assert known.tree("a") == {"a", "b", "c"}


def test_what_is_reached_is_the_tree_and_unresolved_keys():
    assert KNOWN.reach(["U406", "某某科技有限公司", "", " "]) == {"U401", "?某某科技"}
    assert KNOWN.reach([]) == frozenset()


def test_an_ambiguous_name_reaches_all_who_bear_it_and_each_of_them_the_others():
    both = {"U407", "U408", "?电大"}
    assert KNOWN.reach(["电大"]) == both
    assert KNOWN.reach(["U407"]) == both
    assert KNOWN.root("电大") in KNOWN.reach(["江洲广播电视大学"])


def test_the_same_organisation_imported_twice_is_reached():
    again = Organisation(id="J-17", name="临汐电子科技大学")
    known = Identities((UNIVERSITY, SCHOOL, again))
    assert known.root("J-17") in known.reach(["U405"])
    assert known.root("U405") in known.reach(["J-17"])


def test_an_ambiguous_parent_is_reached_from_its_children():
    child = Organisation(id="U416", name="电大附属医院", parent="电大")
    known = Identities((OTHER, NAMESAKE, child))
    assert {"U407", "U408", known.root("U416")} <= known.reach(["U416"])
    assert known.root("U416") in known.reach(["U407"])


names = st.sampled_from(["甲大学", "乙公司", "丙院", "丁所", "甲 大学"])
ids = st.sampled_from([f"U{number}" for number in range(6)])
parents = st.sampled_from(["", "U1", "U2", "U7", "甲大学", "戊"])
texts = ids | names | st.sampled_from(["", "U7", "戊", "己", CODE])
merges = st.dictionaries(st.sampled_from(["U4", "U5"]), st.sampled_from(["U1", "U2"]))


@st.composite
def identities(draw):
    """A few organisations of any names, parents and codes, some of them merged."""
    records = [
        Organisation(
            id=one,
            name=draw(names),
            aliases=draw(st.lists(names, max_size=1).map(tuple)),
            parent=draw(parents.filter(lambda parent, own=one: parent != own)),
            credit_code=draw(st.sampled_from(["", "", CODE])),
        )
        for one in sorted(draw(st.sets(ids, min_size=1)))
    ]
    return Identities(records, draw(merges))


@given(identities(), texts, texts)
def test_what_is_the_same_has_one_root(known, one, other):
    assert known.same(one, other) is known.same(other, one)
    assert known.same(one, one) is bool(one)
    if known.same(one, other):
        assert known.root(one) == known.root(other)


@given(identities(), texts)
def test_what_is_reached_has_itself_and_its_whole_tree_in_it(known, text):
    reached = known.reach([text])
    assert (known.root(text) in reached) is bool(text)
    assert {known.root(one) for one in known.tree(text)} <= reached
    assert "" not in reached


@given(identities(), texts, texts)
def test_two_resolved_organisations_reach_each_other_or_neither(known, one, other):
    if known.resolve(one) and known.resolve(other):
        forth = known.root(other) in known.reach([one])
        assert forth is (known.root(one) in known.reach([other]))


@given(identities(), texts, texts)
def test_reach_is_the_union_over_its_texts(known, one, other):
    assert known.reach([one, other]) == known.reach([one]) | known.reach([other])
