"""A transformer from a local folder, run by ONNX Runtime on one thread. Nothing is downloaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.errors import EncoderUnavailable
from matcher.text.encoders.onnx_folder import DEFAULT_MAX_TOKENS, LIMITS_NAME, OnnxFolder, Pooling
from matcher.text.encoders.protocol import Documents, FloatMatrix
from matcher.text.encoders.vectors import unit_rows

try:
    from onnxruntime import InferenceSession, SessionOptions
    from onnxruntime.capi import onnxruntime_pybind11_state as states
    from tokenizers import Encoding, Tokenizer
except ImportError:
    INSTALLED = False
else:
    INSTALLED = True
    # Their only common base is Exception.
    _SESSION_ERRORS = (
        states.Fail,
        states.InvalidArgument,
        states.InvalidGraph,
        states.InvalidProtobuf,
        states.NoSuchFile,
        states.NotImplemented,
        states.RuntimeException,
    )

BATCH = 32
BLOCK = 4096
"""Texts tokenised at a time: sorting within more of them saves no more padding."""

_SENTENCE_OUTPUT = "sentence_embedding"
_TOKENS = "input_ids"
_INPUTS = frozenset({_TOKENS, "attention_mask", "token_type_ids"})

IntMatrix = npt.NDArray[np.int64]


class OnnxEncoder:
    """Encodes texts with an exported transformer; a text without a token gets a row of zeros."""

    def __init__(self, folder: OnnxFolder, session: Any, tokenizer: Any) -> None:
        """For `open`, which reads session and tokenizer from the folder."""
        self._folder = folder
        self._session = session
        self._tokenizer = tokenizer
        self._types = {put.name: _integer_type(put.type) for put in session.get_inputs()}
        _check_inputs(session, folder)
        self._output = _choose_output(session, folder)
        self._fingerprint = folder.fingerprint()
        self._dimension = self._find_dimension()

    @classmethod
    def open(cls, folder: Path | str) -> OnnxEncoder:
        """Reads the model of a folder (see onnx_folder.py).

        Raises EncoderUnavailable without the packages, for a missing or broken file, and for a
        model that asks for or answers what isn't understood.
        """
        if not INSTALLED:
            raise EncoderUnavailable(
                "onnxruntime and tokenizers are not installed.",
                hint="Install them with `pip install tech-matcher[onnx]`.",
            )
        found = OnnxFolder.open(Path(folder))
        return cls(found, _open_session(found), _open_tokenizer(found))

    @property
    def dimension(self) -> int:
        """Length of a vector, as the model says."""
        return self._dimension

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the model, the tokenizer and the settings."""
        return self._fingerprint

    def encode(self, documents: Documents) -> FloatMatrix:
        """float32[n, dimension] of the texts; longer ones are cut at the model's limit."""
        vectors = np.zeros((len(documents.texts), self._dimension), np.float32)
        for start in range(0, len(documents.texts), BLOCK):
            block = documents.texts[start : start + BLOCK]
            vectors[start : start + len(block)] = self._encode_block(block)
        return vectors

    def _encode_block(self, texts: Sequence[str]) -> FloatMatrix:
        """Texts of like length together, so that little is padded; then in their own order."""
        encodings = self._tokenizer.encode_batch_fast(list(texts))
        lengths = np.array([_meaningful_length(encoding) for encoding in encodings])
        order = np.argsort(lengths, kind="stable")
        vectors = np.zeros((len(texts), self._dimension), np.float32)
        for rows in _batches(order[lengths[order] > 0]):
            vectors[rows] = self._encode_batch([encodings[row] for row in rows])
        return vectors

    def _encode_batch(self, encodings: Sequence[Encoding]) -> FloatMatrix:
        mask = padded([encoding.attention_mask for encoding in encodings])
        arrays = {
            _TOKENS: padded([encoding.ids for encoding in encodings]),
            "attention_mask": mask,
            "token_type_ids": padded([encoding.type_ids for encoding in encodings]),
        }
        feed = {name: arrays[name].astype(dtype) for name, dtype in self._types.items()}
        try:
            (output,) = self._session.run([self._output], feed)
        except _SESSION_ERRORS as error:
            raise EncoderUnavailable(
                "The model can't compute these tokens.",
                file=str(self._folder.model),
                hint=f"Take the tokenizer it was trained with, and its {LIMITS_NAME}.",
            ) from error
        return unit_rows(pool(output, mask, self._folder.pooling))

    def _find_dimension(self) -> int:
        """The last size of the output; one text tells where the export left it open."""
        (output,) = (put for put in self._session.get_outputs() if put.name == self._output)
        last = output.shape[-1]
        if isinstance(last, int):
            return last
        probe = self._tokenizer.encode_batch_fast(["a 1"])
        return int(self._encode_batch(probe).shape[1])


