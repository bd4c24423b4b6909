"""What importing the package and running it as a module do, each in a fresh interpreter."""

import configparser
import os
import subprocess
import sys
from pathlib import Path

import matcher

CHECKOUT = Path(__file__).resolve().parents[1]
SHOW_OPENMP = """
import os
import matcher

print(os.environ["OMP_NUM_THREADS"], os.environ["OMP_WAIT_POLICY"])
"""


def run(*arguments: str, **variables: str) -> str:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("OMP_")}
    finished = subprocess.run(
        [sys.executable, *arguments],
        cwd=CHECKOUT,
        env=inherited | variables,
        check=False,
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def test_importing_it_keeps_openmp_to_one_quiet_thread() -> None:
    assert run("-c", SHOW_OPENMP).split() == ["1", "PASSIVE"]


def test_a_setting_of_the_user_is_not_overruled() -> None:
    assert run("-c", SHOW_OPENMP, OMP_NUM_THREADS="3").split() == ["3", "PASSIVE"]


def test_the_version_is_the_one_in_setup_cfg() -> None:
    config = configparser.ConfigParser()
    config.read(CHECKOUT / "setup.cfg", encoding="utf-8")
    assert matcher.__version__ in {config["metadata"]["version"], "0+checkout"}


def test_it_runs_as_a_module() -> None:
    assert "match" in run("-m", "matcher", "--help")
