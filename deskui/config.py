"""The user's settings: a TOML file in the folder for configuration, over it the environment.

A file with mistakes loses nothing that is right in it: what cannot be used stays at its default and is a
`ConfigProblem` with file, line, key and what was expected. What says whose desk this is (`db`, `agent`,
`policies`) has no harmless default; when the file means to say it and cannot be read, `unusable` names it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from pathlib import Path
from typing import Any, Final

from deskui.dataclass import dataclass
from deskui.policy.decision import Text

__all__ = [
    "BELLS",
    "LANGUAGES",
    "THEMES",
    "ConfigProblem",
    "Settings",
    "config_file",
    "read_settings",
    "template",
]

FILE: Final = "config.toml"
LARGEST: Final = 1 << 16
"""Bytes of a file of settings; a longer one is something else."""
MOST_SLIPS: Final = 20
"""Lines that are no TOML after which a file is no file of settings."""
LANGUAGES: Final = ("th", "en")
THEMES: Final = ("dark", "light", "contrast", "night")
BELLS: Final = ("promise", "callback", "ring", "question")
"""What the bell rings for: 75 % of a promise, a due callback, a call, a question to the supervisor."""
_DECISIVE: Final = ("db", "agent", "policies")
_YES: Final = {"1": True, "true": True, "yes": True, "on": True} | dict.fromkeys(
    ("0", "false", "no", "off"), False
)
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """One thing in the settings that cannot be used; the rest of them is."""

    place: str
    """The file, or the environment variable."""
    line: int
    """From 1; 0 where there are no lines."""
    key: str
    found: str
    expected: Text

    @property
    def text(self) -> Text:
        """One sentence: where, what was found, what is expected."""
        where = f"{self.place}:{self.line}: {self.key}" if self.line else self.place
        return Text(
            th=f"{where}: พบ {self.found} แต่ต้องเป็น {self.expected.th}",
            en=f"{where}: found {self.found}, expected {self.expected.en}",
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """What the file and the environment say; None where neither does."""

    language: str | None = None
    theme: str | None = None
    plain: bool = False
    bell: frozenset[str] = frozenset(BELLS)
    agent: str | None = None
    db: str | None = None
    policies: str | None = None
    keymap: Mapping[str, str] = field(default_factory=dict)
    """Comma separated keys by command."""
    path: Path | None = None
    """The file, whether or not it is there."""
    problems: tuple[ConfigProblem, ...] = ()
    unusable: Mapping[str, ConfigProblem] = field(default_factory=dict)
    """Why `db`, `agent` or `policies` is not known although the file means to say it."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Where each value comes from: the file's path or the variable's name; absent for a default."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line of each command in the keymap."""


def config_file(environ: Mapping[str, str] = os.environ) -> Path:
    """DESKUI_CONFIG, else config.toml in the user's folder for configuration; it need not exist."""
    asked = environ.get("DESKUI_CONFIG")
    if asked:
        return Path(asked).expanduser()
    from platformdirs import user_config_path  # noqa: PLC0415 - only where no file is named

    return user_config_path("deskui", appauthor=False) / FILE


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this user; raises nothing, whatever stands in the file."""
    path = config_file(environ)
    try:
        if path.stat().st_size > LARGEST:
            return _unreadable(path, f"{path.stat().st_size} bytes", _SMALL, environ)
        source = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        if environ.get("DESKUI_CONFIG"):
            return _unreadable(path, "no file", _EXISTS, environ)
        return _from_environment(Settings(path=path), environ)
    except UnicodeDecodeError as error:
        return _unreadable(path, f"byte {error.object[error.start]:#04x}", _UTF8, environ)
    except OSError as error:
        return _unreadable(path, error.strerror or type(error).__name__, _READABLE, environ)
    return _from_environment(_Reader(path, source).read(), environ)


def _unreadable(path: Path, found: str, expected: Text, environ: Mapping[str, str]) -> Settings:
    """Nothing of the file can be known, so neither can whose desk this is."""
    problem = ConfigProblem(str(path), 0, "", found, expected)
    unusable = dict.fromkeys(_DECISIVE, problem)
    return _from_environment(Settings(path=path, problems=(problem,), unusable=unusable), environ)


# --- what each key may be


@dataclass(frozen=True, slots=True)
class _Key:
    """One setting: how it is read, what it may be, and what the environment calls it."""

    read: Callable[[Any], Any]
    """The value of what TOML has; raises ValueError for anything else."""
    expected: Text
    variable: str = ""
    of_text: Callable[[str], Any] = str
    """What the file would have for the text of the variable."""


def _one_of(*names: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in names:
            raise ValueError(value)
        return str(value)

    return read


def _words(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(value)
    return value


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def _bells(value: Any) -> frozenset[str]:
    if isinstance(value, bool):
        return frozenset(BELLS if value else ())
    if not isinstance(value, list) or not all(bell in BELLS for bell in value):
        raise ValueError(value)
    return frozenset(value)


def _keymap(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(value)
    return value


def _switch_of(text: str) -> bool | str:
    return _YES.get(text.strip().lower(), text)


def _bells_of(text: str) -> bool | list[str]:
    switched = _YES.get(text.strip().lower())
    return [part.strip() for part in text.split(",") if part.strip()] if switched is None else switched


def _listed(names: Sequence[str]) -> Text:
    quoted = [f'"{name}"' for name in names]
    return Text(
        f"{', '.join(quoted[:-1])} หรือ {quoted[-1]}",
        f"{', '.join(quoted[:-1])} or {quoted[-1]}",
    )


_EXISTS = Text("ไฟล์ที่มีอยู่ (DESKUI_CONFIG)", "a file that exists (DESKUI_CONFIG)")
_SMALL = Text("ไฟล์ TOML ขนาดไม่เกิน 64 kB", "a TOML file of at most 64 kB")
_UTF8 = Text("ข้อความ UTF-8", "text in UTF-8")
_READABLE = Text("ไฟล์ที่อ่านได้", "a file that can be read")
_TEXT = Text("ข้อความในเครื่องหมายคำพูด", "text in quotes")
_KEYS: Final[Mapping[str, _Key]] = {
    "language": _Key(_one_of(*LANGUAGES), _listed(LANGUAGES), "DESKUI_LANG", str.lower),
    "theme": _Key(_one_of(*THEMES), _listed(THEMES), "DESKUI_THEME"),
    "plain": _Key(_switch, Text("true หรือ false", "true or false"), "DESKUI_PLAIN", _switch_of),
    "bell": _Key(
        _bells,
        Text(
            'true, false หรือรายการของ "promise", "callback", "ring", "question"',
            'true, false or a list of "promise", "callback", "ring", "question"',
        ),
        "DESKUI_BELL",
        _bells_of,
    ),
    "agent": _Key(_words, _TEXT, "DESKUI_AGENT"),
    "db": _Key(_words, _TEXT, "DESKUI_DB"),
    "policies": _Key(_words, _TEXT, "DESKUI_POLICIES"),
    "keymap": _Key(_keymap, Text("ตาราง [keymap]", "a table [keymap]")),
}


# --- the file


class _Reader:
    """Reads one file; collects its problems."""

    def __init__(self, path: Path, source: str) -> None:
        self._path = path
        self._source = source
        self._read = source
        """The lines of it that are TOML, in their places."""
        self._problems: list[ConfigProblem] = []
        self._lines: dict[str, int] = {}

    def read(self) -> Settings:
        from deskui.policy.problems import as_written  # noqa: PLC0415 - only where there is a file

        values = self._parsed()
        read: dict[str, Any] = {}
        for name, value in values.items():
            key = _KEYS.get(name)
            if key is None:
                self._add((name,), as_written(value), self._known(name))
                continue
            try:
                read[name] = key.read(value)
            except ValueError:
                self._add((name,), as_written(value), key.expected)
        if "keymap" in read:
            read["keymap"] = self._keys_of(read["keymap"])
        lost = [name for name in _DECISIVE if name not in read and self._problems and self._means(name)]
        return Settings(
            **read,
            path=self._path,
            problems=tuple(sorted(self._problems, key=lambda problem: problem.line)),
            unusable={name: self._why(name) for name in lost},
            sources=dict.fromkeys(read, str(self._path)),
            lines=self._lines,
        )

    def _parsed(self) -> Mapping[str, Any]:
        """What the file says without the lines that are no TOML, each of which is a problem."""
        import tomllib  # noqa: PLC0415 - only where there is a file

        lines = self._source.replace("\r\n", "\n").split("\n")
        for _ in range(MOST_SLIPS):
            try:
                values = tomllib.loads("\n".join(lines))
            except tomllib.TOMLDecodeError as error:
                what = str(error).partition(" (at ")[0]
                number = self._slip(str(error), lines)
                # never what is behind the sign: a URL may hold a password
                found = lines[number - 1].partition("=")[0].strip()[:40] or "="
                self._problems.append(
                    ConfigProblem(
                        str(self._path), number, found, what, Text("บรรทัดแบบ TOML", "a line of TOML")
                    )
                )
                # the end of what is left open is not known, so all below it goes
                last = number if _AT_LINE.search(str(error)) else len(lines)
                lines[number - 1 : last] = [""] * (last - number + 1)
            else:
                self._read = "\n".join(lines)
                return values
        self._read = ""
        return {}

    @staticmethod
    def _slip(error: str, lines: Sequence[str]) -> int:
        """The line the parser stumbled over; for what is never closed the line that opens it."""
        import tomllib  # noqa: PLC0415 - the same

        found = _AT_LINE.search(error)
        if found:
            return min(int(found[1]), len(lines))
        for number in range(len(lines) - 1, 0, -1):
            with suppress(tomllib.TOMLDecodeError):
                tomllib.loads("\n".join(lines[:number]))
                return number + 1
        return 1

    def _keys_of(self, table: Mapping[str, Any]) -> dict[str, str]:
        """Comma separated keys by command; `ticket.claim` may be written with or without quotes."""
        from deskui.policy.positions import line_of  # noqa: PLC0415 - the same
        from deskui.policy.problems import as_written  # noqa: PLC0415 - the same

        keys: dict[str, str] = {}
        for where, value in _leaves(table):
            name = ".".join(where)
            listed = [value] if isinstance(value, str) else value
            if name in _KEYS and (name not in _COMMANDS_TOO or value in THEMES):
                self._add(("keymap", *where), as_written(value), _ABOVE)
            elif isinstance(listed, list) and listed and all(isinstance(key, str) and key for key in listed):
                keys[name] = ",".join(listed)
                self._lines[name] = line_of(self._read, ("keymap", *where))
            else:
                self._add(("keymap", *where), as_written(value), _A_KEY)
        return keys

    @staticmethod
    def _known(name: str) -> Text:
        from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

        near = get_close_matches(name, _KEYS, n=1)
        known = ", ".join(_KEYS)
        if near:
            return Text(f"{near[0]} หรือไม่? ที่มี: {known}", f"perhaps {near[0]}? one of {known}")
        return Text(f"หนึ่งใน {known}", f"one of {known}")

    def _add(self, where: tuple[str, ...], found: str, expected: Text) -> None:
        from deskui.policy.positions import line_of  # noqa: PLC0415 - only where there is a file

        line = line_of(self._read, where)
        self._problems.append(ConfigProblem(str(self._path), line, ".".join(where), found[:60], expected))

    def _means(self, name: str) -> bool:
        """Whether the file speaks of this key at the start of a line, wherever that is."""
        return re.search(rf"(?m)^[ \t]*[\"']?{name}[\"']?[ \t]*=", self._source) is not None

    def _why(self, name: str) -> ConfigProblem:
        """What became of a key that the file speaks of and that was not read."""
        about = re.compile(rf"(?:keymap\.)?[\"']?{name}\b")
        return next((found for found in self._problems if about.match(found.key)), self._problems[0])


def _leaves(table: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*above, name))
        else:
            yield (*above, name), value


_COMMANDS_TOO = frozenset(("language", "theme"))
"""Settings whose name is that of a command as well: below [keymap] a key for it is meant."""
_ABOVE = Text("คำสั่ง; ตั้งค่านี้ต้องอยู่เหนือ [keymap]", "a command; this setting belongs above [keymap]")
_A_KEY = Text('ปุ่ม เช่น "n" หรือ ["n", "f6"]', 'a key such as "n", or several: ["n", "f6"]')


# --- the environment


def _from_environment(settings: Settings, environ: Mapping[str, str]) -> Settings:
    """The settings with what the environment says over them."""
    problems = list(settings.problems)
    sources = dict(settings.sources)
    unusable = dict(settings.unusable)
    values: dict[str, Any] = {}
    for name, key in _KEYS.items():
        text = environ.get(key.variable, "") if key.variable else ""
        if not text:
            continue
        try:
            values[name] = key.read(key.of_text(text))
        except ValueError:
            problems.append(ConfigProblem(key.variable, 0, name, repr(text[:60]), key.expected))
        else:
            sources[name] = key.variable
            unusable.pop(name, None)
    return replace(settings, **values, problems=tuple(problems), sources=sources, unusable=unusable)


# --- a file to start from


def template(commands: Sequence[tuple[str, str, Text]] = ()) -> str:
    """A file of settings in which all is as it comes; `commands` are (command, keys, what it does)."""
    from deskui.paths import data_dir  # noqa: PLC0415 - only where one is made

    lines = [(data_dir() / FILE).read_text("utf-8")]
    width = max((len(name) for name, _, _ in commands), default=0) + 2
    for name, keys, text in commands:
        quoted = ", ".join(f'"{key}"' for key in keys.split(","))
        value = f"[{quoted}]" if "," in keys else quoted
        named = f'"{name}"'
        lines.append(f"# {named:<{width}} = {value:<22} # {text.en} · {text.th}\n")
    return "".join(lines)
