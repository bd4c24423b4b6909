"""A result as a person reads it, at two widths and in two languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from matcher.cli.screen import match_lines, percent, print_matches
from matcher.domain.enums import Language
from matcher.files.match_row import MatchRow

LONG = "面向大型风电叶片前缘的石墨烯改性聚氨酯耐雨蚀防护涂层及其现场修复工艺"


def row(rank: int = 1, title: str = LONG, band: str = "strong", query: str = "n1") -> MatchRow:
    why = ["Terms in common: blade ↔ 叶片 · coating ↔ 涂层", "Readiness: TRL 7 ≥ 6"]
    return MatchRow(
        *(query, f"o{rank}", rank, 1 / rank, {"concepts": 1 / rank}, []),
        reason_texts=why,
        query_title="Blade coating",
        candidate_title=title,
        band=band,
    )


def test_the_layout() -> None:
    lines = match_lines([row(title="Short")], Language.EN, 80)
    assert [line.plain for line in lines] == [
        "n1  Blade coating",
        "  1  strong    1.000  o1  Short",
        "                      Terms in common: blade ↔ 叶片 · coating ↔ 涂层",
        "                      Readiness: TRL 7 ≥ 6",
        "",
    ]


def test_a_likelihood_stands_behind_the_score() -> None:
    rows = [replace(row(place, "Short"), likelihood=share) for place, share in ((1, 0.42), (2, 0))]
    lines = [line.plain for line in match_lines(rows, Language.EN, 80)]
    assert lines[1] == "  1  strong    1.000   42%  o1  Short"
    assert lines[4] == "  2  strong    0.500   <1%  o2  Short"
    assert lines[2] == " " * 28 + "Terms in common: blade ↔ 叶片 · coating ↔ 涂层"


@pytest.mark.parametrize(
    ("likelihood", "said"),
    [(0, "<1%"), (0.004, "<1%"), (0.01, "1%"), (0.5, "50%"), (0.994, "99%"), (0.996, ">99%")],
)
def test_nothing_is_impossible_and_nothing_is_certain(likelihood: float, said: str) -> None:
    assert percent(likelihood) == said


@pytest.mark.parametrize("width", [40, 80, 100])
@pytest.mark.parametrize("language", Language)
def test_long_titles_are_wrapped_and_never_cut(width: int, language: Language) -> None:
    lines = [line.plain for line in match_lines([row(), row(2)], language, width)]
    assert max(map(cell_len, lines)) <= width
    assert "".join("".join(lines).split()).count(LONG) == 2
    assert "…" not in "".join(lines)


def test_a_heading_for_every_query() -> None:
    rows = [row(), row(2), row(query="n2")]
    plain = [line.plain for line in match_lines(rows, Language.EN, 80)]
    assert [line for line in plain if line.endswith("Blade coating")] == [
        "n1  Blade coating",
        "n2  Blade coating",
    ]


def test_bands_in_chinese_keep_the_columns() -> None:
    rows = [row(1, "x", "strong"), row(2, "x", "possible"), row(3, "x", "")]
    starts = [line.plain for line in match_lines(rows, Language.ZH, 80) if ".  x" not in line]
    firsts = [line for line in starts if line.endswith("  x")]
    assert ["强" in firsts[0], "可能" in firsts[1]] == [True, True]
    assert len({cell_len(line) for line in firsts}) == 1


def test_square_brackets_are_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    print_matches([row(title="[bold]1,2-[b]quinoline")], Language.EN)
    assert "[bold]1,2-[b]quinoline" in capsys.readouterr().out
