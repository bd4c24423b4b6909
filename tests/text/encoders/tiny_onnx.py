"""A transformer's folder in miniature: word → row of a table, with one vector per token."""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing

DIMENSION = 8
WORDS = """[PAD] [UNK] [CLS] [SEP] graphene coating for corrosion 石墨烯 防腐 涂层 lithium battery
    a much longer text on recycling and""".split()
VOCABULARY = {word: number for number, word in enumerate(WORDS)}


def write_folder(
    folder: Path,
    *,
    inputs: tuple[str, ...] = ("input_ids", "attention_mask"),
    integers: int = TensorProto.INT64,
    pooled: bool = False,
    dimension: int | str = DIMENSION,
    model: str = "model.onnx",
    marks: bool = True,
    limit: int | None = None,
) -> Path:
    """`pooled`: the model answers one vector per text; `dimension` a name leaves it open."""
    (folder / model).parent.mkdir(parents=True, exist_ok=True)
    onnx.save(tiny_model(inputs, integers, pooled, dimension), folder / model)
    tiny_tokenizer(marks, limit).save(str(folder / "tokenizer.json"))
    return folder


def write_json(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


def table() -> np.ndarray:
    """float32[words, DIMENSION], the vectors the model looks up."""
    return np.random.default_rng(0).normal(size=(len(WORDS), DIMENSION)).astype(np.float32)


def tiny_model(inputs, integers, pooled, dimension) -> onnx.ModelProto:
    puts = [helper.make_tensor_value_info(name, integers, ["n", "t"]) for name in inputs]
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["tokens"])]
    output, shape = "last_hidden_state", ["n", "t", dimension]
    if pooled:
        output, shape = "sentence_embedding", ["n", dimension]
        nodes.append(helper.make_node("ReduceMax", ["tokens", "axis"], [output], keepdims=0))
    else:
        nodes.append(helper.make_node("Identity", ["tokens"], [output]))
    weights = [
        numpy_helper.from_array(table(), "table"),
        numpy_helper.from_array(np.array([1], np.int64), "axis"),
    ]
    outputs = [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)]
    graph = helper.make_graph(nodes, "tiny", puts, outputs, weights)
    return helper.make_model(
        graph, ir_version=8, opset_imports=[helper.make_opsetid("", 18)], producer_name="test"
    )


def tiny_tokenizer(marks: bool, limit: int | None) -> Tokenizer:
    """Words between [CLS] and [SEP], which are `marks`."""
    tokenizer = Tokenizer(WordLevel(VOCABULARY, "[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    if marks:
        special = [(mark, VOCABULARY[mark]) for mark in ("[CLS]", "[SEP]")]
        tokenizer.post_processor = TemplateProcessing("[CLS] $A [SEP]", special_tokens=special)
    if limit is not None:
        tokenizer.enable_truncation(limit)
    return tokenizer
