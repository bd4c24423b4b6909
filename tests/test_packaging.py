"""What setup.cfg says about the package is true of the tree and of what is built from it."""

import ast
import configparser
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
ROOTS = ("matcher", "training")
DATA_PACKAGE = "matcher._data"
LEFT_OUT = {"dirty", "__pycache__"}
NOT_BUILT_FROM = shutil.ignore_patterns(".*", "__pycache__", "tests", "build", "dist", "*.egg-info")

FIND_DATA = """
import matcher
from matcher.resources import data_path

for parts in [("lexicon", "terms.tsv"), ("taxonomy", "fields.csv")]:
    assert data_path(*parts).is_file()
    print(data_path(*parts))
print(matcher.__file__)
"""


@pytest.fixture(scope="module")
def config() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(CHECKOUT / "setup.cfg", encoding="utf-8")
    return parser


def modules() -> list[Path]:
    return [path for root in ROOTS for path in sorted((CHECKOUT / root).rglob("*.py"))]


def test_every_folder_with_code_is_packaged(config: configparser.ConfigParser) -> None:
    listed = config["options"]["packages"].split()
    folders = {".".join(path.parent.relative_to(CHECKOUT).parts) for path in modules()}
    assert sorted(listed) == sorted(folders | {DATA_PACKAGE})


def test_every_module_at_the_top_is_packaged(config: configparser.ConfigParser) -> None:
    listed = config["options"].get("py_modules", "").split()
    assert sorted(listed) == sorted(path.stem for path in CHECKOUT.glob("*.py"))


def test_the_command_is_matcher(config: configparser.ConfigParser) -> None:
    commands = config["options.entry_points"]["console_scripts"].strip().splitlines()
    assert commands == ["matcher = matcher.cli:main"]


def test_every_import_is_a_declared_requirement(config: configparser.ConfigParser) -> None:
    providers = packages_distributions()
    imported = {name for path in modules() for name in imports(path)}
    foreign = imported - set(sys.stdlib_module_names) - set(ROOTS)
    declared = runtime_requirements(config)
    undeclared = {name for name in foreign if not declared & set(providers.get(name, []))}
    assert undeclared == set()


def test_the_domain_is_forbidden_every_requirement(config: configparser.ConfigParser) -> None:
    forbidden = set(config["importlinter:contract:domain"]["forbidden_modules"].split())
    providers = packages_distributions()
    covered = {provider for name in forbidden for provider in providers.get(name, [])}
    assert runtime_requirements(config) - covered == set()


def runtime_requirements(config: configparser.ConfigParser) -> set[str]:
    """Names of what a user installs, extras included, without what only the tests need."""
    extras = config["options.extras_require"]
    chosen = (extras[name] for name in ("onnx", "remote", "postgresql"))
    lines = [config["options"]["install_requires"], *chosen]
    names = {re.split(r"[ \[]", line)[0] for text in lines for line in text.strip().splitlines()}
    return {distribution(name).metadata["Name"] for name in names}


def imports(path: Path) -> Iterator[str]:
    """The top-level packages a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the source distribution, which is built from a copy of the checkout."""
    source = tmp_path_factory.mktemp("source") / "matcher"
    shutil.copytree(CHECKOUT, source, ignore=NOT_BUILT_FROM)
    run("-m", "build", "--no-isolation", str(source), cwd=source)
    (built,) = (source / "dist").glob("*.whl")
    return built


def run(*arguments: str, cwd: Path, **variables: str) -> str:
    finished = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=os.environ | variables,
        check=False,
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


@pytest.mark.slow
def test_the_wheel_holds_the_package_with_all_data_and_no_more(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {*ROOTS, *(path.name for path in CHECKOUT.glob("*.py"))}
    packed = {name for name in names if name.startswith("matcher/_data/")}
    data = (path for path in (CHECKOUT / "data").rglob("*") if path.is_file())
    wanted = (path for path in data if path.parent.name not in LEFT_OUT)
    assert packed == {f"matcher/_data/{path.relative_to(CHECKOUT / 'data')}" for path in wanted}
    assert {"matcher/py.typed", "training/targets.toml"} <= set(names)


@pytest.mark.slow
def test_an_installed_copy_finds_its_data_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    target, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    install = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target")
    run(*install, str(target), str(wheel), cwd=elsewhere)
    printed = run("-c", FIND_DATA, cwd=elsewhere, PYTHONPATH=str(target)).splitlines()
    assert len(printed) == 3
    assert all(Path(line).is_relative_to(target) for line in printed)
