"""What is said of something wrong: complete in both languages, and nothing is said beside it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import deskui
from deskui.policy.common import common
from deskui.policy.said import Said, Unreadable

PLACEHOLDER = re.compile(r"\{(\w+)\}")
THAI = re.compile(r"[\u0e01-\u0e5b]")
ROOT = Path(deskui.__file__).parent
TREES = {path: ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "policy").rglob("*.py"))}


def _bare(text: str) -> str:
    return text.replace("{{", "").replace("}}", "")


def _calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function or method of one of these names, and where it stands."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if called in names:
                    yield f"{path.name}:{node.lineno}", node


@pytest.mark.parametrize("key", sorted(common().problems))
def test_a_message_has_its_words_in_both_languages_with_the_same_values(key: str) -> None:
    text = common().problems[key]
    names = PLACEHOLDER.findall(_bare(text.en))
    # why a day is not in the calendar is what Python says of it
    assert set(PLACEHOLDER.findall(_bare(text.th))) | {"why"} == {*names, "why"}
    values = {name: f"<{name}>" for name in names}
    for words in (text.th, text.en):
        assert words.format_map(values)
    if re.search("[a-z]", PLACEHOLDER.sub("", _bare(text.en))):
        assert THAI.search(text.th), text.th


def test_every_message_that_is_named_is_there_with_its_values() -> None:
    named = list(_calls("Said"))
    assert len(named) > 120
    for place, call in named:
        key = call.args[0]
        if isinstance(key, ast.Constant):
            given = {keyword.arg for keyword in call.keywords}
            if None not in given:
                assert given == set(PLACEHOLDER.findall(_bare(common().problems[str(key.value)].en))), place


def test_every_message_of_the_catalogue_is_said_somewhere() -> None:
    words = {
        node.value
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    made = {f"{kind}_{part}" for part in ("value", "key") for kind in ("own",)} | {"value_twice", "key_twice"}
    assert set(common().problems) - words - made == set()


def test_no_problem_has_words_of_its_own() -> None:
    noted = list(_calls("problem", "add", "Problem", "_expected", "Unreadable"))
    assert len(noted) > 90
    for place, call in noted:
        for part in (*call.args[-2:], *(keyword.value for keyword in call.keywords)):
            # a key, a file's name or a value may be text; words have spaces
            for node in ast.walk(part) if not isinstance(part, ast.Call) else ():
                assert not (isinstance(node, ast.Constant) and " " in str(node.value)), place
            assert not isinstance(part, ast.JoinedStr), place


def test_a_message_is_put_into_words_with_its_values_in_the_same_language() -> None:
    said = Said("either", one=Said("number"), other=Said("one_of", words=["ก", "ข"], near=""))
    assert said.text.th == "ตัวเลข หรือหนึ่งใน: ก, ข"
    assert str(said) == "a number; or one of: ก, ข"
    assert said == Said("either", one=Said("number"), other=Said("one_of", words=["ก", "ข"], near=""))
    assert said != Said("number")
    assert hash(said) == hash(Said("either"))
    # what comes from a file is shown as it is, braces and all
    assert Said("the_id", id="{x}").text.th == "รหัส {x}"
    assert str(Unreadable(Said("no_date", found="'x'"))).startswith("'x' is no date")
    with pytest.raises(KeyError):
        _ = Said("nobody says this").text
