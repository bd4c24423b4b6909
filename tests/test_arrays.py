"""Arrays and matrices come back as they went, and damaged files are named."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from matcher.arrays import broken, open_array, open_json, open_matrix, save_matrix
from matcher.errors import BrokenBundle

MATRIX = np.array([[0, 2, 0], [0, 0, 0], [1, 0, 3], [0, 4, 0]], np.float32)


@pytest.fixture(params=[sparse.csr_array, sparse.csc_array, sparse.csr_matrix, sparse.csc_matrix])
def kind(request: pytest.FixtureRequest) -> type:
    found: type = request.param
    return found


def test_a_matrix_comes_back_as_it_was(kind: type, tmp_path: Path) -> None:
    save_matrix(kind(MATRIX), tmp_path, "m")
    opened = open_matrix(tmp_path, "m", kind)
    assert isinstance(opened, kind)
    assert opened.dtype == np.float32
    np.testing.assert_array_equal(opened.toarray(), MATRIX)
    assert not opened.data.flags.writeable


@pytest.mark.parametrize("shape", [(0, 5), (5, 0), (3, 4)])
def test_a_matrix_of_nothing_comes_back(kind: type, shape: tuple[int, int], tmp_path: Path) -> None:
    save_matrix(kind(shape, dtype=np.float32), tmp_path, "m")
    assert open_matrix(tmp_path, "m", kind).shape == shape


@pytest.mark.parametrize(
    "array",
    [
        np.arange(5, dtype=np.int32),
        np.zeros(0, np.float64),
        np.array([b"a", b"bcd"]),
        np.array([True, False]),
    ],
)
def test_an_array_comes_back_as_it_was(array: npt.NDArray[np.generic], tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", array)
    opened = open_array(tmp_path, "a", length=len(array))
    np.testing.assert_array_equal(opened, array)
    assert opened.dtype == array.dtype
    assert type(opened) is np.ndarray


def refused(act: Callable[[], object], file: Path, match: str | None = None) -> None:
    with pytest.raises(BrokenBundle, match=match) as error:
        act()
    assert error.value.where["file"] == str(file)
    assert error.value.hint


@pytest.mark.parametrize(
    ("array", "options", "match"),
    [
        (np.zeros(3), {"kinds": "iu"}, "float64 in 1 dim"),
        (np.zeros((3, 2)), {}, "in 2 dim"),
        (np.array(1.0), {}, "in 0 dim"),
        (np.zeros(3), {"length": 4}, "3 rows where 4 belong"),
        (np.array(["a", None]), {}, "can't be read"),
        (np.array(["a"]), {}, "holds <U1"),
    ],
)
def test_another_array_is_refused(
    array: npt.NDArray[np.generic], options: dict[str, object], match: str, tmp_path: Path
) -> None:
    np.save(tmp_path / "a.npy", array, allow_pickle=True)
    refused(lambda: open_array(tmp_path, "a", **options), tmp_path / "a.npy", match)  # type: ignore[arg-type]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04zip", b"\x93NUMPY", b"graphene", None])
def test_what_is_no_array_is_refused(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "a.npy").write_bytes(content)
    refused(lambda: open_array(tmp_path, "a"), tmp_path / "a.npy", "can't be read")


@given(cut=st.integers(0, 128 + 79))
def test_an_array_cut_anywhere_is_refused(
    cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    np.save(folder / "a.npy", np.arange(10))
    (folder / "a.npy").write_bytes((folder / "a.npy").read_bytes()[:cut])
    refused(lambda: open_array(folder, "a"), folder / "a.npy")


@given(place=st.integers(0, 127), byte=st.integers(1, 255))
@pytest.mark.filterwarnings("ignore:invalid escape sequence:DeprecationWarning")
def test_a_header_with_any_byte_damaged_is_read_or_refused(
    place: int, byte: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("flip")
    np.save(folder / "a.npy", np.arange(10))
    content = bytearray((folder / "a.npy").read_bytes())
    content[place] ^= byte
    (folder / "a.npy").write_bytes(content)
    with suppress(BrokenBundle):
        assert open_array(folder, "a").ndim == 1


@pytest.mark.parametrize(
    ("part", "array"),
    [
        ("indices", np.array([1, 0, 2, 3], np.int32)),
        ("indices", np.array([1, 0, -1, 1], np.int32)),
        ("indices", np.array([1, 0, 2], np.int32)),
        ("indices", np.array([1.0, 0, 2, 1])),
        ("indptr", np.array([0, 1, 1, 3], np.int32)),
        ("indptr", np.array([0, 1, 1, 3, 5], np.int32)),
        ("indptr", np.array([0, 3, 1, 3, 4], np.int32)),
        ("indptr", np.array([1, 1, 1, 3, 4], np.int32)),
        ("data", np.zeros(3, np.float32)),
        ("data", np.zeros(4, np.int32)),
        ("shape", np.array([4, 2])),
        ("shape", np.array([5, 3])),
        ("shape", np.array([-1, 3])),
        ("shape", np.array([4])),
    ],
)
def test_parts_that_make_no_matrix_are_refused(
    part: str, array: npt.NDArray[np.generic], tmp_path: Path
) -> None:
    """Some of them would let a product write outside of its memory."""
    save_matrix(sparse.csr_array(MATRIX), tmp_path, "m")
    np.save(tmp_path / f"m.{part}.npy", array)
    with pytest.raises(BrokenBundle, match=r"m\.\w+\.npy"):
        open_matrix(tmp_path, "m")


def test_json_comes_back(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"名": [1, null]}', encoding="utf-8")
    assert open_json(tmp_path / "a.json") == {"名": [1, None]}


@pytest.mark.parametrize("content", [b"", b'{"a": 1', b"\xff\xfe\xfd", b"[" * 100_000, None])
def test_what_is_no_json_is_refused(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "a.json").write_bytes(content)
    refused(lambda: open_json(tmp_path / "a.json"), tmp_path / "a.json", "can't be read")


def test_an_error_names_the_file_and_the_field() -> None:
    error = broken(Path("space.json"), "has no terms.", "terms")
    assert error.where == {"file": "space.json", "field": "terms"}
