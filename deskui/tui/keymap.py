"""The keys of one desk: the catalogue's own, and those the user has chosen in their place.

What cannot work is refused one command at a time, with the reason; that command keeps its own keys.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from textual.binding import Binding

from deskui.dataclass import dataclass
from deskui.policy.decision import Text
from deskui.tui.catalogue import CATALOGUE, SCOPES, Command
from deskui.tui.keys import both, clashes, key_name

__all__ = [
    "EARLY",
    "READING",
    "TOGETHER",
    "KeyProblem",
    "Keys",
    "chosen_keys",
    "fixed_keys",
    "shown_key",
    "spelled_key",
]

EARLY = frozenset({"call.new", "help", "language", "quit", "back", "palette"})
"""Commands of the Desk that mean the same before the queue is here."""
BEFORE_LIST = EARLY | {"view.next", "view.pick", "view.find", "view.sort"}
"""Those that mean the same before the list of another view is."""
READING = ("language", "help", "theme")
"""Those that only change how the screen reads: a question that waits for one letter lets them by."""
TOGETHER = (
    *((scope, "app") for scope in SCOPES if scope not in ("app", "questions")),
    ("questions", "call", "app"),
    *((scope, "window", "app") for scope in ("asked", "problems")),
)
"""Scopes whose commands work at the same time."""

FIXED = "queue "
"""What the names of keys that cannot be moved begin with."""

_NAMED = {
    "enter": "Enter", "escape": "Esc", "space": "Space", "tab": "Tab", "backspace": "⌫", "delete": "Del",
    "insert": "Ins", "home": "Home", "end": "End", "pageup": "PgUp", "pagedown": "PgDn",
    "up": "↑", "down": "↓", "left": "←", "right": "→",
}  # fmt: skip
"""Keys that make no character, as people read them."""
_SPELLED = {"escape": "Esc", "pageup": "PageUp", "pagedown": "PageDown"}
"""Keys whose name in words is not Textual's."""
_LETTERS = frozenset(string.ascii_lowercase)
_DIGITS = frozenset(string.digits)
_FUNCTION = frozenset(f"f{number}" for number in range(1, 13))
_TAKEN = {
    "ctrl+s": Text("ปุ่มที่เทอร์มินัลส่งถึง deskui (Ctrl+S หยุดจอ)", "a key that arrives: Ctrl+S stops the terminal"),
    "ctrl+q": Text("ปุ่มที่เทอร์มินัลส่งถึง deskui (Ctrl+Q เดินจอต่อ)", "a key that arrives: Ctrl+Q is the terminal's"),
    "f10": Text("ปุ่มที่เทอร์มินัลส่งถึง deskui (F10 เปิดเมนู)", "a key that arrives: F10 opens the terminal's menu"),
    "ctrl+m": Text("ปุ่มอื่น: Ctrl+M คือ Enter", "another key: Ctrl+M is Enter"),
    "ctrl+i": Text("ปุ่มอื่น: Ctrl+I คือ Tab", "another key: Ctrl+I is Tab"),
    "ctrl+h": Text("ปุ่มอื่น: Ctrl+H คือ Backspace", "another key: Ctrl+H is Backspace"),
    "ctrl+z": Text("ปุ่มอื่น: Ctrl+Z พักโปรแกรม", "another key: Ctrl+Z suspends the program"),
}  # fmt: skip
_ALT = Text(
    "ปุ่มที่ไม่ใช้ Alt: เทอร์มินัลและแป้นไทยไม่ส่งต่อ",
    "a key without Alt: terminals keep it, and it differs on the Thai layout",
)
_NUMBER = Text(
    "ปุ่มอื่น: ตัวเลขและ / พิมพ์เป็นข้อความ และเป็นตัวอักษรบนแป้นไทย",
    "another key: digits and / are text, and type letters with the Thai layout on",
)
_UNKNOWN = Text("ชื่อปุ่ม เช่น n, N, ?, f6, ctrl+b, space", "the name of a key such as n, N, ?, f6, ctrl+b, space")
_FIELD = Text("ปุ่มที่ไม่ใช่ตัวอักษร: ที่นั่นพิมพ์เป็นข้อความ", "a Ctrl or function key: letters are text there")
_EDITS = Text("ปุ่มอื่น: ช่องข้อความใช้ปุ่มนี้แก้ข้อความ", "another key: text fields edit with this one")
_ANSWERS = Text("u หรือปุ่มที่ไม่ใช่ตัวอักษร: ตัวอักษรตอบคำถาม", "u or no letter: letters answer the questions")


@dataclass(frozen=True, slots=True)
class KeyProblem:
    """One command that keeps its own keys, and why."""

    command: str
    found: str
    expected: Text