def pool(output: npt.NDArray[np.floating], mask: IntMatrix, how: Pooling) -> FloatMatrix:
    """One row per text from float[n, tokens, d]; float[n, d] was pooled by the model itself."""
    if output.ndim == 2:
        return output.astype(np.float32)
    if how is Pooling.CLS:
        return output[:, 0].astype(np.float32)
    weights = mask[:, :, np.newaxis].astype(np.float32)
    counts = np.maximum(weights.sum(axis=1), 1)
    return np.asarray((output * weights).sum(axis=1) / counts, np.float32)


def padded(rows: Sequence[Sequence[int]]) -> IntMatrix:
    """Rows of one length, with zeros behind the shorter ones; the mask hides them."""
    matrix = np.zeros((len(rows), max(map(len, rows))), np.int64)
    for number, row in enumerate(rows):
        matrix[number, : len(row)] = row
    return matrix


def _batches(order: npt.NDArray[np.intp]) -> Iterator[npt.NDArray[np.intp]]:
    for start in range(0, len(order), BATCH):
        yield order[start : start + BATCH]


def _meaningful_length(encoding: Encoding) -> int:
    """Tokens of a text, 0 if all there is are the tokenizer's own marks ([CLS], [SEP])."""
    length = len(encoding.ids)
    return length if sum(encoding.special_tokens_mask) < length else 0


def _open_session(folder: OnnxFolder) -> InferenceSession:
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.log_severity_level = 3
    try:
        return InferenceSession(str(folder.model), options, providers=["CPUExecutionProvider"])
    except _SESSION_ERRORS as error:
        raise EncoderUnavailable(
            "The file isn't a model that ONNX Runtime can run.",
            file=str(folder.model),
            hint="Copy or export it anew; it may be cut short.",
        ) from error


def _open_tokenizer(folder: OnnxFolder) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_buffer(folder.tokenizer.read_bytes())
    except ValueError as error:
        raise EncoderUnavailable(
            "The file isn't a tokenizer.", file=str(folder.tokenizer), hint="Export it anew."
        ) from error
    own_limit = (tokenizer.truncation or {}).get("max_length", DEFAULT_MAX_TOKENS)
    tokenizer.enable_truncation(folder.max_tokens or own_limit)
    tokenizer.no_padding()
    return tokenizer


def _choose_output(session: InferenceSession, folder: OnnxFolder) -> str:
    """The output with one vector per text, if there is one, else the first with one per token."""
    ranks = {put.name: len(put.shape) for put in session.get_outputs()}
    if ranks.get(_SENTENCE_OUTPUT) == 2:
        return _SENTENCE_OUTPUT
    for name, rank in ranks.items():
        if rank == 3:
            return str(name)
    raise _unsuited(folder, f"gives no vectors, only {', '.join(ranks)}")


def _check_inputs(session: InferenceSession, folder: OnnxFolder) -> None:
    unknown = {put.name for put in session.get_inputs()} - _INPUTS
    if unknown:
        raise _unsuited(folder, f"asks for {', '.join(sorted(unknown))}")


def _unsuited(folder: OnnxFolder, why: str) -> EncoderUnavailable:
    return EncoderUnavailable(
        f"The model {why}.",
        file=str(folder.model),
        hint="Export it for the task feature-extraction.",
    )


def _integer_type(name: str) -> type[np.integer[Any]]:
    return np.int32 if name == "tensor(int32)" else np.int64
