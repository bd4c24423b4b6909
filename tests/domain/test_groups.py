"""Groups: what pairs join, by hand and against the definition."""

from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.groups import groups

pair_lists = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")))


def test_pairs_that_share_a_member_are_one_group():
    found = groups([("a", "b"), ("c", "d"), ("e", "e"), ("d", "b")])
    assert found["a"] == {"a", "b", "c", "d"}
    assert found["c"] is found["a"]
    assert found["e"] == {"e"}


def test_no_pairs_no_groups():
    assert groups([]) == {}


@given(pair_lists)
def test_a_group_is_what_can_be_reached_along_pairs(pairs):
    found = groups(pairs)
    for start in found:
        reached, size = {start}, 0
        while len(reached) > size:
            size = len(reached)
            reached |= {one for pair in pairs if reached & set(pair) for one in pair}
        assert found[start] == reached


@given(pair_lists, st.randoms(use_true_random=False))
def test_order_does_not_matter(pairs, random):
    shuffled = [(other, one) if random.random() < 0.5 else (one, other) for one, other in pairs]
    random.shuffle(shuffled)
    assert groups(shuffled) == groups(pairs)


def test_a_long_chain_joined_again_and_again_is_one_group():
    chain = [(str(place), str(place + 1)) for place in range(20_000)] * 3
    assert len(groups(chain)["0"]) == 20_001
