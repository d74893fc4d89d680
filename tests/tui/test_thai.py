"""Thai in Textual and Rich: each correction works, and each is still needed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from threading import Event

import pytest
import rich._wrap
import textual._wrap
from rich.cells import cell_len, chop_cells, get_character_cell_size
from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Input, TextArea

from deskui.tui import thai
from deskui.tui.text import clusters
from deskui.tui.thai import ThaiInput, breaks, install
from deskui.tui.thai_area import ThaiTextArea
from tests.tui.driving import PATIENCE, on_the_desk, screen_text, until
from tests.tui.fake_world import alive_desk
from tests.tui.hostile import HOSTILE
from tests.tui.test_text import harmless
from tests.tui.typing_keys import type_text

WORDS = "ระบบเงินเดือนคำนวณภาษีไม่ผ่านหลังจากอัปเดตอินเทอร์เน็ตใหม่"
SEATS = "ที่นั่งเรียน"
LEADING = "เแโใไ"
TRAILING = "ะาำๅๆ"


@pytest.fixture(autouse=True)
def _as_they_came(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test starts with Rich and Textual as they came, and without a dictionary."""
    monkeypatch.setattr(rich._wrap, "words", thai.original_words)
    monkeypatch.setattr(textual._wrap, "chunks", thai.original_chunks)
    monkeypatch.setattr(Segment, "_split_cells", thai.original_split)
    monkeypatch.setattr(Content, "truncate", thai.original_truncate)
    monkeypatch.setattr(Text, "truncate", thai.original_text_truncate)
    monkeypatch.setattr(thai, "_segmenter", None)
    yield
    thai.forget_words()


def both_wraps(text: str, width: int) -> tuple[list[str], list[str]]:
    """The text as Static wraps it, and as TextArea does."""
    offsets = [0, *textual._wrap.compute_wrap_offsets(text, width, 4), len(text)]
    area = [text[a:b].rstrip() for a, b in pairwise(offsets)]
    return [line.plain.rstrip() for line in Content(text).wrap(width)], area


def lines_of(text: str, width: int) -> list[str]:
    """The text as both wrap it: in words without spaces they are of one mind."""
    static, area = both_wraps(text, width)
    assert static == area
    return static


def bad_breaks(width: int) -> int:
    lines = lines_of(WORDS, width)
    return sum(line[0] in TRAILING for line in lines[1:]) + sum(line[-1] in LEADING for line in lines[:-1])


def test_wrap_without_dictionary_breaks_no_syllable_apart() -> None:
    install()
    assert sum(map(bad_breaks, range(8, 60))) == 0
    for width in range(8, 60):
        lines = lines_of(WORDS, width)
        assert "".join(lines) == WORDS
        assert all(cell_len(line) <= width for line in lines)
        assert all(get_character_cell_size(line[0]) for line in lines)


def test_wrap_by_words() -> None:
    install()
    assert thai.load_words()
    words = {"ระบบ", "เงิน", "เดือน", "คำนวณ", "ภาษี", "ไม่", "ผ่าน", "หลัง", "จาก"}
    pieces = [WORDS[a:b] for a, b in zip([0, *breaks(WORDS)], [*breaks(WORDS), len(WORDS)], strict=True)]
    assert "".join(pieces) == WORDS
    assert words & set(pieces) > {"ระบบ", "คำนวณ", "ภาษี"}
    assert breaks("😀" + WORDS)[-1] == breaks(WORDS)[-1] + 1
    starts = {0, *breaks(WORDS)}
    for width in range(14, 60):
        at = 0
        for line in lines_of(WORDS, width):
            assert at in starts
            at += len(line)


async def test_what_was_drawn_before_the_dictionary_came_is_drawn_by_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    painted, load = Event(), thai.load_words
    monkeypatch.setattr(thai, "load_words", lambda: painted.wait(PATIENCE) and load())
    desk = alive_desk()
    note = "ab" + WORDS * 3
    desk.note(desk.queue("all").entries[0].ticket_id, note)
    async with on_the_desk(desk, language="th") as (app, pilot):
        head = screen_text(app).index(note[:10])
        drawn = screen_text(app)[head:].split("│")[0].strip()
        assert note.startswith(drawn)
        assert not thai.knows_words()
        # whatever else draws the pane again, the rest of the screen is said anew too
        anew, say_anew = Event(), app.say_anew

        def told_anew() -> None:
            say_anew()
            anew.set()

        monkeypatch.setattr(app, "say_anew", told_anew)
        painted.set()
        await until(pilot, thai.knows_words, "loaded")
        assert len(drawn) not in breaks(note), "inside a word"
        await until(pilot, anew.is_set, "said anew")
        await until(pilot, lambda: drawn not in screen_text(app), "drawn anew")
        by_words = screen_text(app)[head:].split("│")[0].strip()
        assert len(by_words) in breaks(note)


