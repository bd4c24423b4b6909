"""HTML becomes text; what only looks like HTML stays."""

import time

import pytest

from matcher.text.markup import strip_markup


@pytest.mark.parametrize(
    ("marked", "plain", "count"),
    [
        ("<p>一</p><p>二</p>", "\n一\n\n二\n", 4),
        ("a<br/>b<BR>c", "a\nb\nc", 2),
        ("CO<sub>2</sub>", "CO2", 2),
        ("10<sup>6</sup> m<sup>2</sup>", "10^6 m2", 4),
        ("<td>一</td><td>二</td>", " 一  二 ", 4),
        ('<a href="x" class=y>link</a>', "link", 2),
        ("a<!-- no\n<p> -->b", "a b", 1),
        ("a<script>if (1<2) {}</script>b<style type=x>p {}</style>", "a b ", 2),
        ("R&amp;D&nbsp;5&#176;C&#xB0;", "R&D\xa05°C°", 4),
        ("&amp;amp;lt;", "<", 1),
    ],
)
def test_markup_goes(marked, plain, count):
    assert strip_markup(marked) == (plain, count)


@pytest.mark.parametrize(
    "text",
    [
        "p<0.05 and x>3",
        "<CVD> and <某项目>",
        "a < b",
        "AT&T",
        "?a=1&copy=2",
        "R&D; more",
        "&; &#; &#x;",
        "没有",
        "",
    ],
)
def test_what_isnt_markup_stays(text):
    assert strip_markup(text)[0] == text


@pytest.mark.timeout(5)
@pytest.mark.parametrize("begin", ["<!--", "<script>", "<style ", "<a ", "&amp;"])
def test_beginnings_without_an_end_cost_no_more_than_their_length(begin):
    """A tenth of a second; looking for the end anew from each beginning takes minutes."""
    started = time.process_time()
    strip_markup(begin * 50_000)
    assert time.process_time() - started < 10


def test_a_beginning_inside_begins_anew():
    assert strip_markup("a<!--b<!--c-->d") == ("a<!--b d", 1)
    assert strip_markup("a<script>b<script>c</script>d") == ("a<script>b d", 1)
