"""The linters, as tests: what they say is in the failure."""

from __future__ import annotations

from tests.house.tree import python


def test_the_code_is_linted() -> None:
    python("-m", "ruff", "check", "--output-format=concise", ".")


def test_the_code_is_formatted() -> None:
    python("-m", "ruff", "format", "--check", ".")


def test_the_types_hold() -> None:
    python("-m", "mypy")


def test_the_imports_go_one_way() -> None:
    python(
        "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache", "--no-logo"
    )
