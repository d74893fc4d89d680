"""The harness itself: a terminal that shows what is typed, a server that forgets."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.system.__main__ import main, missing
from tests.system.tmux import ScreenNeverShowed, Tmux

Terminal = Callable[..., Tmux]
ECHO = [
    sys.executable,
    "-c",
    "import os; print(sorted(os.environ)); [print('got', input('type:')) for _ in range(3)]",
]


def test_a_terminal_shows_thai_as_it_was_typed_and_counts_the_keys(terminal: Terminal) -> None:
    echo = terminal(ECHO)
    echo.wait_for("type:")
    echo.type("ที่นั่ง;")
    echo.send("Enter")
    echo.wait_for("got ที่นั่ง;")
    assert echo.keys == len("ที่นั่ง;") + 1


def test_pasting_presses_no_keys(terminal: Terminal) -> None:
    echo = terminal(ECHO)
    echo.wait_for("type:")
    echo.paste("เครื่อง 2\n")
    echo.wait_for(re.compile(r"^got เครื่อง 2$", re.MULTILINE))
    assert echo.keys == 0


def test_a_program_sees_no_environment_but_what_it_is_given(terminal: Terminal) -> None:
    echo = terminal(ECHO, env={"GIVEN": "1"})
    shown = echo.wait_for("type:").splitlines()[0]
    names = set(re.findall(r"'(\w+)'", shown))
    assert names == {"COLORTERM", "GIVEN", "LANG", "LC_ALL", "PATH", "TERM"}


def test_colours_are_there_when_asked_for(terminal: Terminal) -> None:
    red = terminal([sys.executable, "-c", r"input('\x1b[31mred\x1b[0m')"])
    red.wait_for("red")
    assert "\x1b[31mred" in red.screen(ansi=True)
    assert "\x1b" not in red.screen()


def test_the_size_is_as_asked_and_can_change(terminal: Terminal) -> None:
    show = "import os, signal\n"
    show += "def say(*_): print(*os.get_terminal_size())\n"
    show += "say(); signal.signal(signal.SIGWINCH, say); input()"
    sized = terminal([sys.executable, "-c", show], size=(80, 24))
    sized.wait_for("80 24")
    sized.resize(100, 30)
    sized.wait_for("100 30")


def test_waiting_ends_with_the_screen_in_the_message(terminal: Terminal) -> None:
    echo = terminal(ECHO)
    echo.wait_for("type:")
    with pytest.raises(ScreenNeverShowed, match="type:"):
        echo.wait_for("never", timeout=0.1)


def test_waiting_does_not_outlast_the_program(terminal: Terminal) -> None:
    ended = terminal([sys.executable, "-c", "raise SystemExit(3)"])
    assert ended.wait_for_exit() == 3
    with pytest.raises(ScreenNeverShowed, match="the program ended"):
        ended.wait_for("never", timeout=60)


def test_a_dropped_link_hangs_up_on_the_program(terminal: Terminal, tmp_path: Path) -> None:
    ended = tmp_path / "ended"
    os.mkfifo(ended)
    code = (
        "import signal, sys\n"
        "def bye(*_): open(sys.argv[1], 'w').write('hung up'); raise SystemExit\n"
        "signal.signal(signal.SIGHUP, bye)\n"
        "print('ready', flush=True)\n"
        "while True: signal.pause()"
    )
    waiting = terminal([sys.executable, "-c", code, str(ended)])
    waiting.wait_for("ready")
    waiting.drop_link()
    assert ended.read_text() == "hung up"


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_has_an_empty_database_that_sorts_alike_everywhere(pg_url: str, turn: int) -> None:
    with psycopg.connect(pg_url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        connection.execute("CREATE TABLE t (x text)")
        collation = connection.execute(
            "SELECT datcollate FROM pg_database WHERE datname = current_database()"
        )
        assert collation.fetchone() == ("C.UTF-8",)


def test_a_missing_program_is_named_with_the_command_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert missing({"here": lambda: True, "gone": lambda: False}) == ["gone"]
    monkeypatch.setattr("tests.system.__main__.missing", lambda: ["tmux", "postgresql"])
    assert main([]) == 2
    assert "apt-get install --no-install-recommends tmux postgresql" in capsys.readouterr().err
