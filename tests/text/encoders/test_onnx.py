"""A transformer from a folder, against the table its tiny model looks up."""

import numpy as np
import pytest

from matcher.errors import EncoderUnavailable
from matcher.text.encoders import onnx as module
from matcher.text.encoders.onnx import OnnxEncoder, padded, pool
from matcher.text.encoders.onnx_folder import Pooling
from tests.text.encoders.encoder_contract import TEXTS, EncoderContract

tiny_onnx = pytest.importorskip("tests.text.encoders.tiny_onnx", exc_type=ModuleNotFoundError)
VOCABULARY, table, write_folder = tiny_onnx.VOCABULARY, tiny_onnx.table, tiny_onnx.write_folder


class OnnxContract(EncoderContract):
    tolerance = 1e-6

    @pytest.fixture
    def open_encoder(self, folder):
        return lambda: OnnxEncoder.open(folder)


class TestMeanPooling(OnnxContract):
    @pytest.fixture
    def folder(self, tmp_path):
        return write_folder(tmp_path)


class TestClsPooling(OnnxContract):
    """[CLS] is the first word here, so that texts differ."""

    @pytest.fixture
    def folder(self, tmp_path):
        tiny_onnx.write_json(tmp_path / "1_Pooling/config.json", {"pooling_mode_cls_token": True})
        return write_folder(tmp_path, marks=False)


class TestInputsOfThirtyTwoBitsAndTypes(OnnxContract):
    @pytest.fixture
    def folder(self, tmp_path):
        names = ("input_ids", "attention_mask", "token_type_ids")
        return write_folder(tmp_path, inputs=names, integers=tiny_onnx.TensorProto.INT32)


def encode(encoder, *texts):
    return encoder.encode(EncoderContract().documents(texts))


def unit(row):
    return row / np.linalg.norm(row)


def rows_of(*words):
    return table()[[VOCABULARY[word] for word in words]]


def test_mean_pooling_is_the_mean_of_all_tokens_of_the_text_alone(tmp_path):
    """The padding behind the shorter text counts for nothing."""
    encoder = OnnxEncoder.open(write_folder(tmp_path))
    vectors = encode(encoder, "graphene", "lithium battery recycling and more text")
    expected = unit(rows_of("[CLS]", "graphene", "[SEP]").mean(axis=0))
    np.testing.assert_allclose(vectors[0], expected, atol=1e-6)


def test_cls_pooling_is_the_first_token(tmp_path):
    tiny_onnx.write_json(tmp_path / "1_Pooling/config.json", {"pooling_mode": "cls"})
    encoder = OnnxEncoder.open(write_folder(tmp_path, marks=False))
    np.testing.assert_allclose(
        encode(encoder, "lithium battery")[0], unit(rows_of("lithium")[0]), atol=1e-6
    )


def test_a_model_that_pools_itself_is_believed(tmp_path):
    encoder = OnnxEncoder.open(write_folder(tmp_path, pooled=True, marks=False))
    np.testing.assert_allclose(
        encode(encoder, "lithium battery")[0],
        unit(rows_of("lithium", "battery").max(axis=0)),
        atol=1e-6,
    )


def test_the_dimension_is_found_where_the_export_left_it_open(tmp_path):
    encoder = OnnxEncoder.open(write_folder(tmp_path, dimension="d"))
    assert encoder.dimension == tiny_onnx.DIMENSION


@pytest.mark.parametrize("by", ["settings", "tokenizer"])
def test_long_texts_are_cut_at_the_limit(tmp_path, by):
    if by == "settings":
        tiny_onnx.write_json(tmp_path / "sentence_bert_config.json", {"max_seq_length": 4})
    encoder = OnnxEncoder.open(write_folder(tmp_path, limit=4 if by == "tokenizer" else None))
    short, long = encode(encoder, "graphene coating", "graphene coating for corrosion")
    np.testing.assert_allclose(short, long, atol=1e-6)


def test_more_texts_than_a_batch_or_a_block_keep_their_order(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 2)
    monkeypatch.setattr(module, "BLOCK", 5)
    encoder = OnnxEncoder.open(write_folder(tmp_path))
    many = encode(encoder, *TEXTS * 3)
    one_by_one = np.concatenate([encode(encoder, text) for text in TEXTS] * 3)
    np.testing.assert_allclose(many, one_by_one, atol=1e-6)


def test_white_space_is_no_text(tmp_path):
    assert not encode(OnnxEncoder.open(write_folder(tmp_path)), " \n ").any()


def test_other_weights_have_another_fingerprint(tmp_path):
    first = OnnxEncoder.open(write_folder(tmp_path / "a"))
    other = OnnxEncoder.open(write_folder(tmp_path / "b", pooled=True))
    assert first.fingerprint != other.fingerprint


def test_one_thread_does_the_work(tmp_path):
    options = OnnxEncoder.open(write_folder(tmp_path))._session.get_session_options()
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (1, 1)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("model.onnx", b"", "isn't a model"),
        ("model.onnx", b"no model at all", "isn't a model"),
        ("tokenizer.json", b"{}", "isn't a tokenizer"),
    ],
)
def test_broken_files_are_named(tmp_path, name, content, says):
    write_folder(tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(EncoderUnavailable, match=says) as refused:
        OnnxEncoder.open(tmp_path)
    assert refused.value.where["file"] == str(tmp_path / name)


def test_a_model_that_asks_for_more_is_refused(tmp_path):
    write_folder(tmp_path, inputs=("input_ids", "pixel_values"))
    with pytest.raises(EncoderUnavailable, match="asks for pixel_values"):
        OnnxEncoder.open(tmp_path)


def test_numbers_that_arent_finite_are_refused(tmp_path, monkeypatch):
    infinite = np.full((len(VOCABULARY), tiny_onnx.DIMENSION), np.inf, np.float32)
    monkeypatch.setattr(tiny_onnx, "table", lambda: infinite)
    encoder = OnnxEncoder.open(write_folder(tmp_path))
    with pytest.raises(EncoderUnavailable, match="finite"):
        encode(encoder, "graphene")


def test_without_the_packages_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "INSTALLED", False)
    with pytest.raises(EncoderUnavailable, match=r"tech-matcher\[onnx\]"):
        OnnxEncoder.open(write_folder(tmp_path))


def test_pooling_by_hand():
    tokens = np.array([[[1, 2], [3, 6], [9, 9]], [[5, 5], [7, 7], [0, 3]]], np.float32)
    mask = np.array([[1, 1, 0], [0, 0, 0]])
    assert pool(tokens, mask, Pooling.MEAN).tolist() == [[2, 4], [0, 0]]
    assert pool(tokens, mask, Pooling.CLS).tolist() == [[1, 2], [5, 5]]


def test_padding_by_hand():
    assert padded([[1, 2, 3], [4]]).tolist() == [[1, 2, 3], [4, 0, 0]]


def test_a_tokenizer_of_another_model_is_said(tmp_path, monkeypatch):
    known = table()[:4]
    monkeypatch.setattr(tiny_onnx, "table", lambda: known)
    encoder = OnnxEncoder.open(write_folder(tmp_path))
    with pytest.raises(EncoderUnavailable, match="can't compute these tokens") as refused:
        encode(encoder, "graphene")
    assert refused.value.where["file"] == str(tmp_path / "model.onnx")
