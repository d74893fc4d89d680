"""The table of both keyboard layouts."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskui.desk.layout import LATIN_OF, THAI_OF, to_latin, to_thai


def test_every_key_of_the_keyboard_types_something_of_its_own() -> None:
    assert set(THAI_OF) == set(string.printable) - set(string.whitespace)
    assert len(LATIN_OF) == len(THAI_OF) == 94


def test_all_of_thai_that_the_standard_puts_on_the_keyboard_is_there() -> None:
    thai = {chr(code) for code in range(0x0E01, 0x0E5C) if code not in range(0x0E3B, 0x0E3F)}
    # phinthu to thanthakhat are there; yamakkan, fongman, angkhankhu and khomut have no key
    assert thai - set(LATIN_OF) == set("\u0e4e\u0e4f\u0e5a\u0e5b")


@pytest.mark.parametrize(
    ("latin", "thai"),
    [
        ("l;ylfu", "สวัสดี"),
        ("gmlv[", "เทสอบ"),
        ("1234567890", "ๅ/-ภถ\u0e38\u0e36คตจ"),
        ("oEk", "นฎา"),
        ("n", "\u0e37"),
        ("f", "ด"),
        ("?", "ฦ"),
        ("M", "?"),
    ],
)
def test_known_words(latin: str, thai: str) -> None:
    assert to_thai(latin) == thai
    assert to_latin(thai) == latin


@given(st.text(st.sampled_from(string.printable.strip())))
def test_there_and_back(text: str) -> None:
    assert to_latin(to_thai(text)) == text


def test_what_has_no_key_stays() -> None:
    assert to_thai("é 日") == "é 日"
    assert to_latin("\u0e5b 日") == "\u0e5b 日"
