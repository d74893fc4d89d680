"""The queue by the line API: what it shows, asks for and says."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from rich.cells import cell_len
from textual import events
from textual.strip import Strip

from deskui.desk.model import TicketState
from deskui.policy.decision import Text
from deskui.tui.keys import key_name
from deskui.tui.widgets.columns import GAP, columns
from deskui.tui.widgets.left_column import LeftColumn
from deskui.tui.widgets.queue_list import QueueList
from tests.tui.clock_views import AT, HOUR, MINUTE, clock_view
from tests.tui.hostile import HOSTILE
from tests.tui.queue_app import QueueApp, ticket_row
from tests.tui.test_text import harmless
from tests.tui.typing_keys import type_text
from tests.tui.until import until


def drawn_lines(widget: QueueList | LeftColumn, drawn: list[int]) -> None:
    """From now on every line the widget draws is noted."""
    original = widget.render_line

    def noted(y: int) -> Strip:
        drawn.append(y)
        return original(y)

    widget.render_line = noted  # type: ignore[method-assign]


@pytest.mark.parametrize("width", range(20, 240))
def test_columns_fill_the_width(width: int) -> None:
    found = columns(width)
    assert sum(size for _, size in found) + GAP * (len(found) - 1) == width
    assert min(size for _, size in found) >= 1
    names = [name for name, _ in found]
    assert {"number", "customer"} <= set(names)
    assert names == [
        name for name in ("due", "number", "customer", "plan", "what", "state", "who") if name in names
    ]


def test_columns_go_in_order_of_need() -> None:
    kept = [{name for name, _ in columns(width)} for width in range(20, 120)]
    assert all(narrow <= wide for narrow, wide in pairwise(kept))
    assert "plan" not in dict(columns(54))
    assert {"due", "number", "customer", "what", "state"} <= set(dict(columns(46)))
    assert len(columns(67)) == 7, "an 80 column terminal shows all"


def test_a_wide_screen_gives_the_plan_its_name_once_what_has_enough() -> None:
    for width in range(20, 240):
        found = dict(columns(width))
        assert found.get("plan", 0) <= 14 or found["what"] >= 34
    assert dict(columns(136))["plan"] >= cell_len("in the yearly cycle")


async def test_rows_come_by_window_and_the_cursor_moves() -> None:
    app = QueueApp("en")
    async with app.run_test(size=(100, 22)) as pilot:
        app.queue.focus()
        app.give(100_000)
        await until(pilot, lambda: "payroll run fails" in app.lines()[2])
        assert (app.wanted[-1].first, app.wanted[-1].last) == (0, 59)
        await pilot.press("down", "down", "up")
        assert app.queue.ticket_id == 1
        await pilot.press("end")
        assert app.queue.ticket_id == 99_999
        await until(pilot, lambda: "100999" in app.lines()[20])
        assert all(message.last - message.first < 400 for message in app.wanted)
        await pilot.press("pageup")
        assert app.queue.ticket_id == 99_999 - 19
        await pilot.press("home", "pagedown")
        assert app.queue.ticket_id == 19
        await pilot.press("pageup", "pageup")
        assert app.queue.ticket_id == 0
        await pilot.press("up")
        assert app.queue.ticket_id == 0
        assert len(app.queue._rows) <= 2_000


async def test_another_size_draws_every_row_anew() -> None:
    app = QueueApp("en")
    async with app.run_test(size=(80, 12)) as pilot:
        app.give(40)
        await until(pilot, lambda: "Siam Parts" in app.lines()[4])
        for size in ((140, 30), (60, 20), (120, 24)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda size=size: app.left.region.height == size[1] - 2)  # type: ignore[misc]
            titles = {line.find("payroll") for line in app.lines() if "payroll" in line}
            assert len(titles) == 1, "every row has its columns at the same places"


async def test_letters_move_on_both_layouts() -> None:
    app = QueueApp()
    async with app.run_test(size=(100, 22)) as pilot:
        app.queue.focus()
        app.give(50)
        await type_text(pilot, "jjj\u0e48k")
        assert app.queue.ticket_id == 3
        await type_text(pilot, "า")
        assert app.queue.ticket_id == 2
        app.post_message(events.Key(key_name("\u0e48"), "\u0e48"))
        await until(pilot, lambda: app.queue.ticket_id == 3)


async def test_highlighted_only_after_a_rest_and_selected_at_once() -> None:
    app = QueueApp()
    async with app.run_test(size=(100, 22)) as pilot:
        app.queue.focus()
        app.give(50)
        await until(pilot, lambda: app.highlighted == [0])
        for _ in range(10):
            app.queue.action_move(1)
        await until(pilot, lambda: len(app.highlighted) > 1)
        assert app.highlighted == [0, 10]
        await pilot.press("enter")
        assert app.selected == [10]
        app.queue.set_order([], AT)
        await until(pilot, lambda: app.highlighted[-1] is None)
        await pilot.press("enter", "down", "end", "pagedown")
        assert app.selected == [10]


async def test_mouse() -> None:
    app = QueueApp()
    async with app.run_test(size=(100, 22)) as pilot:
        app.give(50)
        await pilot.pause()
        await pilot.click(app.queue, offset=(5, 4))
        assert app.queue.ticket_id == 4
        await pilot.click(app.queue, offset=(5, 7), times=2)
        assert app.selected == [7]
        app.give(3)
        await pilot.pause()
        await pilot.click(app.queue, offset=(5, 10))
        assert app.queue.ticket_id == 2


async def test_a_refresh_moves_neither_cursor_nor_scroll() -> None:
    app = QueueApp()
    async with app.run_test(size=(100, 22)) as pilot:
        app.queue.focus()
        app.give(1_000)
        app.queue.move_to(500)
        await pilot.pause()
        line = app.queue.cursor - app.queue.scroll_offset.y
        order = list(range(1_000))

        def refreshed(ids: list[int]) -> None:
            app.queue.set_order(ids, AT)
            assert app.queue.ticket_id == 500
            assert app.queue.cursor - app.queue.scroll_offset.y == line

        refreshed(order)
        refreshed([5_000, 5_001, 5_002, *order])
        refreshed([number for number in order if number % 3 or number == 500])
        refreshed(order[::-1])
        refreshed(order)
        await pilot.pause()
        # gone: the cursor stays where it is, on the next one
        app.queue.set_order([number for number in order if number != 500], AT)
        assert app.queue.ticket_id == 501
        assert app.queue.cursor - app.queue.scroll_offset.y == line
        app.queue.set_order(order[:10], AT)
        assert app.queue.ticket_id == 9
        app.queue.set_order(order, AT, keep_cursor_by_id=False)
        assert (app.queue.ticket_id, app.queue.scroll_offset.y) == (0, 0)


async def test_a_refresh_keeps_what_was_scrolled_to() -> None:
    app = QueueApp()
    async with app.run_test(size=(100, 22)) as pilot:
        app.give(1_000)
        await pilot.pause()
        app.queue.scroll_to(y=300, animate=False)
        await pilot.pause()
        app.queue.set_order([9_000, *range(1_000)], AT)
        await pilot.pause()
        assert app.queue.ticket_id == 0
        assert app.queue.scroll_offset.y == 301


async def test_a_reading_that_began_before_a_change_does_not_take_its_place() -> None:
    app = QueueApp("en")
    async with app.run_test(size=(100, 22)) as pilot:
        await pilot.pause()
        app.queue.set_order([1], AT)
        app.queue.set_rows([ticket_row(1, version=3, title="met at 10:42")], AT)
        app.queue.set_rows([ticket_row(1, version=2, title="claimed at 10:41")], AT)
        assert app.queue.row is not None
        assert (app.queue.row.version, app.queue.row.title) == (3, "met at 10:42")
        app.queue.set_rows([ticket_row(1, version=4, title="resolved at 10:43")], AT)
        assert (app.queue.row.version, app.queue.row.title) == (4, "resolved at 10:43")


async def test_old_rows_stay_until_new_ones_come() -> None:
    app = QueueApp("en")
    async with app.run_test(size=(100, 22)) as pilot:
        app.give(50)
        await until(pilot, lambda: "payroll" in app.lines()[2])
        app.answers = False
        before, asked = app.lines(), len(app.wanted)
        app.queue.set_order(range(50), AT)
        await until(pilot, lambda: len(app.wanted) == asked + 1)
        assert app.lines() == before
        app.queue.set_rows([ticket_row(1, title="printer on fire")], AT)
        await until(pilot, lambda: "printer on fire" in app.lines()[2])


async def test_a_row_that_is_not_there_yet_says_so() -> None:
    app = QueueApp()
    app.answers = False
    async with app.run_test(size=(100, 22)) as pilot:
        app.give(3)
        await pilot.pause()
        assert "…" in app.lines()[1]
        asked = len(app.wanted)
        # one of them is gone: it is not asked for again and again
        app.queue.set_rows([ticket_row(0), ticket_row(2)], AT)
        await pilot.pause()
        assert len(app.wanted) == asked
        assert app.queue.row is not None
        app.queue.move_to(1)
        assert app.queue.row is None
        assert not app.queue.move_to(77)


async def test_an_unchanged_refresh_sends_nothing() -> None:
    app = QueueApp()
    async with app.run_test(size=(100, 22)) as pilot:
        app.give(50)
        await until(pilot, lambda: bool(app.wanted))
        await pilot.pause()
        drawn: list[int] = []
        drawn_lines(app.queue, drawn)
        asked = len(app.wanted)
        app.give(50)
        await until(pilot, lambda: len(app.wanted) > asked)
        await pilot.pause()
        assert drawn == []
        app.changes[3] = {"title": "new"}
        app.give(50)
        await until(pilot, lambda: bool(drawn))
        await pilot.pause()
        assert set(drawn) == {3}


async def test_an_empty_list_says_what_to_do() -> None:
    app = QueueApp("en")
    async with app.run_test(size=(100, 22)) as pilot:
        app.queue.set_empty("Nothing here.\nv shows [another] view")
        app.queue.set_order([], AT)
        await pilot.pause()
        text = "\n".join(app.lines())
        assert "Nothing here." in text
        assert "v shows [another] view" in text
        assert app.queue.ticket_id is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"due_at": AT + HOUR, "clock": clock_view(HOUR)}, "Mon 11:42"),
        ({"due_at": AT + 20 * 24 * HOUR, "clock": clock_view(HOUR)}, "13 Dec 10:42"),
        ({"due_at": None, "clock": None, "deferred_until": AT + 24 * HOUR}, "→Tue 10:42"),
        ({"due_at": None, "clock": None}, "—"),
        ({"title": "", "service_name": Text("x", "Database move")}, "Database move"),
        ({"state": TicketState.ON_HOLD}, "on hold"),
    ],
)
async def test_cells(changes: dict[str, object], expected: str) -> None:
    app = QueueApp("en")
    app.changes[0] = changes
    async with app.run_test(size=(120, 22)) as pilot:
        app.give(1)
        await until(pilot, lambda: expected in app.lines()[1])


async def test_a_deferral_is_a_word_for_a_screen_reader() -> None:
    """The arrow would read as the cursor does."""
    app = QueueApp("en")
    app.add_class("-plain")
    app.changes[0] = {"due_at": None, "clock": None, "deferred_until": AT + 24 * HOUR}
    async with app.run_test(size=(120, 22)) as pilot:
        app.give(1)
        await until(pilot, lambda: "from Tue 10:42" in app.lines()[1])


async def test_language_changes_at_once() -> None:
    app = QueueApp("en")
    async with app.run_test(size=(120, 22)) as pilot:
        app.give(3)
        await until(pilot, lambda: "open" in app.lines()[1])
        app.say.language = "th"
        app.queue.relabel()
        await until(pilot, lambda: "ทำอยู่" in app.lines()[1])
        assert "ลูกค้า" in app.queue.heading(80).plain


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20)])
async def test_hostile_rows_do_nothing(size: tuple[int, int]) -> None:
    app = QueueApp()
    for number, text in enumerate(HOSTILE.values()):
        app.changes[number] = {
            "title": text,
            "customer": text,
            "plan": Text(text, text),
            "assignee": text,
            "service_name": Text(text, text),
        }
    async with app.run_test(size=size) as pilot:
        app.queue.set_empty(HOSTILE["title escape"])
        app.give(len(HOSTILE))
        await until(pilot, lambda: bool(app.wanted))
        await pilot.pause()
        for line in app.lines():
            harmless(line)
            assert cell_len(line) == size[0]
        assert app.is_running


async def test_a_million_tickets() -> None:
    app = QueueApp()
    async with app.run_test(size=(100, 22)) as pilot:
        app.queue.focus()
        app.give(1_000_000)
        await pilot.press("end")
        await until(pilot, lambda: app.queue.row is not None)
        assert app.queue.ticket_id == 999_999


async def test_the_column_ticks_by_minutes_and_by_seconds_on_the_selected_row() -> None:
    app = QueueApp()
    async with app.run_test(size=(100, 22)) as pilot:
        app.give(8)
        app.queue.move_to(2)
        await until(pilot, lambda: "48:00" in app.lines()[3])

        def left() -> list[str]:
            return [line[1:9].strip() for line in app.lines()[1:9]]

        assert [text[:1] for text in left()] == ["▲", "!", "!", "4", "☾", "⏸", "ม", "~"]
        before = left()
        drawn: list[int] = []
        column = app.left
        drawn_lines(column, drawn)
        app.clock.advance(timedelta(seconds=1))
        column.follow()
        await pilot.pause()
        after = left()
        changed = [now for was, now in zip(before, after, strict=True) if was != now]
        assert changed == ["!   2:47", "!  47:59", "4h17", "~5h59"]
        assert set(drawn) == {1, 2, 3, 7}
        drawn.clear()
        column.follow()
        await pilot.pause()
        assert drawn == []


async def test_a_calendar_that_has_closed_is_read_anew() -> None:
    app = QueueApp()
    app.changes[0] = {"clock": clock_view(HOUR, next_change=AT + 10 * MINUTE)}
    async with app.run_test(size=(100, 22)) as pilot:
        app.give(1)
        await until(pilot, lambda: bool(app.wanted))
        await pilot.pause()
        asked = len(app.wanted)
        app.clock.advance(10 * MINUTE)
        app.left.follow()
        await until(pilot, lambda: len(app.wanted) == asked + 1)
        app.left.follow()
        await pilot.pause()
        assert len(app.wanted) == asked + 1
