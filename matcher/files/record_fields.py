"""From the cells of a row to the fields of an outcome, need, manager or organisation."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

from matcher.domain.enums import Currency, Language, Noun
from matcher.domain.labels import Labelled
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.organisation import Organisation
from matcher.domain.outcome import Outcome
from matcher.errors import InvalidValue
from matcher.files.cells import as_list, as_text
from matcher.files.credit_code import parse_credit_code
from matcher.files.deal_rows import read_deals
from matcher.files.draft import Draft, in_simplified
from matcher.files.fields import MAIN_TEXT
from matcher.files.mapping import ColumnMap
from matcher.files.record_access import read_access
from matcher.files.record_amounts import facts_of, read_challenge, read_money
from matcher.files.record_codes import Code, find_code, find_codes
from matcher.files.row_report import RowCode

Kept = Outcome | Need | Manager | Organisation

KINDS: Mapping[Noun, type[Kept]] = {
    Noun.OUTCOME: Outcome,
    Noun.NEED: Need,
    Noun.MANAGER: Manager,
    Noun.ORGANISATION: Organisation,
}
_OWN_NAMES = {
    Noun.MANAGER: {"title": "name", "title_en": "name_en", "portfolio": "deals"},
    Noun.ORGANISATION: {"title": "name", "title_en": "name_en"},
}
_CODES = {"field": "fields", "region": "regions", "industry": "industries"}
_CODE_LISTS = {
    "ipc": "ipc",
    "fields": "fields",
    "industries": "industries",
    "regions": "regions",
}
_ELSEWHERE = frozenset(("id", "external_id", "visible_to", "owner", "node", "same_person"))


def own_columns(columns: ColumnMap, noun: Noun) -> ColumnMap:
    """The columns with those of a general name under the noun's own field, where that is free.

    Plain `text` is joined to the noun's main text.
    """
    fields = dict(columns.fields)
    main = MAIN_TEXT.get(noun)
    if main and "text" in fields:
        fields[main] = (*fields.get(main, ()), *fields.pop("text"))
    for general, own in _OWN_NAMES.get(noun, {}).items():
        if general in fields and own not in fields:
            fields[own] = fields.pop(general)
    return dataclasses.replace(columns, fields=fields)


def read_fields(draft: Draft, kind: type[Kept]) -> None:
    """Fill `draft.fields` with all that the row says of a record of this kind, but its id.

    Raises InvalidValue where the row has to be refused: a visibility that can't be read, a
    secret, a number that is none or below zero.
    """
    draft.check_numbers()
    names = [field.name for field in dataclasses.fields(kind) if field.name not in _ELSEWHERE]
    read_access(draft, names)
    for name in names:
        if name in draft.values and name not in draft.fields:
            _READERS.get(name, _read_default(kind, name))(draft, name)
    if kind is Outcome:
        read_money(draft, "price")
    if kind is Need:
        read_money(draft, "budget")
        read_challenge(draft)


def _read_default(kind: type[Kept], name: str) -> Callable[[Draft, str], None]:
    default = next(field.default for field in dataclasses.fields(kind) if field.name == name)
    if isinstance(default, str) and not isinstance(default, Labelled):
        return _read_text
    return _read_list if default == () else _read_plain


def _read_text(draft: Draft, name: str) -> None:
    draft.keep(name, draft.text(name))


def _read_list(draft: Draft, name: str) -> None:
    draft.keep(name, as_list(draft.readable(name)))


def _read_plain(draft: Draft, name: str) -> None:
    """A date, choice, number or truth value: the record's own parser reads it in the end."""
    draft.defer(name, in_simplified(draft.readable(name)))


def _read_nothing(draft: Draft, name: str) -> None:
    """For fields that are read together with others."""


def _read_code(draft: Draft, name: str) -> None:
    cell = draft.readable(name)
    known = [code for code in find_codes(_CODES[name], cell) if code.known]
    whole = find_code(_CODES[name], as_text(cell))
    chosen = whole if whole.known or not known else known[0]
    draft.keep(name, chosen.value)
    _note_unknown(draft, name, chosen)
    if len(known) > 1 and not whole.known:
        draft.note(RowCode.UNREAD_VALUE, f"only {chosen.value} is taken of several.", name)


def _read_code_list(draft: Draft, name: str) -> None:
    codes = find_codes(_CODE_LISTS[name], draft.readable(name))
    draft.keep(name, tuple(code.value for code in codes))
    for code in codes:
        _note_unknown(draft, name, code)


def _note_unknown(draft: Draft, name: str, code: Code) -> None:
    if not code.known:
        hint = "It is kept as it came and can be mapped later."
        draft.note(RowCode.UNKNOWN_CODE, f"{code.value!r} is not in the code list.", name, hint)


def _read_languages(draft: Draft, name: str) -> None:
    draft.keep(name, tuple(dict.fromkeys(map(_language, as_list(draft.readable(name))))))


def _language(text: str) -> str:
    try:
        return Language.parse(text).value
    except InvalidValue:
        return text.lower()


def _read_credit_code(draft: Draft, name: str) -> None:
    try:
        draft.keep(name, parse_credit_code(as_text(draft.readable(name))))
    except InvalidValue as error:
        draft.unread(name, error.message, error.hint)


def _read_deals(draft: Draft, name: str) -> None:
    draft.fields[name] = [deal.to_mapping() for deal in read_deals(draft, name)]
    if not isinstance(draft.values[name], list):
        draft.original.setdefault(name, as_text(draft.values[name]))


def _read_country(draft: Draft, name: str) -> None:
    draft.keep(name, as_text(draft.values[name]).upper())


def _read_currency(draft: Draft, name: str) -> None:
    """An ISO code, or a name or sign that the domain knows."""
    text = as_text(in_simplified(draft.readable(name)))
    try:
        draft.keep(name, Currency.parse(text).value)
    except InvalidValue:
        draft.keep(name, text.upper())


def _read_fact(draft: Draft, name: str) -> None:
    """Readiness or transfer modes, as the reader of facts for a match understands them."""
    value = getattr(facts_of(draft, (name,)), _FACTS[name])
    if value not in (None, ()):
        draft.keep(name, value)


_MONEY = ("price_min", "price_max", "budget_min", "budget_max", "challenge")
_FACTS = {
    "trl": "trl",
    "min_trl": "min_trl",
    "transfer_modes": "modes",
    "coop_modes": "modes",
}
_READERS: Mapping[str, Callable[[Draft, str], None]] = {
    **dict.fromkeys(_CODES, _read_code),
    **dict.fromkeys(_CODE_LISTS, _read_code_list),
    **dict.fromkeys(_FACTS, _read_fact),
    **dict.fromkeys(_MONEY, _read_nothing),
    "currency": _read_currency,
    "country": _read_country,
    "languages": _read_languages,
    "credit_code": _read_credit_code,
    "deals": _read_deals,
}