class Keys:
    """Every command with the keys that do it on this desk."""

    def __init__(self, chosen: Mapping[str, str] | None = None, *, spelled: bool = False) -> None:
        """`chosen` are comma separated keys by command, as `chosen_keys` lets them through; `spelled` writes
        keys in words, `Ctrl+T` for `^t`.
        """
        self.chosen = dict(chosen or {})
        shown = spelled_key if spelled else shown_key
        self._commands = tuple(
            replace(command, keys=keys, shown=shown(keys)) if spelled or keys != command.keys else command
            for command in CATALOGUE
            for keys in [self.chosen.get(command.id, command.keys)]
        )
        self._shown = {command.id: command.key for command in self._commands}

    @property
    def keymap(self) -> dict[str, str]:
        """What Textual is told: the chosen keys in both layouts by the id of their binding."""
        return {name: both(keys) for name, keys in self.chosen.items()}

    def commands(self, *scopes: str) -> Iterator[Command]:
        """The commands of the scopes named, scope by scope in the order of the catalogue."""
        return (command for scope in scopes for command in self._commands if command.scope == scope)

    def footer(self, *scopes: str) -> Iterator[Command]:
        """The commands the bottom line names."""
        return (command for command in self.commands(*scopes) if command.footer)

    def __getitem__(self, command: str) -> str:
        """The key of a command as people read it. Raises KeyError for an unknown one."""
        return self._shown[command]

    def raw(self, command: str) -> str:
        """The comma separated keys of a command, by Textual's names on the English layout."""
        return next(one.keys for one in self._commands if one.id == command)

    def of(self, *commands: str) -> frozenset[str]:
        """All keys of these commands, in both layouts, by Textual's names."""
        return frozenset(
            key for command in self._commands if command.id in commands for key in command.all_keys.split(",")
        )

    @property
    def early(self) -> frozenset[str]:
        """Keys that mean the same before the queue is here."""
        return self.of(*EARLY)

    @property
    def before_list(self) -> frozenset[str]:
        """Keys that mean the same before the list of another view is here."""
        return self.of(*BEFORE_LIST)


def shown_key(keys: str) -> str:
    """The first of comma separated keys as people read it: `ctrl+t` is `^t`, `question_mark` is `?`."""
    first = keys.split(",", maxsplit=1)[0].strip()
    *modifiers, base = first.split("+") if len(first) > 1 else [first]
    base = _NAMED.get(base) or (base.upper() if base in _FUNCTION else _character(base) or base)
    marks = {"ctrl": "^", "shift": "⇧"}
    return "".join(marks.get(modifier, f"{modifier}+") for modifier in modifiers) + base


def spelled_key(keys: str) -> str:
    """The first of comma separated keys in words: `ctrl+t` is `Ctrl+T`, `down` is `Down`."""
    *modifiers, base = keys.split(",", maxsplit=1)[0].strip().split("+")
    if not modifiers and base not in _NAMED:
        return shown_key(base)
    spelled = _SPELLED.get(base) or (base.capitalize() if len(base) > 1 else base.upper())
    return "+".join([*(modifier.capitalize() for modifier in modifiers), spelled])


@cache
def _names() -> Mapping[str, str]:
    """Textual's name of each printable character that a Latin layout types."""
    return {key_name(character): character for character in string.ascii_letters + string.punctuation}


def _character(key: str) -> str:
    return _names().get(key, "")


# --- what may be chosen


def chosen_keys(asked: Mapping[str, str]) -> tuple[dict[str, str], list[KeyProblem]]:
    """What of a keymap can be, as comma separated keys by command; and what of it cannot, with why."""
    known = {command.id: command for command in CATALOGUE}
    chosen: dict[str, str] = {}
    problems: list[KeyProblem] = []
    for name, keys in asked.items():
        if name not in known:
            problems.append(KeyProblem(name, keys, _no_command(name, known)))
            continue
        parts = [_named(part.strip()) for part in keys.split(",")] if keys != "," else ["comma"]
        why = next((why for key in parts if (why := _refused(key, known[name])) is not None), None)
        if why is None:
            chosen[name] = ",".join(dict.fromkeys(parts))
        else:
            problems.append(KeyProblem(name, keys, why))
    return _without_clashes(chosen, asked, problems), problems


def _without_clashes(
    chosen: dict[str, str], asked: Mapping[str, str], problems: list[KeyProblem]
) -> dict[str, str]:
    """Takes out what shares a key with another command, until nothing does."""
    while True:
        found = next((clash for scopes in TOGETHER for clash in clashes(_bound(scopes, chosen))), None)
        if found is None:
            return chosen
        # the catalogue's own keys do not clash, so one of the two at least was chosen
        losers = [name for name in (found.second, found.first) if name in chosen]
        for loser in losers:
            other = found.first if loser == found.second else found.second
            why = _shared(_character(found.key) or found.key, other)
            problems.append(KeyProblem(loser, asked[loser], why))
            del chosen[loser]


