"""Remapped keys: what may be chosen, what is refused and why; every place shows the key that works."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.command import CommandPalette
from textual.widgets import Static

from deskui.policy.decision import Text
from deskui.tui.app import DeskApp
from deskui.tui.catalogue import CATALOGUE
from deskui.tui.comfort import Comfort
from deskui.tui.keymap import EARLY, TOGETHER, Keys, chosen_keys, fixed_keys, shown_key, spelled_key
from deskui.tui.keys import both, clashes
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from tests.tui.driving import desk_screen, on_the_desk, press, screen_text, toasts, until
from tests.tui.fake_world import alive_desk

FREE = [
    "i",
    "l",
    "z",
    "B",
    "E",
    "G",
    "f11",
    "f12",
    "ctrl+b",
    "insert",
    "ctrl+f5",
    "shift+f3",
    "comma",
    "f1",
    "n",
    "c",
]


@pytest.fixture(autouse=True)
def _words_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said in passing stays until the test has looked, however slow the machine."""
    monkeypatch.setattr(DeskApp, "NOTIFICATION_TIMEOUT", 600)


def why(command: str, keys: str) -> str:
    chosen, problems = chosen_keys({command: keys})
    assert chosen == {}
    (problem,) = problems
    assert (problem.command, problem.found) == (command, keys)
    return problem.expected.en


@pytest.mark.parametrize(
    ("command", "keys", "expected"),
    [
        ("find", "5", "digits and / are text"),
        ("find", "/", "digits and / are text"),
        ("find", "slash", "digits and / are text"),
        ("find", "alt+up", "without Alt"),
        ("find", "Alt+n", "without Alt"),
        ("find", "ctrl+s", "Ctrl+S stops the terminal"),
        ("find", "Ctrl+Q", "Ctrl+Q is the terminal's"),
        ("find", "F10", "F10 opens the terminal's menu"),
        ("find", "ctrl+m", "Ctrl+M is Enter"),
        ("find", "ctrl+i", "Ctrl+I is Tab"),
        ("find", "ctrl+z", "suspends"),
        ("find", "tab", "another key"),
        ("find", "hyper+x", "the name of a key"),
        ("find", "nn", "the name of a key"),
        ("find", "f13", "the name of a key"),
        ("find", "ctrl+", "the name of a key"),
        ("find", "", "the name of a key"),
        ("find", "i,5", "digits and / are text"),
        ("find", "ื", "the name of a key"),
        ("find", "n", "n is that of call.new already (or move call.new as well)"),
        ("find", "k", "k moves in the queue"),
        ("find", "PageUp", "pageup moves in the queue"),
        ("call.on", "n", "a Ctrl or function key: letters are text there"),
        ("ring.take", "z", "a Ctrl or function key: letters are text there"),
        ("call.details", "ctrl+w", "text fields edit with this one"),
        ("call.details", "ctrl+n", "ctrl+n is that of call.fresh already"),
        ("question.unknown", "y", "letters answer the questions"),
        ("question.unknown", "ctrl+t", "ctrl+t is that of call.details already"),
        ("call.newer", "i", "a command that there is (perhaps call.new"),
        ("zzz", "i", "deskui config init lists them"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(command: str, keys: str, expected: str) -> None:
    assert expected in why(command, keys)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("i", "i"), ("?", "question_mark"), (",", "comma"), ("F7", "f7"), ("^b", "ctrl+b"),
        ("Ctrl+B", "ctrl+b"),
        ("Del", "delete"), ("i, F7", "i,f7"), ("i,i", "i"), ("PgDn,i", None),
    ],
)  # fmt: skip
def test_keys_may_be_written_as_people_do(keys: str, expected: str | None) -> None:
    chosen, _ = chosen_keys({"help": keys})
    assert chosen.get("help") == expected


def test_two_may_change_places_and_three_move_round() -> None:
    asked = {"call.new": "f", "find": "n", "cover": "w", "clock.why": "p", "ticket.pause": "e"}
    assert chosen_keys(asked) == (asked, [])


def test_one_that_loses_its_place_takes_no_other_with_it() -> None:
    """find may not have n once call.new keeps it; what is right beside them holds."""
    chosen, problems = chosen_keys({"call.new": "5", "find": "n", "help": "i"})
    assert chosen == {"help": "i"}
    assert [problem.command for problem in problems] == ["call.new", "find"]


def test_two_that_ask_for_the_same_key_both_keep_their_own() -> None:
    chosen, problems = chosen_keys({"find": "i", "cover": "i", "help": "l"})
    assert chosen == {"help": "l"}
    assert {problem.command for problem in problems} == {"find", "cover"}


def test_the_other_layout_counts() -> None:
    """M types ? with the Thai layout on, which is the key of the help page."""
    assert "question_mark" in both("M").split(",") or "?" in why("find", "M")
    assert "is that of help already" in why("find", "M")


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from([command.id for command in CATALOGUE]), st.sampled_from(FREE), max_size=8)
)
def test_no_keymap_makes_a_key_mean_two_things(asked: dict[str, str]) -> None:
    """The union of both layouts stays unique, whatever is asked for; nothing asked for is lost silently."""
    chosen, problems = chosen_keys(asked)
    assert {*chosen, *(problem.command for problem in problems)} == set(asked)
    keys = Keys(chosen)
    for scopes in TOGETHER:
        bound = [(command.id, command.all_keys) for command in keys.commands(*scopes)]
        assert clashes([*bound, *(fixed for scope in scopes for fixed in fixed_keys(scope))]) == []
    assert all(command.keys for command in keys.commands("desk", "call"))


