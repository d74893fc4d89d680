"""What is loaded when a package is imported or a command runs: the linter cannot see an import made late."""

from __future__ import annotations

import json

import pytest

from deskui.policy.library import Library
from tests.house.tree import PACKAGE, python, sources

SCREEN = {"textual", "rich"}
FRAMEWORKS = SCREEN | {"sqlalchemy", "alembic", "click"}
FORBIDDEN = {
    "worktime": FRAMEWORKS,
    "policy": FRAMEWORKS,
    "desk": FRAMEWORKS,
    "store": SCREEN,
    "cli": SCREEN,
}
_LOADED = "; import json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
_RUN = (
    "import contextlib, io, sys; from deskui.cli.main import main\n"
    "with contextlib.redirect_stdout(io.StringIO()): code = main(sys.argv[1:])\n"
    "assert code == 0, code" + _LOADED
)


def _modules(package: str) -> list[str]:
    """The dotted names of a package's modules, but for the migrations: only Alembic can run those."""
    paths = [path.relative_to(PACKAGE.parent).with_suffix("") for path in sources(package)]
    names = [
        ".".join(path.parts).removesuffix(".__init__") for path in paths if "migrations" not in path.parts
    ]
    assert f"deskui.{package}" in names
    return names


def _loaded(code: str, *arguments: str, given: str = "") -> set[str]:
    return set(json.loads(python("-c", code, *arguments, given=given).splitlines()[-1]))


@pytest.mark.parametrize("package", FORBIDDEN)
def test_a_package_loads_no_framework_it_does_not_own(package: str) -> None:
    loaded = _loaded(f"import {', '.join(_modules(package))}{_LOADED}")
    assert "deskui" in loaded
    assert not loaded & FORBIDDEN[package]


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_needs_neither_screen_nor_store(option: str) -> None:
    loaded = _loaded(_RUN, option)
    assert "click" in loaded
    assert not loaded & {"textual", "rich", "sqlalchemy", "alembic", "holidays"}


@pytest.mark.parametrize("command", ["decide", "policy", "due"])
def test_the_rules_on_the_command_line_need_neither_screen_nor_store(command: str) -> None:
    loaded = _loaded(_RUN, command, "--help")
    assert not loaded & {"textual", "rich", "sqlalchemy", "alembic", "holidays"}


def test_a_decision_needs_neither_screen_nor_store(request_of_a_vendor: str) -> None:
    loaded = _loaded(_RUN, "decide", given=request_of_a_vendor)
    assert "tomllib" in loaded, "no policy was read"
    assert not loaded & {"textual", "rich", "sqlalchemy", "alembic", "holidays"}


@pytest.fixture
def request_of_a_vendor() -> str:
    """A request about the first service of whichever vendor comes first."""
    library = Library.open()
    policy = min(library)
    return json.dumps(
        {"policy": policy, "ask": min(library.get(policy).services), "at": "2026-11-23T10:00:00+07:00"}
    )
