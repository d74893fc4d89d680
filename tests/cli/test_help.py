"""Help that teaches: what to do first, and one example for each command that can be typed as it stands."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

import click
import pytest

from deskui.cli.examples import EXAMPLES
from deskui.cli.main import deskui, main
from deskui.cli.output import width


def commands(
    group: click.Command = deskui, path: tuple[str, ...] = ()
) -> Iterator[tuple[str, click.Command]]:
    """Every command below the program, by the words that name it."""
    if path:
        yield " ".join(path), group
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            found = group.get_command(context, name)
            assert found is not None
            yield from commands(found, (*path, name))


ALL = dict(commands())


def test_each_command_has_an_example_and_each_example_a_command() -> None:
    assert set(ALL) == set(EXAMPLES)


@pytest.mark.parametrize("path", sorted(EXAMPLES))
def test_an_example_is_read_as_it_stands(path: str) -> None:
    """Its words name the command, or one below it, and every option is one that there is."""
    line = EXAMPLES[path].rpartition("| ")[2].partition(" > ")[0]
    program, *words = shlex.split(line)
    assert program == "deskui"
    assert words[: len(path.split())] == path.split()
    command: click.Command = deskui
    context = click.Context(deskui, info_name="deskui")
    while isinstance(command, click.Group):
        found = command.get_command(context, words.pop(0))
        assert found is not None, line
        command = found
    # what is named only as VENDOR is not looked up here
    command.make_context(command.name, words, parent=context)


@pytest.mark.parametrize("path", ["ticket open", "holiday add", "policy"])
def test_help_ends_with_the_example(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*path.split(), "--help"]) == 0
    assert capsys.readouterr().out.rstrip().endswith(EXAMPLES[path])


@pytest.mark.parametrize(("language", "first"), [("en", "Start here:"), ("th", "เริ่มที่นี่:")])
def test_the_first_help_says_what_to_do_first(
    language: str, first: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKUI_LANG", language)
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert (
        out.index(first) < out.index("deskui demo") < out.index("deskui config init") < out.index("--version")
    )
    assert all(width(line) <= 80 for line in out.splitlines())
    named = [line.strip().partition("  ")[0] for line in out.splitlines() if line.startswith("    deskui")]
    assert len(named) == 8
    for line in named:
        words = line.split()[1:]
        assert not words or words[0] in deskui.list_commands(click.Context(deskui)), line
