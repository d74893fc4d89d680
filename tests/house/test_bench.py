"""The benches' own plumbing, at small sizes: what they measure is what they say."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from deskui.clock import FixedClock
from deskui.desk import queue
from deskui.desk.model import ClockState
from deskui.store import open_store
from deskui.wiring import build_desk
from tests.bench import asked, decided, keys, replay, still, stored, writers
from tests.bench.__main__ import ROWS, main
from tests.bench.figures import Figure, Row, absolute, lines, percentile, ratio, summary
from tests.bench.programs import Bench
from tests.bench.reasons import explained, imports, policy_read
from tests.bench.seeded import AGENT, AT, Sizes, make
from tests.bench.terminal import Ended, Terminal

KINDS = ("ticket", "clock", "usage_entry", "event", "note", "change")
SIZES = Sizes(tickets=300, customers=60, open_tickets=120)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small store, made once."""
    path = tmp_path_factory.mktemp("bench") / "small.sqlite"
    make(path, SIZES)
    return path


def test_a_made_up_store_is_one_that_the_desk_could_have_written(store: Path) -> None:
    desk = build_desk(f"sqlite:///{store}", None, FixedClock(AT), AGENT)
    entries = desk.queue().entries
    assert len(entries) == SIZES.open_tickets
    assert {entry.band for entry in entries} >= {queue.BREACHED, queue.PROMISED, queue.UNPROMISED}
    rows = desk.rows([entry.ticket_id for entry in entries])
    running = {ClockState.RUNNING, ClockState.BREACHED}
    assert sum(row.clock is not None and row.clock.state in running for row in rows) == 60
    assert desk.record_breaches() == 0
    detail = desk.ticket(entries[0].ticket_id)
    assert detail.decision is not None
    assert detail.description
    assert desk.customer_card(detail.customer_id, detail.product_id).products
    desk.shut()


def test_its_books_are_whole(store: Path) -> None:
    with closing(sqlite3.connect(store)) as raw:
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        indexed = raw.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'ix_ticket_open'").fetchone()
        assert indexed == (1,)
    opened = open_store(f"sqlite:///{store}")
    with opened.uow() as uow:
        assert all(uow.events.chain_is_whole(number) for number in (1, 150, 300))
        assert uow.changes.last() == SIZES.tickets
    opened.close()


