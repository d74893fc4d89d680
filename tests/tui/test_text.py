"""The border that text from outside passes on its way to the screen."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size
from textual.app import App, ComposeResult
from textual.widgets import Static

from deskui.tui.text import (
    ELLIPSIS,
    LIMIT,
    MARKS_PER_BASE,
    assembled,
    clean,
    clean_lines,
    clusters,
    cut,
    fit,
    shown,
    shown_lines,
    side_by_side,
)
from tests.tui.hostile import HOSTILE

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
THAI = st.text(st.sampled_from("กนที่ั้ำเแโใไๆะา ab\u0e4d\u200b日"), max_size=40)


def harmless(text: str) -> None:
    """Fails when a character of `text` could act on a terminal or move a column."""
    for character in text:
        category = unicodedata.category(character)
        assert not category.startswith("C"), f"U+{ord(character):04X} ({category})"
        assert category not in ("Zl", "Zp")
        assert character not in "\u200b\u200c\u200d\ufe0f"
    text.encode("utf-8")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_harmless(text: str) -> None:
    one = clean(text)
    harmless(one)
    assert len(one) <= LIMIT
    assert "\n" not in one
    many = clean_lines(text)
    harmless(many.replace("\n", ""))


@given(st.one_of(ANY_TEXT, THAI), st.integers(1, 50))
def test_cleaning(text: str, limit: int) -> None:
    once = clean(text, limit)
    harmless(once)
    assert len(once) <= limit
    assert clean(once, limit) == once, "cleaning twice"
    assert "  " not in once
    assert once == once.strip(" ")
    marks = 0
    for at, character in enumerate(once):
        marks = marks + 1 if get_character_cell_size(character) == 0 else 0
        assert marks <= MARKS_PER_BASE
        assert not marks or (at and once[at - 1] != " "), "a mark needs a base"


@given(st.one_of(ANY_TEXT, THAI), st.integers(0, 30), st.booleans())
def test_fit_fills_its_columns_exactly(text: str, cells: int, right: bool) -> None:
    exact = fit(text, cells, right=right)
    assert cell_len(exact) == cells
    harmless(exact)
    assert "".join(clusters(exact)) == exact


@given(st.one_of(ANY_TEXT, THAI))
def test_lines(text: str) -> None:
    lines = clean_lines(text)
    harmless(lines.replace("\n", ""))
    assert "\n\n\n" not in lines
    assert clean_lines(lines) == lines


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Suksai Foods", "Suksai Foods"),
        ("  a \t b\n\nc ", "a b c"),
        ("a\xa0b\u3000c\u2028d", "a b c d"),
        ("a\x1b[2Jb", "a\ufffd[2Jb"),
        ("a\x9bb\x00", "a\ufffdb\ufffd"),
        ("a\u202eb", "a\ufffdb"),
        ("a\u200bb\ufe0f\u200dc\ufeff", "abc"),
        ("\ud83d", "\ufffd"),
        ("น\u0e4d\u0e49า", "น้ำ"),
        ("น\u0e49\u0e4dา", "น้ำ"),
        ("ท\u0e4dา", "ทำ"),
        ("\u0e49า", "\u25cc\u0e49า"),
        ("a \u0e35", "a \u25cc\u0e35"),
        ("ก" + "\u0e49" * 9 + "ข", "ก\u0e49\u0e49\u0e49ข"),
        ("[INC-42] [/]", "[INC-42] [/]"),
    ],
)
def test_clean_table(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_limit_ends_at_a_cluster_and_never_in_a_lone_vowel() -> None:
    text = "ที่นั่งเรียน"
    cuts = {limit: clean(text, limit) for limit in range(2, len(text))}
    assert all(value.endswith(ELLIPSIS) and len(value) <= limit for limit, value in cuts.items())
    assert cuts[9] == "ที่นั่ง…"
    assert cuts[4] == "ที่…"
    assert cuts[3] == "…"
    assert clean(text, len(text)) == text


def test_a_megabyte_costs_a_line() -> None:
    assert clean("\u200b" * 1_000_000 + "x", 20) == ELLIPSIS
    assert clean("ab " * 1_000_000, 8) == "ab ab a…"


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("ที่นั่งเรียน", 7, "ที่นั่งเรียน"),
        ("ที่นั่งเรียน", 6, "ที่นั่งเรี…"),
        ("ที่นั่งเรียน", 5, "ที่นั่ง…"),
        ("日本語", 4, "日…"),
        ("abc", 3, "abc"),
        ("abc", 2, "a…"),
        ("abc", 0, ""),
    ],
)
def test_cut(text: str, cells: int, expected: str) -> None:
    assert cut(text, cells) == expected


def test_fit_pads_on_either_side() -> None:
    assert fit("น้ำ", 4) == "น้ำ  "
    assert fit("4h18", 6, right=True) == "  4h18"


def test_clusters_keep_marks_on_their_base() -> None:
    assert clusters("ที่นั่ง") == ["ที่", "นั่", "ง"]
    assert clusters("abc") == ["a", "b", "c"]
    assert clusters("") == []


def test_notes_keep_their_lines() -> None:
    assert clean_lines("a\r\n b  c \u2028d\n\n\n\n\ne\n") == "a\nb c\nd\n\ne"


def test_content_is_never_markup() -> None:
    assert shown("[/] [b]x[/b]").plain == "[/] [b]x[/b]"
    assert shown("[x]", style="bold").plain == "[x]"
    assert shown_lines("[/]\n[@click=app.quit]").plain == "[/]\n[@click=app.quit]"


def test_assembled_parts_keep_their_columns() -> None:
    parts = [
        ("due ", ""),
        ("[/]", "bold"),
        ("  ", ""),
        ("a\x1b\tb\nน\u0e4dา", ""),
        (fit("x", 4, right=True), ""),
    ]
    assert assembled(parts).plain == "due [/]  a\ufffd b\nนำ   x"
    for text in HOSTILE.values():
        harmless(assembled([(text, "bold")]).plain.replace("\n", ""))


async def test_hostile_text_in_a_widget_neither_crashes_nor_acts() -> None:
    class Page(App[None]):
        def compose(self) -> ComposeResult:
            for text in HOSTILE.values():
                yield Static(shown(text))
                yield Static(shown_lines(text, 200))

    app = Page()
    async with app.run_test(size=(80, 60)) as pilot:
        await pilot.pause()
        for y in range(60):
            for segment in app.screen._compositor.render_strips()[y]:
                harmless(segment.text)
                assert segment.style is None or not segment.style.meta.get("@click")


@given(pieces=st.lists(THAI.filter(bool), min_size=1, max_size=8), cells=st.integers(0, 40))
def test_pieces_stand_side_by_side_and_none_is_parted(pieces: list[str], cells: int) -> None:
    lines = side_by_side([[(piece, "bold"), ("!", "")] for piece in pieces], cells)
    assert "".join(text for line in lines for text, style in line if style) == "".join(pieces)
    widest = max(assembled([(piece, "bold"), ("!", "")]).cell_length for piece in pieces)
    for line in lines:
        assert line[-1] == ("!", ""), "a piece ends with its line"
        assert assembled(line).cell_length <= max(cells, widest)
    for line, after in pairwise(lines):
        together = assembled(line).cell_length + 3 + assembled(after[:2]).cell_length
        assert together > cells, "there was room beside it"
