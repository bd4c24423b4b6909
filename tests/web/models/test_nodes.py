"""What is said of a new node, and of the name of one."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from matcher.domain.enums import NodeKind
from matcher.web.models.nodes import NodeBody, NodeChange


def test_a_new_node_is_a_regional_one_unless_it_says_otherwise() -> None:
    assert NodeBody.model_validate_json('{"id": "n5"}').kind is NodeKind.REGIONAL


def test_only_names_are_changed() -> None:
    for said in ('{"parent": "n1"}', '{"kind": "core"}', '{"id": "n1"}'):
        with pytest.raises(ValidationError):
            NodeChange.model_validate_json(said)
