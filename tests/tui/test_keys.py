"""Keys and their twins on the Thai layout."""

from __future__ import annotations

import string
from typing import ClassVar

import pytest
from textual import events
from textual.app import App
from textual.binding import Binding
from textual.keys import _character_to_key

from deskui.desk.layout import THAI_OF
from deskui.tui.keys import Clash, both, clashes, key_name, twin
from tests.tui.typing_keys import type_text

LETTERS = string.ascii_letters


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("n", "n,thai_character_sara_uee"),
        ("f", "f,ด"),
        ("j", "j,thai_character_mai_ek"),
        ("N", "N,thai_character_thanthakhat"),
        ("u,down", "u,thai_character_sara_ii,down"),
        ("question_mark", "question_mark,ฦ"),
        ("?", "question_mark,ฦ"),
        ("M", "M,question_mark"),
        ("ctrl+p", "ctrl+p"),
        ("f1,escape,enter,tab,space,home", "f1,escape,enter,tab,space,home"),
        ("q,q", "q,ๆ"),
    ],
)
def test_both(keys: str, expected: str) -> None:
    assert both(keys) == expected


@pytest.mark.parametrize("key", [*"0123456789/", "slash"])
def test_what_a_number_may_hold_is_no_command(key: str) -> None:
    with pytest.raises(ValueError, match="can be no command"):
        both(key)


def test_names_are_those_of_textual() -> None:
    for character in [*THAI_OF, *THAI_OF.values()]:
        assert key_name(character) == _character_to_key(character)


def test_letters_have_distinct_twins() -> None:
    twins = [twin(letter) for letter in LETTERS]
    assert None not in twins
    assert len(set(twins)) == len(LETTERS)


def test_clashes_over_both_layouts() -> None:
    assert clashes([("new", "n"), ("find", "f,f3"), ("help", "question_mark,f1")]) == []
    assert clashes([("help", "?"), ("many", "M")]) == [Clash("question_mark", "help", "many")]
    assert clashes([("find", "f"), ("view", "v,ด")]) == [Clash("ด", "find", "view")]
    assert clashes([("a", "f5"), ("b", "f5")]) == [Clash("f5", "a", "b")]
    assert clashes([("a", "n,ื")]) == []


async def test_every_letter_works_with_either_layout_on() -> None:
    pressed: list[str] = []

    class Page(App[None]):
        BINDINGS: ClassVar = [Binding(both(letter), f"note('{letter}')") for letter in LETTERS]

        def action_note(self, letter: str) -> None:
            pressed.append(letter)

    app = Page()
    async with app.run_test() as pilot:
        await type_text(pilot, LETTERS)
        assert pressed == list(LETTERS)
        pressed.clear()
        await type_text(pilot, "".join(THAI_OF[letter] for letter in LETTERS))
        assert pressed == list(LETTERS)


def test_a_mark_arrives_under_its_name() -> None:
    event = events.Key(key_name("\u0e37"), "\u0e37")
    assert (event.key, event.is_printable) == ("thai_character_sara_uee", True)
