"""A dictionary small enough to compute with by hand, and the one of this installation."""

import pytest

from matcher.text import dictionary as module
from matcher.text.dictionary import Dictionary, Sense, standard_dictionary
from matcher.text.segment import Segmenter


@pytest.fixture(scope="session")
def dictionary() -> Dictionary:
    return Dictionary(
        {
            "石墨烯": (Sense(("graphen",), 2.0),),
            "涂层": (Sense(("coat",), 1.0),),
            "防腐": (Sense(("anti", "corros"), 1.0),),
            "假": (Sense(("fals",), 1.0), Sense(("holiday",), 1.0)),
            "电池": (Sense(("batteri",), 2.0), Sense(("cell",), 1.0)),
        }
    )


@pytest.fixture(scope="session")
def segmenter(dictionary: Dictionary) -> Segmenter:
    return Segmenter(dictionary.words())


@pytest.fixture(scope="session")
def standard(tmp_path_factory: pytest.TempPathFactory) -> Dictionary:
    """Compiled from the shipped sources, whatever this machine has in its cache. Slow."""
    cache = str(tmp_path_factory.mktemp("cache"))
    standard_dictionary.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module.platformdirs, "user_cache_dir", lambda name: cache)
        return standard_dictionary()
