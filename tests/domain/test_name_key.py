"""Keys of names: which spellings are one, and which must stay two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.name_key import name_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("临汐电子科技大学", "临汐电子科技大学"),
        (" 临汐 电子科技大学　", "临汐电子科技大学"),
        ("澜沧精工股份有限公司", "澜沧精工"),
        ("澜沧精工有限责任公司", "澜沧精工"),
        ("澜沧精工（集团）有限公司", "澜沧精工"),
        ("澜沧精工集团公司", "澜沧精工"),
        ("漱石微电子（无锡）有限公司", "漱石微电子无锡"),
        ("漱石微电子(无锡)有限公司", "漱石微电子无锡"),
        ("漱石电子公司", "漱石电子"),
        ("澜沧精工有限公司西安分公司", "澜沧精工有限公司西安分公司"),
        ("江洲创投合伙企业（有限合伙）", "江洲创投"),
        ("Kestrelfeld Sensorik GmbH", "kestrelfeldsensorik"),
        ("KESTRELFELD-SENSORIK GmbH & Co. KG", "kestrelfeldsensorik"),
        ("Lancang Precision Co., Ltd.", "lancangprecision"),
        ("Lancang Precision Co.,Ltd", "lancangprecision"),
        ("Lancang Precision CO.LTD", "lancangprecision"),
        ("Ｌａｎｃａｎｇ Precision, Inc.", "lancangprecision"),
        ("Alder L.L.C.", "alder"),
        ("Alder S.p.A.", "alder"),
        ("Port Alder State University", "portalderstateuniversity"),
        ("Cafe\u0301 Labs", "cafélabs"),
        ("Straße AG", "strasse"),
        ("澜沧 Group Ltd", "澜沧"),
    ],
)
def test_a_name_has_the_key_that_its_spellings_share(name, key):
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("漱石微电子（无锡）有限公司", "漱石微电子（成都）有限公司"),
        ("澜沧精工有限公司", "澜沧精工有限公司西安分公司"),
        ("Alder Inc", "Alder Labs Inc"),
        ("Incubator West", "Ubator West"),
    ],
)
def test_two_organisations_keep_two_keys(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("集团", "集团"),
        ("有限公司", "有限公司"),
        ("Co., Ltd.", "co"),
        ("Inc.", "inc"),
        ("???", "???"),
        (" + ", "+"),
        ("", ""),
        (" \n　", ""),
    ],
)
def test_no_name_is_left_without_a_key(name, key):
    assert name_key(name) == key


@given(st.text(alphabet="Aa é.()（）-集团公司有限分Co Ltd\u200b\u0301?", max_size=20))
def test_only_a_blank_name_has_an_empty_key(name):
    assert bool(name_key(name)) is bool(name.strip())


@given(st.text(alphabet="abé涂层大学中科12", min_size=1), st.sampled_from(["（", "·", " ", ", "]))
def test_case_spaces_and_forms_do_not_matter(name, sign):
    spelled = sign + sign.join(name.upper()) + "有限公司"
    assert name_key(spelled) == name_key(name)


def test_a_name_of_nothing_but_forms_is_read_in_no_time():
    assert name_key("集团公司" * 20_000) == "集团公司"
    assert name_key("x " + "co " * 20_000) == "x"
