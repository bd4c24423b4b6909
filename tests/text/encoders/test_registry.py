"""What a user writes after `--encoder` opens the right encoder or says what would."""

from importlib.metadata import EntryPoint, EntryPoints

import numpy as np
import pytest

from matcher.errors import EncoderUnavailable, UsageError
from matcher.text.encoders import registry
from matcher.text.encoders.registry import GROUP, is_trained, open_encoder
from matcher.text.encoders.remote import RemoteEncoder


class Constant:
    """What another package might bring."""

    dimension = 1
    fingerprint = "constant"

    def encode(self, documents):
        return np.ones((len(documents.texts), 1), np.float32)


class NoEncoder:
    pass


@pytest.fixture(autouse=True)
def installed(monkeypatch):
    """Entry points that other packages would have installed, in this file."""
    values = {"constant": "Constant", "none": "NoEncoder", "missing": "Missing"}
    points = [EntryPoint(name, f"{__name__}:{value}", GROUP) for name, value in values.items()]
    points.append(EntryPoint("absent", "no_such_package.anywhere:Encoder", GROUP))

    def entry_points(group):
        return EntryPoints(points).select(group=group)

    monkeypatch.setattr(registry, "entry_points", entry_points)


def test_the_trained_one_is_the_callers():
    assert is_trained("trained")
    assert not is_trained("./trained")
    with pytest.raises(UsageError, match="learned"):
        open_encoder("trained")


def test_an_address_with_a_model_is_remote():
    encoder = open_encoder("http://127.0.0.1:9#BAAI/bge-m3")
    assert isinstance(encoder, RemoteEncoder)
    assert repr(encoder) == "RemoteEncoder('http://127.0.0.1:9/v1/embeddings', 'BAAI/bge-m3')"


@pytest.mark.parametrize("name", ["http://127.0.0.1:9", "https://h/v1#"])
def test_an_address_without_a_model_is_refused(name):
    with pytest.raises(UsageError, match="names no model"):
        open_encoder(name)


def test_a_folder_is_onnx(tmp_path):
    tiny_onnx = pytest.importorskip("tests.text.encoders.tiny_onnx", exc_type=ModuleNotFoundError)
    tiny_onnx.write_folder(tmp_path)
    assert open_encoder(str(tmp_path)).fingerprint.startswith("onnx-")


def test_a_folder_without_a_model_says_what_is_missing(tmp_path):
    with pytest.raises(EncoderUnavailable):
        open_encoder(str(tmp_path))


@pytest.mark.parametrize("name", ["./nowhere", "/no/such/folder", "~/no/such/folder"])
def test_a_folder_that_isnt_there_is_called_one(name):
    with pytest.raises(EncoderUnavailable, match="no folder"):
        open_encoder(name)


def test_an_installed_encoder_opens_by_its_name():
    assert open_encoder("constant").fingerprint == "constant"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("absent", "doesn't load"),
        ("missing", "doesn't load"),
        ("none", "gives no encoder"),
    ],
)
def test_an_installed_encoder_that_fails_is_named(name, says):
    with pytest.raises(EncoderUnavailable, match=says) as refused:
        open_encoder(name)
    assert name in str(refused.value) or "NoEncoder" in str(refused.value)


@pytest.mark.parametrize("name", ["bge", "", "Trained"])
def test_an_unknown_name_lists_what_there_is(name):
    with pytest.raises(UsageError) as refused:
        open_encoder(name)
    assert refused.value.values["encoders"] == [
        *("trained", "absent", "constant", "missing", "none")
    ]
    assert "constant" in refused.value.hint