def _bound(scopes: tuple[str, ...], chosen: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for command in CATALOGUE:
        if command.scope in scopes:
            yield command.id, chosen.get(command.id, command.keys)
    for scope in scopes:
        yield from fixed_keys(scope)


@cache
def fixed_keys(scope: str) -> tuple[tuple[str, str], ...]:
    """Keys that are no command's and cannot be moved: (what they do, comma separated keys)."""
    if scope != "desk":
        return ()
    from deskui.tui.widgets.queue_list import QueueList  # noqa: PLC0415 - it is a widget

    moves = [binding for binding in QueueList.BINDINGS if isinstance(binding, Binding)]
    return tuple((f"{FIXED}{binding.action}", binding.key) for binding in moves)


@cache
def _field_keys() -> frozenset[str]:
    from deskui.tui.thai import ThaiInput  # noqa: PLC0415 - it is a widget
    from deskui.tui.thai_area import ThaiTextArea  # noqa: PLC0415 - the same

    fields = (ThaiInput, ThaiTextArea)
    return frozenset(key for field in fields for key in field._merge_bindings().key_to_bindings)


@cache
def _takes_letters(scope: str) -> bool:
    """Whether letters are commands there: in a scope with text fields no command of its own has one."""
    return any(
        _character(key) for command in CATALOGUE if command.scope == scope for key in command.keys.split(",")
    )


def _named(key: str) -> str:
    """Textual's name of a key as people may write it: `?`, `F6`, `Ctrl+B`, `Esc`."""
    if len(key) == 1:
        return key_name(key)
    written = {shown.lower(): name for name, shown in _NAMED.items()} | {"esc": "escape", "return": "enter"}
    *modifiers, base = key.lower().replace("^", "ctrl+").replace("control+", "ctrl+").split("+")
    return "+".join([*modifiers, written.get(base, base)])


def _refused(key: str, command: Command) -> Text | None:
    """Why a key can be no command's, or None."""
    *modifiers, base = key.split("+")
    checks: tuple[tuple[Callable[[], object], Text], ...] = (
        (lambda: key in _TAKEN, _TAKEN.get(key, _UNKNOWN)),
        (lambda: "alt" in modifiers, _ALT),
        (lambda: not _known(modifiers, base), _UNKNOWN),
        (lambda: not modifiers and _is_number(key), _NUMBER),
        (lambda: key in ("tab", "shift+tab") and key not in _own_keys(command.scope), _EDITS),
        (lambda: _character(key) and not _takes_letters(command.scope), _FIELD),
        (lambda: command.scope == "questions" and _character(key) and key != "u", _ANSWERS),
        (lambda: _edits(key, command), _EDITS),
    )
    return next((why for refuses, why in checks if refuses()), None)


def _known(modifiers: list[str], base: str) -> bool:
    if not modifiers:
        return base in _NAMED or base in _FUNCTION or bool(_character(base)) or base in _DIGITS
    if modifiers == ["ctrl"]:
        return base in _LETTERS or base in _NAMED
    return modifiers in (["shift"], ["ctrl", "shift"]) and base in _NAMED | dict.fromkeys(_FUNCTION)


def _is_number(key: str) -> bool:
    try:
        both(key)
    except ValueError:
        return True
    return False


def _own_keys(scope: str) -> set[str]:
    return {key for command in CATALOGUE if command.scope == scope for key in command.keys.split(",")}


def _edits(key: str, command: Command) -> bool:
    """Whether a text field keeps the key for itself where the command is to work."""
    if _takes_letters(command.scope) or command.priority:
        return False
    return key in _field_keys() and key not in _own_keys(command.scope)


def _no_command(name: str, known: Iterable[str]) -> Text:
    from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

    near = ", ".join(get_close_matches(name, known, n=2))
    if near:
        return Text(f"คำสั่งที่มี (ใกล้เคียง: {near})", f"a command that there is (perhaps {near})")
    return Text("คำสั่งที่มี ดูใน deskui config init", "a command that there is; deskui config init lists them")


def _shared(key: str, other: str) -> Text:
    if other.startswith(FIXED):
        return Text(f"ปุ่มที่ไม่ใช่ {key} ซึ่งเลื่อนในคิว", f"another key: {key} moves in the queue")
    return Text(
        f"ปุ่มที่ไม่ใช่ {key} ซึ่งเป็นของ {other} อยู่แล้ว (หรือย้าย {other} ด้วย)",
        f"another key: {key} is that of {other} already (or move {other} as well)",
    )
