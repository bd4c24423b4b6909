"""The dictionary: what its sources turn into, and how the result is kept."""

import logging
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text import dictionary as module
from matcher.text.dictionary import (
    LEXICON_WEIGHT,
    UNUSABLE,
    Dictionary,
    Sense,
    build,
    glosses,
    load,
    save,
    segmenter_of,
    standard_dictionary,
)
from matcher.text.lexicon import LexiconTerm

ENTRIES = [
    {"simplified": "石墨", "definitions": ["black lead", "graphite; plumbago"]},
    {"simplified": "台", "definitions": ["platform"]},
    {"simplified": "坮", "definitions": ["variant of 臺|台[tai2]"]},
    {"simplified": "钢", "definitions": ["steel"]},
]


def entry(word, *definitions):
    return {"simplified": word, "definitions": list(definitions)}


def content(dictionary):
    return {word: dictionary.senses(word) for word in dictionary.words()}


class TestGlosses:
    @pytest.mark.parametrize(
        ("definition", "expected"),
        [
            ("graphite", [("graphit",)]),
            ("graphite; plumbago", [("graphit",), ("plumbago",)]),
            ("to be coated", [("coat",)]),
            ("(chemistry) steel [gang1]", [("steel",)]),
            ("anti corrosion", [("anti", "corros")]),
            ("abbr. for 石墨烯, graphene", [("graphen",)]),
            ("hot cold wet dry soft", [("hot", "cold", "wet", "dri", "soft")]),
            ("hot cold wet dry soft hard", []),
            ("of the", []),
        ],
    )
    def test_translations_are_stems(self, segmenter, definition, expected):
        assert list(glosses(definition, segmenter)) == expected

    @pytest.mark.parametrize(
        "definition",
        [
            "CL:個|个[ge4]",
            "surname Wang",
            "variant of 臺|台[tai2]",
            "(old) variant of 臺|台[tai2]",
            "old variant of 鋼|钢[gang1]",
            "see 石墨[shi2 mo4]",
            "also pr. [zhi2]",
            "Taiwan pr. [zhi2 liang4]",
            "classifier for vehicles",
            "also called 馬鈴薯|马铃薯[ma3 ling2 shu3]",
        ],
    )
    def test_remarks_are_none(self, segmenter, definition):
        assert list(glosses(definition, segmenter)) == []


class TestBuild:
    def test_entries_become_senses_of_weight_one(self):
        found = build(ENTRIES, [])
        assert found.senses("石墨") == (
            Sense(("black", "lead"), 1.0),
            Sense(("graphit",), 1.0),
            Sense(("plumbago",), 1.0),
        )

    def test_the_lexicon_comes_first_and_weighs_more(self):
        lexicon = [LexiconTerm("钢", "steels", 0.5), LexiconTerm("钢", "alloy", 1.0)]
        assert build([entry("钢", "iron", "steel")], lexicon).senses("钢") == (
            Sense(("steel",), LEXICON_WEIGHT * 0.5),
            Sense(("alloy",), LEXICON_WEIGHT),
            Sense(("iron",), 1.0),
        )

    def test_the_greater_of_two_weights_counts(self):
        lexicon = [LexiconTerm("钢", "steel", weight) for weight in (0.5, 1.0, 0.25)]
        assert build([], lexicon).senses("钢") == (Sense(("steel",), LEXICON_WEIGHT),)

    def test_a_term_of_stop_words_is_no_sense(self):
        assert "的" not in build([entry("的", "of")], [LexiconTerm("的", "of the", 1.0)])

    @pytest.mark.parametrize(
        "definition",
        [
            "variant of 臺|台[tai2]",
            "(Tw) variant of 台[tai2]",
            "old variant of 臺|台[tai2]",
            "see 台[tai2]",
            "see also 臺|台[tai2]",
            "same as 臺|台[tai2]",
            "also written 台",
            "abbr. for 臺|台[tai2]",
        ],
    )
    def test_a_reference_takes_the_senses_of_the_other(self, definition):
        found = build([entry("坮", definition), entry("台", "platform")], [])
        assert found.senses("坮") == (Sense(("platform",), 1.0),)

    def test_a_reference_adds_to_senses_of_its_own(self):
        found = build([entry("坮", "tower", "see 台"), entry("台", "platform", "tower")], [])
        assert [sense.stems for sense in found.senses("坮")] == [("tower",), ("platform",)]

    def test_a_reference_to_nothing_is_no_word(self):
        assert len(build([entry("坮", "variant of 龘[da2]")], [])) == 0


