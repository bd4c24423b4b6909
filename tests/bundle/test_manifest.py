"""Manifests: read as written, refused by key, and a hash of content that no clock changes."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from matcher.bundle.manifest import (
    MANIFEST,
    Facts,
    Manifest,
    Measured,
    make_manifest,
    manifest_bytes,
    read_manifest,
)
from matcher.errors import BrokenBundle, InvalidValue
from tests.bundle.some_models import FACTS

SEALED = {"ids.json": (6, "a" * 64), "index/vectors.bin": (300, "b" * 64)}


def written(folder: Path, manifest: Manifest, **changed: Any) -> Path:
    plain = json.loads(manifest_bytes(manifest)) | changed
    (folder / MANIFEST).write_text(json.dumps(plain))
    return folder


def refusal(folder: Path) -> BrokenBundle:
    with pytest.raises(BrokenBundle) as caught:
        read_manifest(folder)
    assert caught.value.where["file"] == str(folder / MANIFEST)
    return caught.value


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    manifest = make_manifest(12, FACTS, SEALED)
    (tmp_path / MANIFEST).write_bytes(manifest_bytes(manifest))
    assert read_manifest(tmp_path) == manifest
    assert manifest.version == f"0012-{manifest.content_hash[:8]}"
    assert all(
        getattr(manifest, field.name) == getattr(FACTS, field.name) for field in fields(Facts)
    )


def test_time_number_and_metrics_are_not_in_the_hash_of_the_content() -> None:
    later = replace(FACTS, created_at=datetime(2030, 1, 1, tzinfo=UTC), metrics={}, seq=99)
    there = dict(reversed(SEALED.items()))
    one, other = make_manifest(1, FACTS, SEALED), make_manifest(2, later, there)
    assert one.content_hash == other.content_hash


def test_files_their_names_and_the_recipe_are_in_the_hash_of_the_content() -> None:
    hashes = {
        make_manifest(1, facts, sealed).content_hash
        for facts, sealed in [
            (FACTS, SEALED),
            (FACTS, SEALED | {"ids.json": (6, "c" * 64)}),
            (FACTS, {"ids": SEALED["ids.json"], "index/vectors.bin": SEALED["index/vectors.bin"]}),
            (replace(FACTS, recipe={}), SEALED),
        ]
    }
    assert len(hashes) == 4


def test_a_model_from_before_jobs_were_named_is_nobodys(tmp_path: Path) -> None:
    plain = json.loads(manifest_bytes(make_manifest(1, FACTS, SEALED)))
    del plain["job"]
    (tmp_path / MANIFEST).write_text(json.dumps(plain))
    assert read_manifest(tmp_path).job == ""


@pytest.mark.parametrize("key", [one.name for one in fields(Manifest) if one.name != "job"])
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    plain = json.loads(manifest_bytes(make_manifest(1, FACTS, SEALED)))
    del plain[key]
    (tmp_path / MANIFEST).write_text(json.dumps(plain))
    assert refusal(tmp_path).where["field"] == key


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", "0001-../../etc"),
        ("version", "0001-aaaaaaaa\n"),
        ("created_at", "yesterday"),
        ("created_at", "2026-03-01T08:30:00"),
        ("seq", -1),
        ("seq", 1.5),
        ("counts", {"need": "1"}),
        ("golden", {}),
        ("content_hash", "a" * 63),
        ("parent", "the one before"),
        ("metrics", {"nDCG@10": 0.7}),
        ("metrics", {"nDCG@10": {"value": 0.7}}),
        ("files", {"ids.json": {"bytes": 6}}),
        ("files", {"ids.json": {"bytes": 6, "sha256": "A" * 64}}),
        ("surprise", 1),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, key: str, value: Any) -> None:
    error = refusal(written(tmp_path, make_manifest(1, FACTS, SEALED), **{key: value}))
    assert error.where["field"].split(".")[0] == key


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc/passwd", "a/../../x", "a//b", "a/", "./a", "", "a\\b", "a\nb", "a\0b", MANIFEST],
)
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    files = {name: {"bytes": 1, "sha256": "a" * 64}}
    error = refusal(written(tmp_path, make_manifest(1, FACTS, SEALED), files=files))
    assert "no name of a file in a bundle" in error.message


def test_a_manifest_changed_by_hand_is_damaged(tmp_path: Path) -> None:
    error = refusal(written(tmp_path, make_manifest(1, FACTS, SEALED), recipe={"bands": {}}))
    assert error.where["field"] == "content_hash"


def test_a_manifest_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path).message


def test_a_newer_manifest_says_what_to_install(tmp_path: Path) -> None:
    error = refusal(written(tmp_path, make_manifest(1, FACTS, SEALED), format=2, more={}))
    assert "newer version" in error.message
    assert "Install" in str(error.hint)


@pytest.mark.parametrize(
    "facts",
    [
        replace(FACTS, metrics={"x": Measured(float("nan"), None, None)}),
        replace(FACTS, recipe={"x": float("inf")}),
        replace(FACTS, recipe={"x": object()}),
        replace(FACTS, encoder="\udc80"),
    ],
)
def test_facts_that_json_can_not_hold_are_refused(facts: Facts) -> None:
    with pytest.raises(InvalidValue, match="can't be written as JSON"):
        manifest_bytes(make_manifest(1, facts, SEALED))
