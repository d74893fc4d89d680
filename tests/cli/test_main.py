"""Every way a command can end: one message, one exit code, no traceback."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pytest
import sqlalchemy.exc

from deskui.cli import crash
from deskui.cli import main as module
from deskui.cli.errors import Refused, StoreProblem, UsageProblem
from deskui.cli.main import main
from deskui.cli.output import print_json
from deskui.desk import errors as desk
from deskui.paths import DataMissing
from deskui.policy.decision import Text

BOTH = Text(th="ไม่ได้", en="no")


def _fails(monkeypatch: pytest.MonkeyPatch, error: BaseException | None, *, gives: int | None = None) -> None:
    """Makes `deskui fail` end in `error`, or return `gives`."""

    @click.command()
    def fail() -> int | None:
        if error is not None:
            raise error
        return gives

    entry = module._Entry("tests.cli.test_main:fail", BOTH)
    monkeypatch.setattr(module, "_SUBCOMMANDS", {"fail": entry})
    monkeypatch.setattr(module, "_load", lambda _place: fail)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refused(BOTH), 1),
        (desk.Refused(BOTH), 1),
        (desk.LostRace(BOTH), 1),
        (UsageProblem(BOTH), 2),
        (desk.NotFound(BOTH), 2),
        (StoreProblem(BOTH), 3),
        (desk.StoreFailure(BOTH), 3),
    ],
    ids=lambda value: (
        type(value).__module__ + "." + type(value).__name__ if isinstance(value, Exception) else ""
    ),
)
@pytest.mark.parametrize(("language", "said"), [("en", "deskui: no\n"), ("th", "deskui: ไม่ได้\n")])
def test_a_foreseen_no_is_one_line_with_its_exit_code(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    code: int,
    language: str,
    said: str,
) -> None:
    monkeypatch.setenv("DESKUI_LANG", language)
    _fails(monkeypatch, error)
    assert main(["fail"]) == code
    assert capsys.readouterr() == ("", said)


@pytest.mark.parametrize(
    "error",
    [click.ClickException("bad"), click.BadParameter("bad"), click.FileError("bad", hint="unreadable")],
)
def test_what_click_finds_wrong_is_wrong_use(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    _fails(monkeypatch, error)
    assert main(["fail"]) == 2
    assert "bad" in capsys.readouterr().err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interrupt_says_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException
) -> None:
    _fails(monkeypatch, error)
    assert main(["fail"]) == 130
    assert capsys.readouterr() == ("", "\n")


@pytest.mark.parametrize(("gives", "code"), [(None, 0), (0, 0), (1, 1), (2, 2)])
def test_a_command_may_give_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, gives: int | None, code: int
) -> None:
    _fails(monkeypatch, None, gives=gives)
    assert main(["fail"]) == code


def test_a_command_may_exit(monkeypatch: pytest.MonkeyPatch) -> None:
    _fails(monkeypatch, click.exceptions.Exit(1))
    assert main(["fail"]) == 1


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (ZeroDivisionError("by\nzero"), 70, "unexpected error (ZeroDivisionError: by zero)"),
        (sqlite3.DatabaseError("malformed"), 3, "the store failed (DatabaseError: malformed)"),
        (sqlalchemy.exc.InvalidRequestError("closed"), 3, "the store failed (InvalidRequestError: closed)"),
    ],
    ids=["bug", "driver", "mapper"],
)
def test_an_unforeseen_error_is_one_line_and_the_rest_is_in_the_log(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    code: int,
    words: str,
) -> None:
    _fails(monkeypatch, error)
    assert main(["fail"]) == code
    log = crash.log_file()
    assert capsys.readouterr() == ("", f"deskui: {words}; details are in {log}\n")
    assert log.is_relative_to(os.environ["XDG_STATE_HOME"])
    assert log.stat().st_mode & 0o777 == 0o600
    written = log.read_text("utf-8")
    assert "Traceback (most recent call last)" in written
    assert type(error).__name__ in written


def test_an_installation_without_data_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _fails(monkeypatch, DataMissing("the files are gone: install again"))
    assert main(["fail"]) == 70
    assert capsys.readouterr() == ("", "deskui: the files are gone: install again\n")
    assert not crash.log_file().exists()


def test_a_log_that_cannot_be_written_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _fails(monkeypatch, ZeroDivisionError("x"))
    Path(os.environ["XDG_STATE_HOME"], "deskui").write_text("in the way")
    assert main(["fail"]) == 70
    said = capsys.readouterr().err
    assert "the details could not be written" in said
    assert str(crash.log_file()) in said
    assert said.count("\n") == 1


def test_the_log_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash, "_MEBIBYTE", 2000)
    for _ in range(40):
        crash.record(ZeroDivisionError("x" * 200))
    logs = sorted(path.name for path in crash.log_file().parent.iterdir())
    assert logs == ["deskui.log", "deskui.log.1", "deskui.log.2", "deskui.log.3"]


def test_a_reader_that_goes_away_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "deskui", "--help"]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize(
    ("command", "ending", "code", "said"),
    [
        ("policy list", ">&-", 0, ""),
        ("policy list", ">/dev/full", 74, "the output cannot be written: No space left on device"),
        ("policy list --json", "2>&-", 0, ""),
        ("customer import -", "<&-", 2, "the file is empty"),
    ],
)
def test_streams_that_are_closed_or_full_are_no_error_of_ours(
    command: str, ending: str, code: int, said: str
) -> None:
    shell = f'"{sys.executable}" -m deskui {command} {ending}'
    done = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert said in done.stderr
    assert done.stderr.count("\n") <= 2
    assert "unexpected" not in done.stderr


def test_what_a_terminal_cannot_show_is_escaped() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "deskui", "policy", "list", "--json"],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert re.search("[ก-๙]", str(json.loads(done.stdout)))


def test_the_desk_does_not_open_without_a_terminal() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "deskui"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("deskui: the desk needs a terminal: run deskui in one")


def test_an_unknown_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nothing-like-it"]) == 2
    assert "nothing-like-it" in capsys.readouterr().err


def test_the_version_is_the_installed_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"deskui {version('deskui')}\n"


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"LANG": "en_US.UTF-8"}, "Exit codes"),
        ({"LANG": "th_TH.UTF-8"}, "รหัสจบ"),
        ({"LANG": "th_TH.UTF-8", "LC_ALL": "C.UTF-8"}, "Exit codes"),
        ({"LANG": "th_TH.UTF-8", "DESKUI_LANG": "en"}, "Exit codes"),
        ({"DESKUI_LANG": "TH"}, "รหัสจบ"),
        ({"DESKUI_LANG": "fr", "LANG": "th_TH.UTF-8"}, "รหัสจบ"),
    ],
)
def test_help_speaks_the_readers_language(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    environment: dict[str, str],
    word: str,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(["--help"]) == 0
    assert word in capsys.readouterr().out


@pytest.mark.parametrize("name", module._SUBCOMMANDS)
def test_every_subcommand_is_where_the_table_says(name: str) -> None:
    command = module._load(module._SUBCOMMANDS[name].place)
    assert isinstance(command, click.Command)
    assert command.name == name


def test_the_desk_is_where_it_is_said_to_be() -> None:
    assert callable(module._load(module._DESK))


def test_an_option_of_the_desk_itself_names_the_program_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--at", "soon"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("Usage: deskui [OPTIONS]")
    assert "deskui deskui" not in said


def test_a_message_never_steers_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _fails(monkeypatch, UsageProblem("two\nlines \x1b[31m\u202e"))
    assert main(["fail"]) == 2
    assert capsys.readouterr().err == "deskui: two\nlines  [31m \n"


def test_json_says_everything_and_steers_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    text = "ไทย\x1b\x7f\x9b\u200b\u2028\u202e\U000e0041\ud800\n"
    for indent in (None, 2):
        print_json({"text": text}, indent=indent)
        out = capsys.readouterr().out
        assert json.loads(out) == {"text": text}
        assert "ไทย" in out
        assert out.replace("\n", "").isprintable()
