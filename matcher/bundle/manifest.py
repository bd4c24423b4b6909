"""What a model says of itself: where it comes from, how good it is, and every file's hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from matcher import __version__
from matcher.bundle.document import STRICT, digest, parse, render
from matcher.bundle.environment import libraries, machine
from matcher.bundle.naming import VERSION_PATTERN, version_name
from matcher.domain.checks import shown
from matcher.errors import BrokenBundle

FORMAT = 1
MANIFEST = "manifest.json"
HINT = "Roll back to another version, or train anew."


def file_name(name: str) -> str:
    """`name` as it is; ValueError unless it names a file in the bundle in exactly one way.

    Relative, parts separated by /, none of them empty, `.` or `..`; not the manifest itself.
    """
    odd = any(part in {"", ".", ".."} for part in name.split("/"))
    if odd or "\\" in name or not name.isprintable() or name == MANIFEST:
        raise ValueError("it is no name of a file in a bundle")
    return name


Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Version = Annotated[str, Field(pattern=rf"^{VERSION_PATTERN}$")]
Name = Annotated[str, AfterValidator(file_name)]
Count = Annotated[int, Field(ge=0)]


@dataclass(frozen=True, slots=True)
class Measured:
    """A metric with its 95 % interval; None where none was measured."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Size and hash of one file."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    bytes: Count
    sha256: Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What only whoever made the model knows of it.

    `seq`: the last change of the store that is in it. `counts`: records per noun. `dictionary`:
    digest of the dictionary. `golden`: queries with what they must find, in a form of their maker.
    `recipe` and `golden` hold what JSON can hold. `created_at` informs and decides nothing. `job`:
    whose work it is, so that who does that again finds it; "" for nobody's.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    created_at: AwareDatetime
    seq: Count
    counts: Mapping[str, Count]
    encoder: str
    dictionary: str
    recipe: Mapping[str, Any]
    metrics: Mapping[str, Measured]
    golden: tuple[Mapping[str, Any], ...]
    parent: Version | None
    job: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest(Facts):
    """The facts, with what the library adds: name, product, machine, files and their hash."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    format: int
    version: Version
    product: str
    libraries: Mapping[str, str]
    platform: Mapping[str, str]
    files: Mapping[Name, FileFacts]
    content_hash: Sha256


def make_manifest(number: int, facts: Facts, sealed: Mapping[str, tuple[int, str]]) -> Manifest:
    """The manifest of version `number`; `sealed` is each file's size and sha256.

    Raises BrokenBundle for a name that no manifest may hold, InvalidValue for such a recipe.
    """
    files = {_named(name): FileFacts(*found) for name, found in sealed.items()}
    content = content_hash(files, facts.recipe)
    return Manifest(
        **{field.name: getattr(facts, field.name) for field in fields(Facts)},
        format=FORMAT,
        version=version_name(number, content),
        product=__version__,
        libraries=libraries(),
        platform=machine(),
        files=files,
        content_hash=content,
    )


def _named(name: str) -> str:
    try:
        return file_name(name)
    except ValueError as error:
        hint = "Name files with letters, digits, dots and dashes."
        raise BrokenBundle(f"{shown(name)} can't be in a bundle: {error}.", hint=hint) from None


def content_hash(files: Mapping[str, FileFacts], recipe: Mapping[str, Any]) -> str:
    """sha256 over the files' names and hashes and the recipe, and over no time: the same snapshot
    and recipe give the same."""
    digests = {name: facts.sha256 for name, facts in files.items()}
    return digest("recipe", {"files": digests, "recipe": recipe})


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as it stands in its file. Raises InvalidValue for facts JSON can't hold."""
    return render(manifest)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the bundle in `folder`.

    Raises BrokenBundle: no manifest, a wrong key, another format, or changed by hand.
    """
    path = folder / MANIFEST
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"can't be read ({error.strerror})."
        raise BrokenBundle(message, file=str(path), hint=HINT) from error
    manifest = parse(Manifest, content, path, newest=FORMAT, hint=HINT)
    if content_hash(manifest.files, manifest.recipe) != manifest.content_hash:
        message = "is damaged: its content_hash isn't that of its files and recipe."
        raise BrokenBundle(message, file=str(path), field="content_hash", hint=HINT)
    return manifest
