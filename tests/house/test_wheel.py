"""The wheel carries the data files, and both kinds of installation find theirs."""

from __future__ import annotations

import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import REPO, python, run

_BUILD = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
_WHERE = "from deskui.paths import data_dir; print(data_dir())"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, built by the build backend itself: nothing is downloaded."""
    folder = tmp_path_factory.mktemp("wheel")
    return folder / python("-c", _BUILD, str(folder)).splitlines()[-1]


@pytest.fixture
def installed(wheel: Path, tmp_path: Path) -> Path:
    """The wheel unpacked into a folder that can stand on Python's path."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    return tmp_path


def _data() -> set[str]:
    return {path.relative_to(REPO / "data").as_posix() for path in (REPO / "data").rglob("*.toml")}


@pytest.mark.parametrize("kind", ["policies", "holidays"])
def test_there_is_data_of_each_kind(kind: str) -> None:
    assert any(name.startswith(f"{kind}/") for name in _data())


def test_the_wheel_holds_all_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {f"deskui/data/{name}" for name in _data()} <= names
    assert "deskui/py.typed" in names
    assert not [name for name in names if name.startswith("tests/")]


def test_a_wheel_finds_the_data_inside_itself(installed: Path) -> None:
    found = python("-c", _WHERE, cwd=installed, env={"PYTHONPATH": str(installed)})
    assert Path(found.strip()) == installed / "deskui" / "data"


def test_an_editable_install_finds_the_data_of_the_tree(tmp_path: Path) -> None:
    found = python("-c", _WHERE, cwd=tmp_path)
    assert Path(found.strip()) == REPO / "data"


def test_an_installation_without_data_says_what_to_do(installed: Path) -> None:
    shutil.rmtree(installed / "deskui" / "data")
    environment = {"PYTHONPATH": str(installed)}
    done = run(sys.executable, "-c", _WHERE, cwd=installed, env=environment, check=False)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert "data files are missing" in last
    assert str(installed / "deskui") in last
    assert "install deskui again" in last