class TestDictionary:
    def test_it_knows_its_words(self, dictionary):
        assert "石墨烯" in dictionary
        assert "石墨" not in dictionary
        assert len(dictionary) == len(list(dictionary.words())) == 5

    def test_an_unknown_word_has_no_senses(self, dictionary):
        assert dictionary.senses("龘") == ()

    @pytest.mark.parametrize(
        ("word", "parts"),
        [
            ("石墨烯涂层", ["石墨烯", "涂层"]),
            ("新石墨烯防腐用涂层", ["石墨烯", "防腐", "涂层"]),
            ("假期", []),  # one character is no part
            ("层涂", []),
            ("", []),
        ],
    )
    def test_parts_are_the_longest_known_words(self, dictionary, word, parts):
        assert dictionary.parts(word) == parts

    def test_the_longest_wins(self):
        known = Dictionary({word: (Sense(("x",), 1.0),) for word in ("石墨", "石墨烯", "烯膜")})
        assert known.parts("石墨烯膜") == ["石墨烯"]


stems = st.text("abcé1", min_size=1, max_size=4)
senses = st.builds(Sense, st.lists(stems, min_size=1, max_size=3).map(tuple), st.floats(0.01, 2))
dictionaries = st.dictionaries(
    st.text("石墨烯𬬻", min_size=1, max_size=3),
    st.lists(senses, min_size=1, max_size=3).map(tuple),
    max_size=5,
).map(Dictionary)


class TestKeeping:
    @given(known=dictionaries)
    def test_what_is_loaded_is_what_was_saved(self, tmp_path_factory, known):
        """To the last bit of a weight: the first run must not differ from the second."""
        path = tmp_path_factory.mktemp("saved") / "dictionary.npz"
        save(known, path)
        assert list(content(load(path)).items()) == list(content(known).items())

    def test_saving_leaves_nothing_beside(self, tmp_path, dictionary):
        save(dictionary, tmp_path / "dictionary.npz")
        save(dictionary, tmp_path / "dictionary.npz")
        assert [path.name for path in tmp_path.iterdir()] == ["dictionary.npz"]

    def test_a_failed_save_leaves_the_old_one(self, tmp_path, dictionary, monkeypatch):
        def full(file, **arrays):
            file.write(b"half")
            raise OSError("disk full")

        path = tmp_path / "dictionary.npz"
        path.write_bytes(b"old")
        monkeypatch.setattr(module.np, "savez", full)
        with pytest.raises(OSError, match="disk full"):
            save(dictionary, path)
        assert path.read_bytes() == b"old"
        assert list(tmp_path.iterdir()) == [path]

    def test_a_missing_file_says_so(self, tmp_path):
        with pytest.raises(FileNotFoundError):
            load(tmp_path / "dictionary.npz")


class Installation:
    """Two small sources, a cache folder, and a count of how often they were compiled."""

    def __init__(self, folder, monkeypatch):
        self.lexicon = folder / "lexicon"
        self.lexicon.mkdir()
        self.cache = folder / "cache"
        self.compiled = 0
        self.write("石墨烯\tgraphene\t1")
        monkeypatch.setattr(module, "data_path", lambda *parts: folder.joinpath(*parts))
        monkeypatch.setattr(module.platformdirs, "user_cache_dir", lambda name: str(self.cache))
        monkeypatch.setattr(module, "CcCedict", lambda: self)

    def write(self, line):
        (self.lexicon / "terms.tsv").write_text(f"zh\ten\tweight\n{line}\n", encoding="utf-8")

    def get_entries(self):
        self.compiled += 1
        return ENTRIES

    def open(self):
        """As a new process would."""
        standard_dictionary.cache_clear()
        return standard_dictionary()

    @property
    def files(self):
        return sorted(self.cache.iterdir())


