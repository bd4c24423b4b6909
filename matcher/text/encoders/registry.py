"""From what a user wrote after `--encoder` to the encoder."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from pkgutil import resolve_name

from matcher.errors import EncoderUnavailable, UsageError
from matcher.text.encoders.protocol import Encoder

TRAINED = "trained"
"""The default: learned from the corpus itself, so there is nothing to open (see `is_trained`)."""
# Loaded when one is opened: ONNX Runtime begins a thread when it is imported, and a process with
# one can't be forked any more; Requests takes a tenth of a second.
_REMOTE = "matcher.text.encoders.remote:RemoteEncoder"
_ONNX = "matcher.text.encoders.onnx:OnnxEncoder"
GROUP = "matcher.encoders"
"""Entry points of other packages: name → a callable without arguments that gives an Encoder."""


def is_trained(name: str) -> bool:
    """Whether `name` asks for the encoder that is learned from the corpus."""
    return name == TRAINED


def open_encoder(name: str) -> Encoder:
    """A folder → ONNX, `http(s)://HOST#MODEL` → remote, else the entry point of that name.

    Raises UsageError for a name nobody knows and EncoderUnavailable for what doesn't open.
    """
    if is_trained(name):
        raise UsageError("The trained encoder is learned, not opened.", hint="Train one first.")
    if name.startswith(("http://", "https://")):
        return _open_remote(name)
    if is_folder(name):
        encoder: Encoder = resolve_name(_ONNX).open(_existing_folder(name))
        return encoder
    installed = entry_points(group=GROUP)
    if name not in installed.names:
        raise _unknown(name, sorted(installed.names))
    return _load(installed[name])


def is_folder(name: str) -> bool:
    """Whether `name` is written as a path, or a folder of that name is here."""
    return bool(name) and (
        name.startswith(("~", ".")) or len(Path(name).parts) > 1 or Path(name).is_dir()
    )


def _existing_folder(name: str) -> Path:
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    raise EncoderUnavailable(
        f"There is no folder {name}.", hint="Give a folder with model.onnx and tokenizer.json."
    )


def _open_remote(name: str) -> Encoder:
    url, _, model = name.partition("#")
    if not model:
        raise UsageError(
            f"{name!r} names no model.", hint="Put it behind a #: http://localhost:8080#bge-m3."
        )
    encoder: Encoder = resolve_name(_REMOTE)(url, model)
    return encoder


def _load(entry: EntryPoint) -> Encoder:
    try:
        encoder = entry.load()()
    except (ImportError, AttributeError, TypeError) as error:
        raise EncoderUnavailable(
            f"The encoder {entry.name!r} ({entry.value}) doesn't load: {error}.",
            hint="Install or update the package it comes from.",
        ) from error
    if not isinstance(encoder, Encoder):
        raise EncoderUnavailable(
            f"{entry.value} gives no encoder.", hint="It must have the members of Encoder."
        )
    return encoder


def _unknown(name: str, installed: list[str]) -> UsageError:
    names = ", ".join([TRAINED, *installed])
    return UsageError(
        f"There is no encoder {name!r}.",
        hint=f"Known are {names}, a folder with model.onnx, and http(s)://HOST#MODEL.",
        encoders=[TRAINED, *installed],
    )