def test_the_same_numbers_make_the_same_store(store: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.sqlite"
    make(again, SIZES)
    contents = []
    for path in (store, again):
        with closing(sqlite3.connect(path)) as raw:
            contents.append([raw.execute(f"SELECT * FROM {name}").fetchall() for name in ("ticket", "clock")])
    assert contents[0] == contents[1]
    with pytest.raises(FileExistsError, match="delete it"):
        make(again, SIZES)


def test_clocks_that_end_soon_are_as_many_as_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "soon.sqlite"
    make(path, Sizes(20, 20, 20, running=1.0, soon=5))
    desk = build_desk(f"sqlite:///{path}", None, FixedClock(AT), AGENT)
    rows = desk.rows([entry.ticket_id for entry in desk.queue().entries])
    left = [row.clock.left.total_seconds() for row in rows if row.clock is not None]
    assert len(left) == 20
    assert sum(0 < seconds < 300 for seconds in left) >= 5
    desk.shut()


def test_a_callers_search_is_compared_hit_by_hit(store: Path) -> None:
    made = Bench(store.parent, store, rounds=1, sizes=SIZES)
    found = asked.rows_of_caller(made)
    assert [one.name for one in found] == ["caller by a fragment, 100,000 customers"]


def test_a_window_is_measured_beside_the_same_statements(store: Path) -> None:
    made = Bench(store.parent, store, rounds=1, sizes=SIZES)
    assert len(asked.rows_of_window(made)) == 4


def test_a_ticket_is_logged_twice_by_the_same_statements(tmp_path: Path) -> None:
    made = Bench(tmp_path, tmp_path / "none", rounds=1, sizes=SIZES)
    (found,) = stored.rows_of_ticket(made)
    assert found.found > 0
    counts = []
    for side in ("ours", "raw"):
        with closing(sqlite3.connect(tmp_path / f"logged-{side}.sqlite")) as raw:
            counts.append([raw.execute(f"SELECT count(*) FROM {name}").fetchone() for name in KINDS])
            assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    assert counts[0] == counts[1]


def test_statements_asked_again_change_the_same(store: Path, tmp_path: Path) -> None:
    ours, theirs = (replay.copy(store, tmp_path / f"{side}.sqlite") for side in ("ours", "raw"))
    desk = asked.opened(ours)
    with replay.heard() as transactions, closing(replay.connect(theirs)) as raw:
        desk.note(300, "tried")
        replay.ask_again(raw, transactions)
    desk.queue()
    desk.shut()
    assert any(one.writes for one in transactions)
    notes = []
    for path in (ours, theirs):
        with closing(sqlite3.connect(path)) as left:
            notes.append(left.execute("SELECT text, salt FROM note WHERE ticket_id = 300").fetchall())
    assert notes[0] == notes[1]
    assert notes[0][-1][0] == "tried"


def test_a_holiday_moves_the_clocks_that_reach_it(tmp_path: Path) -> None:
    made = Bench(tmp_path, tmp_path / "none", rounds=1, sizes=SIZES)
    few, most = stored.rows_of_replan(made)
    moved = [int(found[1]) for one in (few, most) if (found := re.search(r"(\d+) moved", one.detail))]
    assert 0 <= moved[0] < moved[1] <= SIZES.open_tickets
    # so few clocks cost more to plan than to write: the reason is always told here
    assert re.search(r"are spent where 0 tickets move", few.note)


def test_finding_and_sorting_say_how_many_there_are(store: Path) -> None:
    made = Bench(store.parent, store, rounds=1, sizes=SIZES)
    found = {one.name: one for one in asked.rows_of_look(made)}
    assert found["sort by customer"].detail.startswith("120 of 120 open")
    assert found["find 'zzzz'"].detail.startswith("0 of 120 open")
    assert not found["find 'clinic'"].detail.startswith("0 ")


def test_every_example_is_decided_in_the_bench(store: Path) -> None:
    made = Bench(store.parent, store, rounds=1, sizes=SIZES)
    p95, middle = decided.rows_of_facts(made)
    assert p95.found >= middle.found > 0
    assert {one.unit for one in decided.rows_of_worktime(made)} <= {"µs", "×"}


def test_writers_commit_all_they_were_asked_to(tmp_path: Path) -> None:
    path = tmp_path / "written.sqlite"
    make(path, Sizes(20, 20, 20))
    url = f"sqlite:///{tmp_path / 'filled.sqlite'}"
    writers.fill(url, path)
    written = writers.commits_by(url, 2, 3)
    assert written.rate > 0
    assert 0 < written.held <= written.longest
    filled = open_store(url)
    with filled.uow() as uow:
        assert len(uow.tickets.get(range(1, 100))) == writers.WRITERS
        assert [len(uow.events.of_ticket(number)) for number in (1, 2, 3)] == [3, 3, 0]
    filled.close()


def test_the_slowest_keys_are_told_with_their_turns() -> None:
    samples = [0.002] * 40
    samples[25] = 0.06
    samples[27] = 0.05
    assert "the slowest 2 of 40 keys (longest 60.0 ms, median 2.0) are of turns 3 of 4" in keys.slowest(
        samples
    )


def test_memory_is_told_by_the_hour() -> None:
    told = still.by_hour([184.2, 186.0], 3666)
    assert told.startswith("184, 186 MB by the hour; 3,666 targets became breaches; ")


def test_figures_say_whether_they_are_met() -> None:
    row = Row([0.2, 0.4, 0.3], [0.1, 0.2, 0.1], "yardstick")
    found = ratio("slow", row, 2.5)
    assert [found.found, found.least, found.most] == pytest.approx([3, 2, 3])
    assert not found.met
    assert ratio("fast", row, 3.1).met
    assert not ratio("few", row, 3.1, floor=True).met
    assert absolute("bytes", [3, 9, 5], 5, "B").met
    assert absolute("only told", [3], None, "B").met
    words = "\n".join(lines([found, absolute("bytes", [3, 9, 5], 5, "B", "beside 10 B")]))
    assert "slow" in words
    assert "3.00 ×" in words
    assert "≤ 2.5 ×  MISSED" in words
    assert "300 ms (200 to 400) against 100 ms (100 to 200) yardstick" in words
    assert found.to_json()["met"] is False


def test_what_is_missed_says_why() -> None:
    missed, met = absolute("slow", [9], 5, "ms"), absolute("bytes", [3], 5, "B")
    assert summary([missed, met]) == "2 figures, 1 missed\n    slow: not looked into"
    told = [explained(one, lambda: "imports 7 of 9 ms") for one in (missed, met)]
    assert summary(told) == "2 figures, 1 missed\n    slow: imports 7 of 9 ms"


def test_the_reasons_are_measured(store: Path) -> None:
    made = Bench(store.parent, store, rounds=1, sizes=SIZES)
    assert re.fullmatch(r"imports \d+ of 9000 ms \(Textual alone \d+\); .* paint \d+", imports(made, 9))
    reading = policy_read(made, "pharmasys", 9)
    found = re.fullmatch(r"imports (\d+) and reading the policy (\d+) of 9000 ms", reading)
    assert found is not None, reading
    assert int(found[1]) > 0


@pytest.mark.parametrize(("at", "found"), [(50, 5.5), (90, 9), (95, 10), (99, 10), (10, 1)])
def test_percentiles(at: float, found: float) -> None:
    assert percentile([10, 1, 9, 2, 8, 3, 7, 4, 6, 5], at) == found


ECHO = (
    "import sys, tty; tty.setraw(0); print('ready', flush=True)\nwhile c := sys.stdin.read(1): print(c * 3)"
)


def _terminal(source: str) -> Terminal:
    return Terminal([sys.executable, "-uc", source], {"PATH": "", "LC_ALL": "C.UTF-8"}, 40, 5)


def test_a_terminal_tells_when_and_how_much() -> None:
    with _terminal(ECHO) as terminal:
        first = terminal.until(b"ready")
        seconds, size = terminal.answer(b"x", quiet=0.3)
        assert first > 0
        assert seconds > 0
        assert size in (4, 5)
        terminal.type(b"y")
        assert terminal.until_screen(lambda lines: any("yyy" in line for line in lines)) > first
        assert terminal.memory > 1_000_000
        assert terminal.cpu_seconds >= 0


def test_a_program_that_ended_is_told() -> None:
    with (
        _terminal("raise SystemExit('no desk here')") as terminal,
        pytest.raises(Ended, match="no desk here"),
    ):
        terminal.until(b"never written")


def test_the_table_and_the_file_have_the_same_figures(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def measured(bench: Bench) -> list[Figure]:
        assert bench.million == store
        return [absolute("a figure", [4], 3, "B")]

    monkeypatch.setitem(ROWS, "frame", measured)
    file = tmp_path / "found.json"
    assert main(["frame", "--store", str(store), "--json", str(file)]) == 1
    assert "a figure" in capsys.readouterr().out
    (figure,) = json.loads(file.read_text())["figures"]
    assert (figure["name"], figure["found"], figure["met"]) == ("a figure", 4, False)


@pytest.mark.parametrize("wrong", [["nothing"], ["store"], ["store", "."]])
def test_a_wrong_command_line_ends_with_two(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err
