"""Dockerfile and compose.yaml name what is there. Neither is run here: that needs Docker."""

from __future__ import annotations

import configparser
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from matcher.cli.main import COMMANDS
from matcher.settings import SETTINGS_TABLE

CHECKOUT = Path(__file__).resolve().parents[1]
SETTINGS = {row.variable for row in SETTINGS_TABLE}
OURS = ("init", "service", "worker")
SECRETS = ("POSTGRES_PASSWORD", "MATCHER_SECRET_KEY")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((CHECKOUT / "compose.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return (CHECKOUT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")


def test_every_variable_is_a_setting(compose: dict[str, Any], dockerfile: str) -> None:
    named = set(re.findall(r"MATCHER_[A-Z_]+(?==)", dockerfile))
    for name in OURS:
        named |= {each for each in compose["services"][name]["environment"] if "MATCHER" in each}
    assert {"MATCHER_HOME", "MATCHER_LISTEN", "MATCHER_DATABASE"} <= named
    assert named - SETTINGS == set()


def test_what_a_proxy_needs_is_handed_on(compose: dict[str, Any]) -> None:
    environment = compose["services"]["service"]["environment"]
    for name, default in {"PROXIES": "0", "HTTPS": "false", "HOSTS": "", "WORKERS": "2"}.items():
        assert environment[f"MATCHER_{name}"] == f"${{MATCHER_{name}:-{default}}}"
    assert all("size=" in one for name in OURS for one in compose["services"][name]["tmpfs"])


def test_every_command_is_there(compose: dict[str, Any], dockerfile: str) -> None:
    commands = [compose["services"][name].get("command") for name in OURS]
    assert commands == [["matcher", "init"], None, ["matcher", "worker"]]
    assert {command[1] for command in commands if command} <= set(COMMANDS)
    assert 'CMD ["gunicorn", "-c", "python:matcher.web.gunicorn_conf", "service:app"]' in dockerfile


def test_no_secret_has_a_default(compose: dict[str, Any]) -> None:
    text = (CHECKOUT / "compose.yaml").read_text(encoding="utf-8")
    for name in SECRETS:
        uses = re.findall(rf"\$\{{{name}[^}}]*\}}", text)
        assert uses
        assert all(":?" in use for use in uses)
    passwords = [
        value
        for service in compose["services"].values()
        for name, value in service["environment"].items()
        if "PASSWORD" in name or "KEY" in name
    ]
    assert passwords
    assert all(value.startswith("${") for value in passwords)
    assert "@database" in compose["services"]["service"]["environment"]["MATCHER_DATABASE"]


def test_nothing_runs_with_more_rights_than_it_needs(
    compose: dict[str, Any], dockerfile: str
) -> None:
    last = dockerfile.rpartition("FROM ")[2]
    assert re.findall(r"^USER (\S+)$", last, re.MULTILINE) == ["matcher"]
    for service in compose["services"].values():
        assert service["read_only"] is True
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert "privileged" not in service
    for name in OURS:
        assert compose["services"][name]["cap_drop"] == ["ALL"]
    [port] = compose["services"]["service"]["ports"]
    assert port.startswith("127.0.0.1:")
    assert "ports" not in compose["services"]["database"]


def test_it_starts_in_order_and_is_looked_after(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["init"]["depends_on"]["database"]["condition"] == "service_healthy"
    for name in ("service", "worker"):
        condition = services[name]["depends_on"]["init"]["condition"]
        assert condition == "service_completed_successfully"
    assert set(compose["volumes"]) == {"home", "database"}
    assert all("healthcheck" in service for service in services.values())


def test_the_image_is_built_from_what_is_there(dockerfile: str) -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    assert {"matcher", "training", "data", "service.py"} <= names
    assert all((CHECKOUT / name).exists() for name in names)
    ignored = (CHECKOUT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {line[1:] for line in ignored if line.startswith("!")} == names
    config = configparser.ConfigParser()
    config.read(CHECKOUT / "setup.cfg", encoding="utf-8")
    [extras] = re.findall(r'"\.\[([a-z,]+)\]"', dockerfile)
    assert set(extras.split(",")) <= set(config["options.extras_require"])
    assert dockerfile.index("LIGHTFM_NO_CFLAGS=1") < dockerfile.index("pip install")


def test_make_secrets_makes_them_once_for_their_owner_alone(tmp_path: Path) -> None:
    command = ["make", "--silent", "--file", str(CHECKOUT / "Makefile"), "secrets"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    file = tmp_path / ".env"
    first = file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    values = dict(line.split("=") for line in first.splitlines())
    assert set(values) == set(SECRETS)
    assert {name: len(value) for name, value in values.items()} == dict(
        zip(SECRETS, (48, 64), strict=True)
    )
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert file.read_text() == first
