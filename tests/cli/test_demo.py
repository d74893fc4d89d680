"""`deskui demo`: what may be said before it, the time its store keeps, and the folder it leaves to nobody."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskui import front
from deskui.cli.demofolder import PREFIX, demo_folder
from deskui.clock import Clock
from deskui.desk.desk import Desk
from tests.cli.commands import Deskui, runner

CURSOR = "▸".encode()
"""What stands beside the due time of tickets of the queue."""
PATIENCE = 60.0
"""Seconds that a loaded machine may take to open the demo."""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.delenv("DESKUI_DB", raising=False)
    monkeypatch.delenv("DESKUI_AGENT", raising=False)
    return folder


@pytest.fixture
def deskui(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Deskui:
    return runner(monkeypatch, capsys)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, datetime, front.Looks]]:
    """Who works, when, and how it looks, of every desk that is opened on a terminal."""
    found: list[tuple[str, datetime, front.Looks]] = []

    def run(connect: Callable[[], Desk], clock: Clock, looks: front.Looks, *_more: object) -> int:
        found.append((connect().agent.code, clock.now(), looks))
        return 0

    monkeypatch.setattr(front, "_run", run)
    return found


BEFORE = ("--lang", "th", "--agent", "art", "--theme", "light", "--plain", "--at", "2026-11-28T10:42")


def test_what_is_said_before_demo_holds_and_its_own_options_win(
    deskui: Deskui, shown: list[tuple[str, datetime, front.Looks]], tmp_path: Path
) -> None:
    kept = f"sqlite:///{tmp_path}/kept.sqlite"
    assert deskui("--db", kept, *BEFORE, "demo").code == 0
    assert (tmp_path / "kept.sqlite").exists()
    own = ("--lang", "en", "--agent", "ploy", "--theme", "night", "--at", "2026-11-23T10:42")
    assert deskui(*BEFORE, "demo", *own).code == 0
    assert deskui("demo").code == 0
    (art, saturday, before), (ploy, monday, after), (nok, _, bare) = shown
    assert (art, before) == ("art", front.Looks("th", "light", plain=True))
    assert saturday.date().isoformat() == "2026-11-28"
    assert (ploy, after) == ("ploy", front.Looks("en", "night", plain=True))
    assert monday.date().isoformat() == "2026-11-23"
    assert (nok, bare) == ("nok", front.Looks(None, None, plain=False))


def test_the_environment_names_no_store_for_a_demo(
    deskui: Deskui,
    shown: list[tuple[str, datetime, front.Looks]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It names the desk one works at, and its agent."""
    monkeypatch.setenv("DESKUI_DB", f"sqlite:///{tmp_path}/work.sqlite")
    monkeypatch.setenv("DESKUI_AGENT", "somchai")
    assert deskui("demo").code == 0
    assert not (tmp_path / "work.sqlite").exists()
    assert shown[0][0] == "nok"


