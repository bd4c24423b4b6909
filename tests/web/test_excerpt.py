"""Short pieces of texts with the matched words marked."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from matcher.web.excerpt import Term, excerpt, marked

GRAPHENE, COATING = Term(1, "graphene"), Term(2, "coating")


def test_terms_are_marked_by_number_whatever_their_case() -> None:
    found = marked("Graphene is a COATING.", [GRAPHENE, COATING])
    assert found == (
        '<mark class="term" data-term="1">Graphene</mark> is a '
        '<mark class="term" data-term="2">COATING</mark>.'
    )


def test_words_of_letters_are_found_whole_and_chinese_ones_anywhere() -> None:
    assert marked("graphenes", [GRAPHENE]) == "graphenes"
    assert "<mark" in marked("石墨烯涂层", [Term(1, "涂层")])


def test_a_longer_term_isnt_cut_by_a_shorter_one_inside_it() -> None:
    found = marked("wear resistant coating", [COATING, Term(3, "resistant coating")])
    assert found.count("<mark") == 1
    assert ">resistant coating</mark>" in found


def test_what_a_record_says_is_never_markup() -> None:
    found = marked("<script>graphene</script> & more", [GRAPHENE])
    assert found.startswith("&lt;script&gt;<mark")
    assert "&amp; more" in found


def test_an_excerpt_is_where_most_terms_are() -> None:
    text = "graphene " + "filler " * 60 + "graphene coating " + "filler " * 60
    found = excerpt(text, [GRAPHENE, COATING], 80)
    assert "coating" in found
    assert found.startswith("… ")
    assert found.endswith(" …")


def test_a_short_text_is_shown_whole() -> None:
    assert excerpt("a  short\ntext", [GRAPHENE], 80) == "a short text"


@given(st.text(max_size=300), st.text(max_size=8), st.integers(20, 90))
def test_an_excerpt_is_of_the_text_and_about_as_long_as_wanted(
    text: str, words: str, length: int
) -> None:
    shown = excerpt(text, [Term(1, words)], length).striptags()
    plain = " ".join(shown.removeprefix("…").removesuffix("…").split())
    assert plain in " ".join(Markup.escape(text).striptags().split())
    assert len(plain) <= length