class TestStandardDictionary:
    @pytest.fixture
    def installed(self, tmp_path, monkeypatch):
        installed = Installation(tmp_path, monkeypatch)
        yield installed
        standard_dictionary.cache_clear()

    def test_it_holds_both_sources(self, installed):
        assert {"石墨烯", "石墨", "钢", "坮"} <= set(installed.open().words())

    def test_it_is_compiled_once(self, installed):
        first, second = content(installed.open()), content(installed.open())
        assert first == second
        assert installed.compiled == 1
        assert len(installed.files) == 1

    def test_one_process_opens_it_once(self, installed):
        assert installed.open() is standard_dictionary()

    def test_a_changed_lexicon_is_compiled_anew(self, installed):
        installed.open()
        installed.write("石墨烯\tgraphene sheet\t1")
        assert installed.open().senses("石墨烯") == (Sense(("graphen", "sheet"), LEXICON_WEIGHT),)
        assert installed.compiled == 2

    @pytest.mark.parametrize(
        "damage",
        [
            lambda data: b"",
            lambda data: data[: len(data) // 2],
            lambda data: b"no dictionary",
            lambda data: data.replace(b"indices", b"indexes"),
            lambda data: data.replace("石".encode(), b"\xff\xff\xff"),
        ],
        ids=["empty", "cut short", "overwritten", "array missing", "bytes changed"],
    )
    def test_a_damaged_file_is_compiled_anew_with_a_warning(self, installed, caplog, damage):
        whole = content(installed.open())
        [file] = installed.files
        good = file.read_bytes()
        file.write_bytes(damage(good))
        with pytest.raises(UNUSABLE):
            load(file)
        with caplog.at_level(logging.WARNING):
            assert content(installed.open()) == whole
        assert "unusable" in caplog.text
        assert file.name in caplog.text
        assert content(load(file)) == whole

    def test_an_unwritable_folder_costs_a_warning_only(self, installed, caplog):
        installed.cache.write_text("a file where the folder should be")
        with caplog.at_level(logging.WARNING):
            assert "石墨烯" in installed.open()
        assert "can't be kept" in caplog.text

    @pytest.mark.slow
    def test_the_shipped_one_is_large_and_technical(self, standard):
        assert len(standard) > 100_000
        assert standard.senses("石墨烯")[0] == Sense(("graphen",), LEXICON_WEIGHT)
        assert all(sense.weight > 0 for word in standard.words() for sense in standard.senses(word))


def test_stored_arrays_hold_no_objects(tmp_path, dictionary):
    """So that loading never has to unpickle."""
    save(dictionary, tmp_path / "dictionary.npz")
    with np.load(tmp_path / "dictionary.npz", allow_pickle=False) as arrays:
        assert {arrays[name].dtype.kind for name in arrays.files} <= {"u", "i", "f"}


def test_the_digest_of_the_sources_is_16_digits_and_changes_with_them(tmp_path, monkeypatch):
    before = module.standard_digest()
    assert re.fullmatch("[0-9a-f]{16}", before)
    assert module.standard_digest() == before
    (tmp_path / "own.tsv").write_text("石墨烯\tgraphene\n", encoding="utf-8")
    monkeypatch.setattr(module, "data_path", lambda *parts: tmp_path)
    own = module.standard_digest()
    (tmp_path / "own.tsv").write_text("石墨烯\tgraphite\n", encoding="utf-8")
    assert len({before, own, module.standard_digest()}) == 3


def test_a_dictionary_has_one_segmenter_which_knows_its_words(standard: Dictionary) -> None:
    found = segmenter_of(standard)
    assert found is segmenter_of(standard)
    assert [token.term for token in found.tokens("石墨烯")] == ["石墨烯"]