def test_a_ring_takes_the_time_of_the_demo_it_is_for(
    deskui: Deskui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hook knows nothing of --at; the desk, months away from the machine's clock, sees it ring."""
    seen: list[tuple[list[str], datetime]] = []
    url = f"sqlite:///{tmp_path}/demo.sqlite"

    def run(connect: Callable[[], Desk], clock: Clock, looks: front.Looks, *_more: object) -> int:
        desk = connect()
        if not seen:
            assert deskui("ring", "0812345670", "--db", url, "--json").json["state"] == "ringing"
        now = clock.now()
        seen.append(([one.number for one in desk.rings() if one.rings_for(desk.agent.code, now)], now))
        return 0

    monkeypatch.setattr(front, "_run", run)
    assert deskui("demo", "--db", url, "--at", "2031-03-03T10:42").code == 0
    assert seen[0][0] == ["081 234 5670"]
    # opened again, it is still the demo's day
    assert deskui("--db", url, "--agent", "nok").code == 0
    assert seen[1][1].date().isoformat() == "2031-03-03"
    rows = deskui("ticket", "list", "--db", url, "--json").json
    assert max(row["received_at"] for row in rows if row.get("received_at")) < "2031-03-04"


def test_a_desk_of_ones_own_keeps_the_machines_time(
    deskui: Deskui, tmp_path: Path, shown: list[tuple[str, datetime, front.Looks]]
) -> None:
    url = f"sqlite:///{tmp_path}/own.sqlite"
    deskui("agent", "add", "nok", "Nok", "--db", url)
    deskui("--db", url, "--at", "2031-03-03T10:42")
    deskui("--db", url)
    assert [at.year for _, at, _ in shown] == [2031, datetime.now(UTC).year]


def test_whoever_comes_first_is_told_to_be_the_supervisor(deskui: Deskui, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/own.sqlite"
    deskui("customer", "add", "EM-1", "Test Trading", "--db", url)
    first = deskui("question", "answer", "1", "no", "--agent", "somchai", "--db", url)
    assert "somchai is the first, and its supervisor" in first.err
    assert "deskui agent add" in first.err
    assert "supervisor" not in deskui("question", "answer", "1", "no", "--agent", "somchai", "--db", url).err


# --- the folder

_HOLDS = """
import sys
from deskui.cli.demofolder import demo_folder
with demo_folder() as folder:
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder() -> Iterator[subprocess.Popen[str]]:
    """Another process with a demo's folder."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def test_a_demo_that_runs_keeps_its_folder_and_a_killed_ones_goes(holder: subprocess.Popen[str]) -> None:
    assert holder.stdout is not None
    theirs = Path(holder.stdout.readline().strip())
    with demo_folder() as mine:
        assert theirs.is_dir()
        (mine / "demo.sqlite").write_bytes(b"x")
    assert not mine.exists()
    holder.kill()
    holder.wait()
    assert theirs.is_dir()
    with demo_folder():
        assert not theirs.exists()


def test_what_another_program_called_so_stays(temporary: Path) -> None:
    (temporary / f"{PREFIX}notes").mkdir()
    (temporary / f"{PREFIX}link").symlink_to(temporary / f"{PREFIX}notes")
    with demo_folder():
        pass
    assert (temporary / f"{PREFIX}notes").is_dir()
    assert (temporary / f"{PREFIX}link").is_symlink()


def test_what_a_demo_left_that_was_killed_before_it_held_its_folder_goes(temporary: Path) -> None:
    bare, unnamed, held, full = (
        temporary / f"{PREFIX}{name}" for name in ("a1b2c3d_", "4e5f6g7h", "held0000", "full0000")
    )
    for folder in (bare, unnamed, held, full):
        folder.mkdir()
    for folder in (unnamed, held):
        (folder / "in-use.new").touch()
    (full / "letter.txt").write_text("mine")
    with (held / "in-use.new").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with demo_folder():
            assert sorted(folder.name for folder in (bare, unnamed, held, full) if folder.exists()) == [
                full.name,
                held.name,
            ]
    with demo_folder():
        assert not held.exists()
    assert (full / "letter.txt").read_text() == "mine"


@pytest.mark.parametrize("late", [False, True])
def test_a_folder_that_another_demo_took_for_left_over_is_made_again(
    temporary: Path, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    """Just before it is held, and while it is."""
    make, made, flock = tempfile.mkdtemp, list[Path](), fcntl.flock

    def mkdtemp(prefix: str) -> str:
        made.append(Path(make(prefix=prefix)))
        if len(made) == 1 and not late:
            made[0].rmdir()
        return str(made[-1])

    def take(lock: int, how: int) -> None:
        flock(lock, how)
        if len(made) == 1:
            shutil.rmtree(made[0])

    monkeypatch.setattr("tempfile.mkdtemp", mkdtemp)
    if late:
        monkeypatch.setattr("fcntl.flock", take)
    with demo_folder() as mine:
        assert mine.is_dir()
        assert len(made) == 2
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_demo_whose_terminal_goes_away_leaves_nothing(temporary: Path, number: signal.Signals) -> None:
    """By the signal alone, and by the end of the terminal itself."""
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover - another process
        os.environ |= {"TERM": "xterm-256color", "LINES": "24", "COLUMNS": "80"}
        os.execv(sys.executable, [sys.executable, "-m", "deskui", "demo", "--at", "2026-11-23T10:42"])
    _until_shown(terminal)
    assert list(temporary.glob(f"{PREFIX}*"))
    if number is signal.SIGHUP:
        os.close(terminal)
    else:
        os.kill(child, number)
    _ended(child, terminal if number is not signal.SIGHUP else None)
    assert not list(temporary.glob(f"{PREFIX}*"))


def test_a_file_written_while_the_folder_goes_keeps_it_for_nobody(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread that is not done yet writes once the files are gone and before the folder is."""
    remove, written = os.rmdir, list[Path]()

    def rmdir(path: str | Path, *, dir_fd: int | None = None) -> None:
        if not written:
            written.append(folder / "desk.sqlite-wal")
            written[0].write_bytes(b"late")
        remove(path, dir_fd=dir_fd)

    with demo_folder() as folder:
        monkeypatch.setattr(os, "rmdir", rmdir)
    assert written
    assert not list(temporary.glob(f"{PREFIX}*"))


def _until_shown(terminal: int) -> None:
    """Reads what the demo draws until a row of the queue is there."""
    seen, end = b"", time.monotonic() + PATIENCE
    while CURSOR not in seen:
        assert time.monotonic() < end, seen[-2000:]
        if select.select([terminal], [], [], 0.2)[0]:
            seen += os.read(terminal, 65536)


def _ended(child: int, terminal: int | None) -> None:
    end = time.monotonic() + PATIENCE
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        assert time.monotonic() < end, "it goes on"
        if terminal is not None and select.select([terminal], [], [], 0.05)[0]:
            try:
                os.read(terminal, 65536)
            except OSError:
                terminal = None
