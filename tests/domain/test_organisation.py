"""Organisations: their names, their codes, their place."""

import pytest

from matcher.domain.enums import OrganisationKind, OrganisationSize
from matcher.domain.organisation import Organisation
from matcher.errors import InvalidValue


def test_an_organisation_is_read():
    firm = Organisation.from_mapping(
        {
            "id": "U402",
            "name": "澜沧精工股份有限公司",
            "name_en": "Lancang Precision",
            "aliases": ["澜沧精工", "Lancang Precision"],
            "kind": "公司",
            "size": "中型企业",
            "industry": "C34",
            "certifications": ["专精特新"],
        }
    )
    assert firm.kind is OrganisationKind.ENTERPRISE
    assert firm.size is OrganisationSize.MEDIUM
    assert firm.names == ("澜沧精工股份有限公司", "Lancang Precision", "澜沧精工")


def test_an_organisation_without_a_name_goes_by_none():
    assert Organisation(id="U1").names == ()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"credit_code": "9133"}, "credit_code"),
        ({"credit_code": "91330000ma27xxxx0a"}, "credit_code"),
        ({"country": "Germany"}, "country"),
        ({"kind": "club"}, "kind"),
        ({"parent": "U1"}, "parent"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(wrong, field):
    with pytest.raises(InvalidValue) as refused:
        Organisation.from_mapping({"id": "U1"} | wrong)
    assert refused.value.where == {"field": field}
