"""Records of the domain from the rows of a world."""

import datetime as dt

import numpy as np
import pytest

from matcher.domain.enums import Noun, OrganisationKind
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.organisation import Organisation
from matcher.domain.outcome import Outcome
from matcher.taxonomy import taxonomy
from training.simulation import records
from training.simulation.population import NO_END
from training.simulation.records import field_of, records_of
from training.simulation.world import World

NOUNS = (Noun.OUTCOME, Noun.NEED, Noun.MANAGER, Noun.ORGANISATION)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_record_says_that_it_is_synthetic(world: World, noun: Noun) -> None:
    found = list(records_of(world, noun, "n1"))
    assert tuple(record.id for record in found) == world.ids(noun)
    assert {record.source for record in found} == {"synthetic"}
    assert {record.node for record in found} == {"n1"}


@pytest.mark.parametrize("noun", NOUNS)
def test_reading_again_gives_the_same_records(world: World, noun: Noun) -> None:
    assert list(records_of(world, noun)) == list(records_of(world, noun))


def test_an_outcome_tells_its_facts(world: World) -> None:
    outcomes = world.outcomes
    for row, record in enumerate(records_of(world, Noun.OUTCOME)):
        assert isinstance(record, Outcome)
        assert record.trl == outcomes.trl[row]
        assert (record.price_min or 0) == (record.price_max or 0) == outcomes.price[row]
        assert record.holder == world.ids(Noun.ORGANISATION)[outcomes.organisations[row]]
        assert record.region == str(outcomes.regions[row])
        assert record.updated_at == dt.date.fromordinal(int(outcomes.updated[row]))
        expires = NO_END if record.valid_until is None else record.valid_until.toordinal()
        assert expires == outcomes.expires[row]
        assert record.summary or record.summary_en


def test_a_need_tells_its_facts(world: World) -> None:
    needs = world.needs
    for row, record in enumerate(records_of(world, Noun.NEED)):
        assert isinstance(record, Need)
        assert (record.min_trl or 0) == needs.min_trl[row]
        assert (record.budget_max or 0) == needs.budget[row]
        assert record.title or record.title_en


def test_a_manager_tells_their_facts_and_deals(world: World) -> None:
    managers = world.managers
    found = list(records_of(world, Noun.MANAGER))
    for row, record in enumerate(found):
        assert isinstance(record, Manager)
        assert record.capacity == managers.capacity[row]
        assert record.regions == (str(managers.regions[row]),)
        assert ("zh" in record.languages) == bool(record.statement)
        assert ("en" in record.languages) == bool(record.statement_en)
        assert all(deal.date and deal.date < world.start for deal in record.deals)
    counts = {len(record.deals) for record in found if isinstance(record, Manager)}
    assert counts == {0, 1, 2, 3, 4}


def test_about_half_is_chinese_half_english_and_some_both(world: World) -> None:
    found = [
        (bool(record.title), bool(record.title_en))
        for record in records_of(world, Noun.OUTCOME)
        if isinstance(record, Outcome)
    ]
    shares = [found.count(kind) / len(found) for kind in ((True, False), (False, True))]
    assert shares == pytest.approx([0.45, 0.45], abs=0.07)
    assert (True, True) in found


def test_organisations_are_of_three_kinds(world: World) -> None:
    found = [one for one in records_of(world, Noun.ORGANISATION) if isinstance(one, Organisation)]
    wanted = {OrganisationKind.UNIVERSITY, OrganisationKind.ENTERPRISE, OrganisationKind.AGENCY}
    assert {one.kind for one in found} == wanted


def test_texts_are_drawn_a_batch_at_a_time_from_seeds_of_their_own(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "BATCH", 64)
    found = list(records_of(world, Noun.NEED))
    assert tuple(record.id for record in found) == world.ids(Noun.NEED)
    problems = [
        getattr(record, "problem", "") or getattr(record, "title_en", "") for record in found
    ]
    assert len(set(problems)) == len(problems)


def test_topics_have_fields_of_their_own() -> None:
    codes = [field_of(topic, 60) for topic in range(60)]
    assert len(set(codes)) == 60
    assert set(codes) <= set(taxonomy("fields"))


def test_a_noun_without_rows_is_a_slip_of_the_caller(world: World) -> None:
    with pytest.raises(KeyError):
        list(records_of(world, Noun.NODE))
    assert np.all(world.count(Noun.NEED) == 200)
