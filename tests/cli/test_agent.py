"""`deskui agent`: the people of the desk."""

from __future__ import annotations

import pytest

from tests.cli.desks import HOSTILE, Run, safe


def test_people_are_added_and_listed(empty: Run) -> None:
    first = empty("agent", "add", "ploy", "พลอย", "--particle", "ค่ะ", "--json")
    shape = {"code": "ploy", "name": "พลอย", "particle": "ค่ะ", "language": "th", "supervisor": True}
    assert (first.code, first.json) == (0, shape)
    second = empty("agent", "add", "art", "Art", "--language", "en")
    assert (second.code, second.err) == (0, "")
    listed = empty("agent", "list", "--json").json
    assert [(one["code"], one["supervisor"]) for one in listed] == [("art", False), ("ploy", True)]
    assert [line.split()[0] for line in empty("agent", "list").out.splitlines()] == ["art", "ploy"]


def test_a_code_is_given_once(desk: Run) -> None:
    done = desk("agent", "add", "nok", "Another")
    assert (done.code, done.out) == (1, "")
    assert "nok already" in done.err
    assert len(desk("agent", "list", "--json").json) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("two words", "x"), "CODE"),
        (("", "x"), "CODE"),
        (("c" * 33, "x"), "32"),
        (("x\x1b[m", "x"), "CODE"),
        (("x", " \u202e "), "NAME"),
        (("x", "x", "--particle", "ค" * 17), "--particle"),
        (("x", "x", "--language", "fr"), "fr"),
        (("x", "x", "--agent", "ghost"), "art, nok"),
        (("x",), "NAME"),
    ],
)
def test_what_cannot_be_a_person(desk: Run, arguments: tuple[str, ...], said: str) -> None:
    done = desk("agent", "add", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert safe(done.err)
    assert len(desk("agent", "list", "--json").json) == 2


def test_a_hostile_name_is_cleaned(desk: Run) -> None:
    assert desk("agent", "add", "x", HOSTILE).code == 0
    for more in ((), ("--json",)):
        listed = desk("agent", "list", *more).out
        assert "evil" in listed
        assert safe(listed)
