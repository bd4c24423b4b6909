"""The folder that holds a transformer in ONNX: which files there are and what they settle.

Laid out as sentence-transformers saves it: `model.onnx` or `onnx/model.onnx`, `tokenizer.json`,
and, if there, `modules.json`, `1_Pooling/config.json` and `sentence_bert_config.json`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from matcher.errors import EncoderUnavailable

MODEL_NAMES = ("model.onnx", "onnx/model.onnx")
TOKENIZER_NAME = "tokenizer.json"
MODULES_NAME = "modules.json"
LIMITS_NAME = "sentence_bert_config.json"
POOLING_NAME = "1_Pooling/config.json"
DEFAULT_MAX_TOKENS = 512

_UNDERSTOOD_MODULES = frozenset({"Transformer", "Pooling", "Normalize"})
_EXPORT_HINT = "Export it with `optimum-cli export onnx --model NAME FOLDER`."


class Pooling(StrEnum):
    """How the vectors of a text's tokens become one."""

    MEAN = "mean"
    CLS = "cls"


@dataclass(frozen=True, slots=True)
class OnnxFolder:
    """Paths and settings of one exported transformer, checked to be there and understood."""

    root: Path
    model: Path
    tokenizer: Path
    pooling: Pooling
    max_tokens: int | None
    """Tokens of a text that are read; None leaves it to the tokenizer's own limit."""

    @classmethod
    def open(cls, root: Path) -> OnnxFolder:
        """Raises EncoderUnavailable for a missing file or a setting that isn't understood."""
        _check_modules(root)
        return cls(
            root,
            _existing(root, MODEL_NAMES),
            _existing(root, (TOKENIZER_NAME,)),
            _pooling(root),
            _max_tokens(root),
        )

    def fingerprint(self) -> str:
        """SHA-256 over the names and bytes of all files that shape the vectors."""
        digest = hashlib.sha256()
        for path in self._files():
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            digest.update(f"{path.relative_to(self.root).as_posix()} {content}\n".encode())
        return f"onnx-{digest.hexdigest()}"

    def _files(self) -> Iterator[Path]:
        """A model over 2 GB keeps its weights in files beside it that begin with its name."""
        yield from sorted(self.model.parent.glob(f"{self.model.name}*"))
        yield self.tokenizer
        settings = (MODULES_NAME, LIMITS_NAME, POOLING_NAME)
        yield from (self.root / name for name in settings if (self.root / name).is_file())


def _existing(root: Path, names: tuple[str, ...]) -> Path:
    for name in names:
        if (root / name).is_file():
            return root / name
    raise EncoderUnavailable(
        f"The folder holds no {' or '.join(names)}.", file=str(root), hint=_EXPORT_HINT
    )


def _check_modules(root: Path) -> None:
    """A further layer (Dense) would be left out silently, so its model is refused."""
    modules = _read_json(root / MODULES_NAME, [])
    types = (module.get("type") if isinstance(module, dict) else module for module in modules)
    names = {str(type_).rpartition(".")[2] for type_ in types}
    if unknown := sorted(names - _UNDERSTOOD_MODULES):
        raise EncoderUnavailable(
            f"The model has layers that aren't supported: {', '.join(unknown)}.",
            file=str(root / MODULES_NAME),
            hint="Take a model of a transformer and mean or cls pooling alone.",
        )


def _pooling(root: Path) -> Pooling:
    path = root / POOLING_NAME
    settings = _read_json(path, {})
    named = settings.get("pooling_mode")
    modes = [named] if named else [key for key, on in settings.items() if _is_mode(key) and on]
    names = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "cls"}
    found = [names.get(mode, mode) for mode in modes] or [Pooling.MEAN]
    if len(found) == 1 and found[0] in list(Pooling):
        return Pooling(found[0])
    raise EncoderUnavailable(
        f"Pooling {' with '.join(map(str, found))} isn't supported.",
        file=str(path),
        hint="Take a model with mean or cls pooling.",
    )


def _is_mode(key: str) -> bool:
    return key.startswith("pooling_mode_")


def _max_tokens(root: Path) -> int | None:
    path = root / LIMITS_NAME
    limit = _read_json(path, {}).get("max_seq_length")
    if limit is None or (isinstance(limit, int) and limit > 0):
        return limit
    raise EncoderUnavailable(
        f"max_seq_length is {limit!r}, not a number of tokens.",
        file=str(path),
        hint="Put a whole number above 0.",
    )


def _read_json(path: Path, default: Any) -> Any:
    """The content of a settings file, `default` without one; of the same type as `default`."""
    if not path.is_file():
        return default
    try:
        content = json.loads(path.read_bytes())
    except ValueError as error:
        content = error
    if isinstance(content, type(default)):
        return content
    raise EncoderUnavailable(
        "The file isn't the JSON that was expected.", file=str(path), hint="Export the model anew."
    )
