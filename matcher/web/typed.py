"""A form that couldn't be saved, shown again: with what was typed, and what is there by now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the two don't agree."""

    label: str
    now: str
    typed: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into one of a page's forms. form: which; "" where nothing was.

    fault, advice and detail: why it wasn't saved and what to do; detail_tongue: the language of the
    detail; fault_field: the field at fault, "" for none. differences: from what somebody else has
    saved in the meantime.
    """

    form: str = ""
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    fault: str = ""
    advice: str = ""
    detail: str = ""
    detail_tongue: str = "en"
    fault_field: str = ""
    status: HTTPStatus = HTTPStatus.OK
    differences: tuple[Difference, ...] = ()

    def of(self, form: str, name: str, now: str) -> str:
        """What a field of a form is to show: what was typed there, else what there is."""
        return self.values.get(name, "") if form == self.form else now

    def faulty(self, form: str, name: str) -> bool:
        """Whether it is this field that is at fault."""
        return form == self.form and bool(name) and name == self.fault_field


NOTHING_TYPED = Typed()


def differences(
    labels: Mapping[str, str], now: Mapping[str, str], typed: Mapping[str, str]
) -> tuple[Difference, ...]:
    """The fields that say something else by now than was typed, in the order of their labels."""
    return tuple(
        Difference(label, now.get(name, ""), typed.get(name, "").strip())
        for name, label in labels.items()
        if now.get(name, "") != typed.get(name, "").strip()
    )
