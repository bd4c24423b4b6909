"""Which files of a folder are read and which settings are refused."""

import json

import pytest

from matcher.errors import EncoderUnavailable
from matcher.text.encoders.onnx_folder import OnnxFolder, Pooling


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "model.onnx").write_bytes(b"model")
    (tmp_path / "tokenizer.json").write_bytes(b"{}")
    return tmp_path


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))


def test_without_settings_the_mean_is_taken_and_the_tokenizer_decides(folder):
    found = OnnxFolder.open(folder)
    assert found.model == folder / "model.onnx"
    assert (found.pooling, found.max_tokens) == (Pooling.MEAN, None)


def test_the_model_may_stand_in_a_folder_of_its_own(folder):
    (folder / "onnx").mkdir()
    (folder / "model.onnx").rename(folder / "onnx" / "model.onnx")
    assert OnnxFolder.open(folder).model == folder / "onnx" / "model.onnx"


@pytest.mark.parametrize(
    ("settings", "pooling"),
    [
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, Pooling.CLS),
        ({"pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True}, Pooling.MEAN),
        ({"word_embedding_dimension": 8}, Pooling.MEAN),
        ({"pooling_mode": "cls"}, Pooling.CLS),
    ],
)
def test_pooling_is_read(folder, settings, pooling):
    put(folder, "1_Pooling/config.json", settings)
    assert OnnxFolder.open(folder).pooling is pooling


def test_the_limit_is_read(folder):
    put(folder, "sentence_bert_config.json", {"max_seq_length": 256, "do_lower_case": False})
    assert OnnxFolder.open(folder).max_tokens == 256


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("1_Pooling/config.json", {"pooling_mode_max_tokens": True}, "pooling_mode_max_tokens"),
        (
            "1_Pooling/config.json",
            {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": True},
            "cls with mean",
        ),
        ("1_Pooling/config.json", {"pooling_mode": "lasttoken"}, "lasttoken"),
        ("1_Pooling/config.json", "no json", "isn't the JSON"),
        ("sentence_bert_config.json", {"max_seq_length": 0}, "max_seq_length is 0"),
        ("sentence_bert_config.json", {"max_seq_length": "long"}, "max_seq_length is 'long'"),
        ("sentence_bert_config.json", [], "isn't the JSON"),
        ("modules.json", [{"type": "sentence_transformers.models.Dense"}], "Dense"),
        ("modules.json", {}, "isn't the JSON"),
        ("modules.json", ["odd"], "odd"),
    ],
)
def test_what_isnt_understood_is_refused_with_its_file(folder, name, content, says):
    put(folder, name, content)
    with pytest.raises(EncoderUnavailable, match=says) as refused:
        OnnxFolder.open(folder)
    assert refused.value.where["file"] == str(folder / name)
    assert refused.value.hint


def test_known_modules_are_accepted(folder):
    names = ("Transformer", "Pooling", "Normalize")
    put(folder, "modules.json", [{"type": f"sentence_transformers.models.{n}"} for n in names])
    assert OnnxFolder.open(folder).root == folder


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(EncoderUnavailable, match=name) as refused:
        OnnxFolder.open(folder)
    assert refused.value.where["file"] == str(folder)


def test_weights_alone_are_told_from_an_export(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    with pytest.raises(EncoderUnavailable, match="optimum-cli export onnx"):
        OnnxFolder.open(tmp_path)


def test_the_fingerprint_is_of_the_files_not_of_their_place(folder, tmp_path_factory):
    copy = tmp_path_factory.mktemp("elsewhere")
    for path in folder.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    assert OnnxFolder.open(folder).fingerprint() == OnnxFolder.open(copy).fingerprint()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("model.onnx", "other weights"),
        ("model.onnx_data", "weights beside the model"),
        ("tokenizer.json", "{ }"),
        ("1_Pooling/config.json", {"pooling_mode": "cls"}),
        ("sentence_bert_config.json", {"max_seq_length": 7}),
    ],
)
def test_every_file_that_shapes_the_vectors_shapes_the_fingerprint(folder, name, content):
    before = OnnxFolder.open(folder).fingerprint()
    put(folder, name, content)
    assert OnnxFolder.open(folder).fingerprint() != before


def test_other_files_dont(folder):
    before = OnnxFolder.open(folder).fingerprint()
    put(folder, "README.md", "text")
    assert OnnxFolder.open(folder).fingerprint() == before