def test_keys_as_people_read_them() -> None:
    shown = [
        shown_key(keys) for keys in ("n", "question_mark,f1", "ctrl+t", "shift+tab", "f7", "space", "down")
    ]
    assert shown == ["n", "?", "^t", "⇧Tab", "F7", "Space", "↓"]
    spelled = [
        spelled_key(keys) for keys in ("n", "question_mark", "ctrl+t", "shift+tab", "f7", "escape", "down")
    ]
    assert spelled == ["n", "?", "Ctrl+T", "Shift+Tab", "F7", "Esc", "Down"]


async def test_a_remapped_key_works_in_both_layouts_and_is_shown_everywhere() -> None:
    """New call on i (ร), the note where it was, help on F11; footer, palette and help page say so."""
    chosen, problems = chosen_keys({"call.new": "i", "ticket.note": "n", "help": "F11", "ticket.close": "z"})
    assert not problems
    async with on_the_desk(alive_desk(), comfort=Comfort(keys=chosen)) as (app, pilot):
        footer = screen_text(app).splitlines()[-1]
        assert " i New call" in footer
        assert " n Note" in footer
        assert " F11 Help" in footer
        await press(pilot, "f11")
        await until(pilot, lambda: "All keys" in screen_text(app), "help")
        lines = str(app.screen.query_one("#help-text", Static).content).splitlines()
        assert any(line.split()[:4] == ["i", "ร", "New", "call"] for line in lines)
        assert any(line.split()[0] == "F11" for line in lines if line.strip())
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "back")
        await press(pilot, "ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette), "palette")
        await press(pilot, "new call")
        await until(pilot, lambda: "New call · i" in screen_text(app), "the palette shows the key")
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "back")
        await press(pilot, "n")
        await until(pilot, lambda: app.focused is desk_screen(app).pane.note, "the note is on n")
        await press(pilot, "escape")
        await until(pilot, lambda: app.focused is desk_screen(app).queue, "queue")
        for key in ("i", "ร"):
            await press(pilot, key)
            await until(pilot, lambda: isinstance(app.screen, CallScreen), "call")
            await press(pilot, "escape")
            await until(pilot, lambda: isinstance(app.screen, DeskScreen), "desk")


async def test_a_command_that_asks_twice_asks_with_its_own_key() -> None:
    chosen, _ = chosen_keys({"quit": "z"})
    async with on_the_desk(alive_desk(), comfort=Comfort(keys=chosen)) as (app, pilot):
        await press(pilot, "q")
        await press(pilot, "z")
        await until(pilot, lambda: "z again leaves" in screen_text(app), "asked")
        await press(pilot, "ผ")
        await until(pilot, lambda: app._exit, "left, in the Thai layout")


async def test_what_could_not_be_used_is_said_when_the_desk_opens() -> None:
    problems = [Text("ก", "config.toml:3: theme: found 'pink'"), Text("ข", "b")]
    async with on_the_desk(alive_desk(), comfort=Comfort(problems=problems)) as (app, pilot):
        await until(pilot, lambda: toasts(app), "told")
        (told,) = toasts(app)
        assert told.startswith("2 things in your settings cannot be used")
        assert "config.toml:3: theme" in told
        assert "deskui config check" in told


def test_early_keys_follow_the_keymap() -> None:
    assert {"n", "thai_character_sara_uee", "q"} <= Keys().early
    moved = Keys({"call.new": "i"}).early
    assert "i" in moved
    assert "n" not in moved
    assert {command.id for command in CATALOGUE} >= EARLY