def test_wrap_is_still_needed() -> None:
    assert sum(map(bad_breaks, range(8, 60))) > 10


def test_wrap_leaves_english_and_spaces_alone() -> None:
    text = "one two  three, four-five (six) seven"
    before = [both_wraps(text, width) for width in range(4, 30)]
    install()
    assert [both_wraps(text, width) for width in range(4, 30)] == before


def test_the_dictionary_is_not_loaded_at_start() -> None:
    code = "import sys, deskui.tui.thai as t; t.install(); sys.exit('icu4py' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_the_extra_there_is_still_a_wrap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icu4py.breakers", None)
    install()
    assert not thai.load_words()
    assert bad_breaks(12) == 0


def wrong_splits() -> int:
    wrong = 0
    for text in (SEATS, WORDS, "น้ำ|ที่นั่ง", "日本ที่"):
        for cut in range(1, cell_len(text)):
            before, after = Segment(text).split_cells(cut)
            wrong += cell_len(before.text) != cut
            wrong += bool(after.text and get_character_cell_size(after.text[0]) == 0)
            wrong += cell_len(before.text) + cell_len(after.text) != cell_len(text)
    return wrong


def test_segments_are_split_between_clusters() -> None:
    install()
    assert wrong_splits() == 0
    assert Segment("abc").split_cells(5) == (Segment("abc"), Segment(""))


def test_segment_split_is_still_needed() -> None:
    assert wrong_splits() > 0


def lone_vowels() -> int:
    lone = 0
    for width in range(2, cell_len(WORDS)):
        cut = Content(WORDS).truncate(width, ellipsis=True)
        text = Text(WORDS)
        text.truncate(width, overflow="ellipsis")
        assert cut.plain == text.plain
        assert cut.cell_length == width
        lone += cut.plain.rstrip(" …")[-1] in LEADING
    return lone


def test_no_lone_vowel_before_an_ellipsis() -> None:
    install()
    assert lone_vowels() == 0
    styled = Content.styled(SEATS, "bold").truncate(5, ellipsis=True)
    assert (styled.plain, styled.cell_length) == ("ที่นั่ง… ", 5)


def test_truncate_is_still_needed() -> None:
    assert lone_vowels() > 0


def test_installing_twice_is_the_same() -> None:
    install()
    once = (rich._wrap.words, textual._wrap.chunks, Content.truncate, Text.truncate)
    install()
    assert (rich._wrap.words, textual._wrap.chunks, Content.truncate, Text.truncate) == once
    assert wrong_splits() == 0


class Fields(App[None]):
    def compose(self) -> ComposeResult:
        yield ThaiInput(SEATS, "[/] \x1b[2J", id="one", select_on_focus=False)
        yield ThaiTextArea(SEATS + "\nข้อ", placeholder="[/]", id="many")


async def test_input_moves_and_deletes_by_cluster() -> None:
    app = Fields()
    async with app.run_test(size=(40, 20)) as pilot:
        field = app.query_one("#one", ThaiInput)
        field.focus()
        await pilot.press("end")
        stops = [field.cursor_position]
        while field.cursor_position:
            await pilot.press("left")
            stops.append(field.cursor_position)
        ends = [0]
        for cluster in clusters(SEATS):
            ends.append(ends[-1] + len(cluster))
        assert stops[::-1] == ends
        again = [0]
        while field.cursor_position < len(SEATS):
            await pilot.press("right")
            again.append(field.cursor_position)
        assert again == ends
        await pilot.press("home", "delete")
        assert field.value == "นั่งเรียน"
        await pilot.press("right", "backspace")
        assert field.value == "นังเรียน"
        await pilot.press("home", "shift+right", "shift+right")
        assert field.selected_text == "นัง"
        await pilot.press("shift+left", "delete")
        assert field.value == "งเรียน"


async def test_typing_marks() -> None:
    app = Fields()
    async with app.run_test(size=(40, 20)) as pilot:
        field = app.query_one("#one", ThaiInput)
        field.value = "กข"
        field.focus()
        await pilot.press("home", "right")
        await type_text(pilot, "ี่น้ำ")
        assert field.value == "กี่น้ำข"
        assert field.cursor_position == len("กี่น้ำ")
        area = app.query_one("#many", ThaiTextArea)
        area.focus()
        await type_text(pilot, "ที่")
        assert area.text == "ที่" + SEATS + "\nข้อ"


