"""Codes of the taxonomies as people write them into cells."""

import pytest

from matcher.files.record_codes import Code, find_code, find_codes, label_code
from matcher.taxonomy import taxonomy


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("fields", "0102", "0102"),
        ("fields", "微电子技术", "0102"),
        ("fields", "电子信息—软件", "0101"),
        ("fields", "新型高效能量轉換與儲存技術", "0603"),
        ("industries", "c37", "C37"),
        ("industries", "C37 anything", "C37"),
        ("regions", "浙江省台州市", "331000"),
        ("regions", "Beijing", "110000"),
        ("ipc", "b61l 27/53", "B61L 27/53"),
        ("ipc", "A01", "A01"),
    ],
)
def test_codes_and_names_are_understood(name: str, text: str, code: str) -> None:
    assert find_code(name, text) == Code(code, True)


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("fields", "量子", "量子"),
        ("regions", "沔川市", "沔川市"),
        ("ipc", "C77Z 1/00", "C77Z 1/00"),
    ],
)
def test_what_is_unknown_stays_as_it_came(name: str, text: str, kept: str) -> None:
    assert find_code(name, text) == Code(kept, False)


@pytest.mark.parametrize(
    ("name", "cell", "codes"),
    [
        ("fields", "微电子技术、高性能、智能化仪器仪表，软件", ["0102", "0803", "0101"]),
        ("regions", "江苏省，上海市", ["320000", "310000"]),
        ("regions", "浙江省,台州市,江苏省", ["331000", "320000"]),
        ("regions", ["330100", "杭州市"], ["330100"]),
        ("fields", '["0101", "0102"]', ["0101", "0102"]),
        ("ipc", "A01; B61L 27/53", ["A01", "B61L 27/53"]),
        ("fields", "", []),
    ],
)
def test_lists_of_codes_keep_names_with_commas_whole(
    name: str, cell: object, codes: list[str]
) -> None:
    assert [code.value for code in find_codes(name, cell)] == codes  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["fields", "industries", "regions"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_label_is_read_back_also_in_a_list(name: str, language: str) -> None:
    codes = list(taxonomy(name))
    labels = [label_code(name, code, language) for code in codes]
    assert [code.value for code in find_codes(name, "\n".join(labels))] == codes


def test_an_unknown_code_has_no_label() -> None:
    assert label_code("fields", "9901", "zh") == "9901"
