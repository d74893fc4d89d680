"""The WHO column: whose a ticket is and who looks at it now, both of them in whatever room there is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.style import Style

from deskui.tui.messages import Say
from deskui.tui.widgets.columns import columns
from deskui.tui.widgets.queue_line import line_segments, row_texts
from tests.tui.fake_desk import MONDAY
from tests.tui.fake_world import alive_desk

PLAIN = Style()


def _who(width: int, owner: str | None, *lookers: str) -> str:
    desk = alive_desk()
    row = replace(desk.rows([next(iter(desk.tickets))])[0], assignee=owner)
    zone = MONDAY.tzinfo
    assert zone is not None
    texts = row_texts(row, Say("en"), zone, MONDAY, lookers)
    names = [name for name, _ in columns(width - 3)]
    return [part.text for part in line_segments(texts, width, PLAIN, PLAIN)][names.index("who")].strip()


@pytest.mark.parametrize(
    ("owner", "lookers", "wide", "small"),
    [
        (None, (), "—", "—"),
        ("nok", (), "nok", "nok"),
        (None, ("ploy",), "— ◉ploy", "— ◉"),
        ("nok", ("art",), "nok ◉art", "nok ◉"),
        ("nok", ("ploy",), "nok◉ploy", "nok ◉"),
        ("ploy", ("ploy",), "ploy ◉", "ploy◉"),
        ("nok", ("art", "ploy"), "nok◉art", "nok ◉"),
        ("somchai", ("ploy",), "somchai◉", "som…◉"),
    ],
)
def test_both_facts_are_there(owner: str | None, lookers: tuple[str, ...], wide: str, small: str) -> None:
    assert (_who(120, owner, *lookers), _who(60, owner, *lookers)) == (wide, small)