@pytest.mark.parametrize(("cell", "index"), [(0, 0), (1, 3), (2, 6), (6, 11), (7, 12), (20, 12)])
async def test_clicks_land_where_they_look(cell: int, index: int) -> None:
    app = Fields()
    async with app.run_test(size=(40, 20)) as pilot:
        field = app.query_one("#one", ThaiInput)
        await pilot.click(field, offset=(field.gutter.left + cell, 1))
        assert field.cursor_position == index


async def test_what_is_pasted_is_limited_and_harmless() -> None:
    app = Fields()
    async with app.run_test(size=(40, 20)) as pilot:
        field = app.query_one("#one", ThaiInput)
        area = app.query_one("#many", ThaiTextArea)
        for text in HOSTILE.values():
            field.value = ""
            field.focus()
            app.post_message(events.Paste(text))
            await pilot.pause()
            harmless(field.value)
            assert len(field.value) <= 400
            field.value = text[:1000]
            harmless(field.value)
            area.load_text("")
            area.focus()
            app.post_message(events.Paste(text))
            await pilot.pause()
            harmless(area.text.replace("\n", ""))
            assert len(area.text) <= 8_000
            area.load_text(text)
            harmless(area.text.replace("\n", ""))
        field.value = "a"
        field.focus()
        app.post_message(events.Paste("b\nc\n"))
        await pilot.pause()
        assert field.value == "ab c"


async def test_placeholders_are_plain() -> None:
    app = Fields()
    async with app.run_test(size=(40, 20)) as pilot:
        field = app.query_one("#one", ThaiInput)
        field.value = ""
        app.query_one("#many", ThaiTextArea).load_text("")
        app.query_one("#many", ThaiTextArea).placeholder = "[/] again"
        await pilot.pause()
        assert field.placeholder == "[/] \ufffd[2J"


async def test_the_cursor_lights_a_letter_with_its_marks() -> None:
    """Apart from its letter a mark is drawn over nothing, or over the cell before it."""
    app = Fields()
    async with app.run_test() as pilot:
        field = app.query_one("#one", ThaiInput)
        field.focus()
        await pilot.pause()
        assert field.has_focus
        for value, placeholder, lit in (("", "ที่ว่าง", "ที่"), ("ผู้แทน", "", "ผู้")):
            field.placeholder, field.value, field.cursor_position = placeholder, value, 0
            field._cursor_visible = True
            first = next(segment.text for segment in field.render_line(0) if segment.text)
            assert first == lit
        field.placeholder, field.value = "ที่ว่าง", ""
        assert field.render_line(0).text.startswith("ที่ว่าง ")
        assert field.render_line(0).cell_length == field.scrollable_content_region.width + 1
        # one that is too long says that there is more
        field.placeholder = "ที่ว่าง" * field.scrollable_content_region.width
        assert field.render_line(0).text.rstrip().endswith("…")
        assert field.render_line(0).cell_length == field.scrollable_content_region.width + 1


async def test_area_moves_and_deletes_by_cluster() -> None:
    app = Fields()
    async with app.run_test(size=(40, 20)) as pilot:
        area = app.query_one("#many", ThaiTextArea)
        area.focus()
        stops = [area.cursor_location]
        while area.cursor_location[0] == 0:
            await pilot.press("right")
            stops.append(area.cursor_location)
        assert [column for row, column in stops if row == 0] == [0, 3, 6, 7, 8, 10, 11, 12]
        back = [area.cursor_location]
        while area.cursor_location != (0, 0):
            await pilot.press("left")
            back.append(area.cursor_location)
        assert back[::-1] == stops
        await pilot.press("delete")
        assert area.text == "นั่งเรียน\nข้อ"
        await pilot.press("right", "backspace")
        assert area.text == "นังเรียน\nข้อ"
        await pilot.press("ctrl+z")
        assert area.text == "นั่งเรียน\nข้อ"


async def test_the_fields_are_still_needed() -> None:
    class Plain(App[None]):
        def compose(self) -> ComposeResult:
            yield Input(SEATS, id="one", select_on_focus=False)
            yield TextArea(SEATS, id="many")

    app = Plain()
    async with app.run_test(size=(40, 20)) as pilot:
        field = app.query_one("#one", Input)
        field.focus()
        await pilot.press("home", "right")
        assert field.cursor_position == 1, "stops on a mark"
        await pilot.press("home", "delete")
        assert field.value == SEATS[1:], "leaves orphan marks"
        field.value = SEATS
        await pilot.click(field, offset=(field.gutter.left + 7, 1))
        assert field.cursor_position == 7, "cell taken for an index"
        area = app.query_one("#many", TextArea)
        area.focus()
        await pilot.press("home", "delete")
        assert area.text == SEATS[1:]


def test_chopping_keeps_clusters_whole() -> None:
    assert all(get_character_cell_size(line[0]) for line in chop_cells(WORDS, 5))
