"""The catalogue: one table of every key in both layouts, every action there, words in both languages."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from textual.binding import Binding

import deskui.tui
from deskui.tui.app import DeskApp
from deskui.tui.catalogue import CATALOGUE, SCOPES, Command, bindings
from deskui.tui.keymap import EARLY, TOGETHER
from deskui.tui.keys import clashes
from deskui.tui.messages import LANGUAGES, MESSAGES, Say
from deskui.tui.modals.asked import AskedScreen
from deskui.tui.modals.problems import ProblemsScreen
from deskui.tui.panes.questions import QuestionsPane
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from deskui.tui.widgets.queue_list import QueueList

OWNERS: dict[str, type] = {
    "asked": AskedScreen,
    "problems": ProblemsScreen,
    "app": DeskApp,
    "desk": DeskScreen,
    "call": CallScreen,
    "questions": QuestionsPane,
}


@pytest.mark.parametrize("scopes", TOGETHER)
def test_no_key_means_two_things_over_both_layouts(scopes: tuple[str, ...]) -> None:
    bound = [(command.id, command.keys) for command in CATALOGUE if command.scope in scopes]
    if "desk" in scopes:
        moves = [binding for binding in QueueList.BINDINGS if isinstance(binding, Binding)]
        bound += [(f"queue {binding.action}", binding.key) for binding in moves]
    assert not clashes(bound)


@pytest.mark.parametrize("command", CATALOGUE, ids=lambda command: command.id)
def test_every_command_can_be_done_and_is_told(command: Command) -> None:
    assert command.scope in SCOPES
    owner = DeskApp if command.owner == "app" else OWNERS[command.scope]
    assert callable(getattr(owner, f"action_{command.action}"))
    for text in (command.name, command.help):
        assert text.th.strip()
        assert text.en.strip()
    for key in command.all_keys.split(","):
        assert key not in "0123456789"
        assert key not in ("slash", "ctrl+s", "ctrl+q", "f10")
        assert not key.startswith("alt+")


def test_ids_are_unique_and_each_binding_can_be_remapped() -> None:
    assert len({command.id for command in CATALOGUE}) == len(CATALOGUE)
    made = [binding for binding in bindings(*SCOPES) if isinstance(binding, Binding)]
    assert [binding.id for binding in made] == [
        c.id for scope in SCOPES for c in CATALOGUE if c.scope == scope
    ]


def test_what_works_before_the_queue_is_here_is_bound() -> None:
    """A command that is let through at once is one of the desk, and is no ticket's business."""
    found = {command.id: command.action for command in CATALOGUE if command.id in EARLY}
    assert found.keys() == EARLY
    assert set(found.values()) == {"new_call", "help", "language", "leave", "back", "command_palette"}


def test_no_ctrl_q_of_textual_is_left() -> None:
    made = DeskApp._merge_bindings().key_to_bindings
    assert "ctrl+q" not in made


@pytest.mark.parametrize("key", sorted(MESSAGES))
def test_messages_stand_in_both_languages_with_the_same_places(key: str) -> None:
    thai, english = MESSAGES[key]
    assert thai.strip()
    assert english.strip()
    assert _places(thai) == _places(english)


def _places(text: str) -> set[str]:
    # {n:day|days} is in one language what needs no word in the other
    return {part.split("}")[0].partition(":")[0] for part in text.split("{")[1:]}


def test_every_message_is_said_somewhere() -> None:
    """A message nobody says is a leftover; families that end in a word of the vocabulary are said by it."""
    folder = Path(deskui.tui.__file__).parent
    code = "\n".join(
        path.read_text("utf-8")
        for path in folder.rglob("*.py")
        if path.name != "messages.py" and not path.name.endswith("_words.py")
    )
    families = (
        "ask.state_",
        "sign.",
        "may.",
        "ask.granted",
        "ask.refused",
        "ask.answered",
        "problem.form_",
        "outcome.",
        "brief.",
        "value.",
        "figure.",
        "flag.",
        "basis.",
        "kind.",
        "clock.",
        "step.",
        "state.",
        "queue.",
        "done.",
        "sort.",
        "marks.",
        "missed.",
        "end.",
        "theme.",
        "left.",
    )
    own = [key for key in MESSAGES if not key.startswith(families)]
    unsaid = [
        key for key in own if not re.search(rf"""["']{re.escape(key)}["']""", code) and key != "app.broke"
    ]
    assert not unsaid


def test_values_in_messages_are_cleaned() -> None:
    for language in LANGUAGES:
        assert "\x1b" not in Say(language)("ticket.logged", number=1, outcome="\x1b[2Jgone")


def test_importing_the_desk_screen_brings_no_store() -> None:
    """The first frame waits for none of SQLAlchemy, the policy loader, the Call screen or its text area."""
    code = (
        "import sys, deskui.tui.app;"
        "late = ('sqlalchemy', 'alembic', 'holidays', 'icu4py', 'deskui.store', 'deskui.tui.screens.call',"
        " 'textual.widgets._text_area', 'phonenumbers');"
        "print([name for name in late if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
