"""Pictures have every word in its column."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.widgets import Static

from deskui.tui.pictures import CELL, svg, with_words_in_columns
from deskui.tui.text import shown
from tests.pictures import NoRenderer, png


class Page(App[None]):
    def compose(self) -> ComposeResult:
        yield Static(shown("ที่นั่ง & น้ำ <b> 1042"))
        yield Static("plain words")


def texts(picture: str) -> dict[str, tuple[float, float]]:
    """Each word with its place and length in cells."""
    found = re.findall(r'<text [^>]*?x="([\d.]+)"[^>]*?textLength="([\d.]+)"[^>]*>([^<]*)</text>', picture)
    return {unescape(text): (float(x) / CELL, float(length) / CELL) for x, length, text in found}


async def test_words_stand_in_their_cells() -> None:
    app = Page()
    async with app.run_test(size=(40, 5)) as pilot:
        await pilot.pause()
        picture = svg(app, "deskui")
    ET.fromstring(picture)
    words = texts(picture)
    line = "ที่นั่ง & น้ำ <b> 1042"
    for word in line.split():
        at, length = words[word]
        assert length == pytest.approx(cell_len(word))
        assert at == pytest.approx(cell_len(line[: line.index(word)]))
    assert words["words"] == pytest.approx((6, 5))


async def test_it_is_still_needed() -> None:
    app = Page()
    async with app.run_test(size=(40, 5)) as pilot:
        await pilot.pause()
        picture = app.export_screenshot()
    lengths = {text: length for text, (_, length) in texts(picture).items()}
    thai = next(text for text in lengths if "ที่" in text)
    assert lengths[thai] > cell_len(thai.replace("\u00a0", " ")) + 1
    assert with_words_in_columns(picture) != picture


def test_other_text_is_left_alone() -> None:
    title = '<text class="title" text-anchor="middle" x="10" y="2">a title</text>'
    assert with_words_in_columns(title) == title


def test_rendering(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = tmp_path / "a.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', encoding="utf-8")
    if shutil.which("rsvg-convert"):
        assert png(picture).read_bytes().startswith(b"\x89PNG")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoRenderer, match="librsvg2-bin"):
        png(picture)
