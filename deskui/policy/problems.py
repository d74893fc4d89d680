"""Problems of a policy file, each with file, line, key, what was found and what was expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskui.dataclass import dataclass
from deskui.policy.decision import Text
from deskui.policy.nearest import did_you_mean, one_of
from deskui.policy.positions import line_of
from deskui.policy.said import Said

if TYPE_CHECKING:
    from deskui.policy.filetext import Document

Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a policy file."""

    file: Path
    line: int
    key: str
    found: Said | str
    """What is said of it, or the value as the file has it."""
    expected: Said

    @property
    def text(self) -> Text:
        """The line that tells it, in both languages."""
        said = Said("problem", found=self.found, expected=self.expected).text
        place = f"{self.file}:{self.line}: {self.key}: "
        return Text(place + said.th, place + said.en)

    def __str__(self) -> str:
        return self.text.en


class PolicyFileError(Exception):
    """A policy file that cannot be used; `problems` has every reason at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @property
    def text(self) -> Text:
        """A line each, in both languages."""
        texts = [problem.text for problem in self.problems]
        return Text("\n".join(text.th for text in texts), "\n".join(text.en for text in texts))


def key_text(where: Where) -> str:
    """`("service", "x", "rows", 2, "when")` → `service.x.rows[3].when` (rows count from 1)."""
    text = ""
    for part in where:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


@dataclass
class Problems:
    """Collects the problems of one file."""

    file: Path
    source: str = ""
    found: list[Problem] = field(default_factory=list)
    origins: dict[Where, Where] = field(default_factory=dict)
    """Where a part of the document stands in the file, for parts that stand elsewhere (see `brief`)."""
    figures: frozenset[str] = frozenset()
    """The names that `{ figure = NAME }` may have."""
    passed: frozenset[int] = frozenset()
    """Lines with a slip that was mended by guess: what more is wrong there is told when it is put right."""

    def read(self, document: Document) -> None:
        """Takes over the slips that were passed in reading the file's text."""
        self.source = document.text
        self.found.extend(document.slips)
        self.passed = frozenset(slip.line for slip in document.slips)

    def add(self, where: Where, found: object, expected: Said) -> None:
        """Notes a problem at a path of the document, once, under the path where it is written."""
        where = self.written(where)
        found = Said("nothing") if found is None else found
        shown = found if isinstance(found, Said) else as_written(found)
        line = line_of(self.source, where)
        problem = Problem(self.file, line, key_text(where) or "file", shown, expected)
        if problem not in self.found and line not in self.passed:
            self.found.append(problem)

    def line_at(self, where: Where) -> int:
        """The line (from 1) of what the document has at a path."""
        return line_of(self.source, self.written(where))

    def written(self, where: Where) -> Where:
        """The path in the file of what the document has at a path."""
        for length in range(len(where), 0, -1):
            origin = self.origins.get(where[:length])
            if origin is not None:
                return (*origin, *where[length:])
        return where

    def raise_any(self) -> None:
        """Raises PolicyFileError, in the order of the file, when there are problems."""
        if self.found:
            raise PolicyFileError(sorted(self.found, key=lambda problem: (problem.line, problem.key)))


def as_written(value: object) -> str:
    """A value as a policy file has it: `true`, `2026-11-23`, `{ each = 500 }`; text in single quotes."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case Mapping():
            inner = ", ".join(f"{key} = {as_written(item)}" for key, item in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case list() | tuple():
            return f"[{', '.join(map(as_written, value))}]"
    return repr(value)


_WORDS = ("th", "en")
"""Keys of what people read: nothing is no words."""
_MISSING: Any = object()


class Reader:
    """Reads one table of the file strictly: every key is taken or reported."""

    def __init__(self, table: object, where: Where, problems: Problems) -> None:
        self.where = where
        self.problems = problems
        self.table: Mapping[str, Any] = {}
        self._taken: set[str] = set()
        self._is_table = isinstance(table, Mapping)
        self._unlisted: frozenset[str] = frozenset()
        if isinstance(table, Mapping):
            self.table = table
        elif table is not None:
            # what is missing was told by who took it
            problems.add(where, table, Said("table"))

    def problem(self, key: str | None, found: object, expected: Said) -> None:
        """Notes a problem at `key` of this table."""
        self.problems.add(self.where if key is None else (*self.where, key), found, expected)

    def take(self, key: str, default: Any = _MISSING) -> Any:
        """The raw value of a key; reports it when it is needed and missing."""
        self._taken.add(key)
        if key in self.table:
            return self.table[key]
        if default is _MISSING:
            # of what is no table, nothing more is said
            if self._is_table:
                self.problem(key, Said("nothing"), Said("key_needed"))
            return None
        return default

    def _typed(self, key: str, default: Any, good: Callable[[Any], bool], expected: Said) -> Any:
        value = self.take(key, default)
        if key in self.table and not good(value):
            self.problem(key, value, expected)
            return None if default is _MISSING else default
        return value

    def text(self, key: str, default: Any = _MISSING) -> str:
        """A string."""
        value = self._typed(key, default, lambda v: isinstance(v, str), Said("text"))
        if key in _WORDS and isinstance(value, str) and key in self.table and not value.strip():
            self.problem(key, value, Said("words_needed"))
        return value if value is not None or default is None else ""

    def one_of(self, key: str, words: Iterable[str], default: Any = _MISSING) -> str:
        """One word of a closed set."""
        allowed = sorted(words)
        expected = one_of(allowed, self.table.get(key))
        value = self._typed(key, default, lambda v: v in allowed, expected)
        return value if value is not None or default is None else ""

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        return bool(self._typed(key, default, lambda v: isinstance(v, bool), Said("true_or_false")))

    def count(self, key: str, default: Any = _MISSING) -> int:
        """A whole number, not negative."""
        value = self._typed(key, default, is_count, Said("whole_number"))
        return value if value is not None or default is None else 0

    def texts(self, key: str, default: Any = _MISSING) -> tuple[str, ...]:
        """A list of strings; one string stands for a list of one."""
        value = self.take(key, default)
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
            return tuple(value)
        if key in self.table:
            self.problem(key, value, Said("text_or_texts"))
        return ()

    def day(self, key: str) -> date | None:
        """A date, or None."""
        value: date | None = self._typed(key, None, is_day, Said("unquoted_date", such_as="2026-12-31"))
        return value

    def both(self, key: str, *, needed: bool = True) -> Text | None:
        """A table with th and en."""
        raw = self.take(key) if needed else self.take(key, None)
        if raw is None:
            return Text("", "") if needed else None
        if isinstance(raw, str):
            self.problem(key, raw, Said("th_and_en"))
            return Text(raw, raw)
        inner = Reader(raw, (*self.where, key), self.problems)
        text = Text(inner.text("th"), inner.text("en"))
        inner.done()
        return text

    def tables(self, key: str) -> list[Reader]:
        """A list of tables (empty when absent)."""
        value = self.take(key, [])
        if not isinstance(value, list):
            brackets = isinstance(value, Mapping) and not self.where
            self.problem(key, value, Said("double_brackets", key=key) if brackets else Said("list_of_tables"))
            return []
        return [Reader(item, (*self.where, key, index), self.problems) for index, item in enumerate(value)]

    def named(self, key: str) -> dict[str, Reader]:
        """Tables by name (empty when absent)."""
        value = self.take(key, {})
        if not isinstance(value, Mapping):
            self.problem(key, value, Said("table_of_tables"))
            return {}
        return {name: Reader(item, (*self.where, key, name), self.problems) for name, item in value.items()}

    def may_have(self, *keys: str) -> None:
        """Names keys that are taken only where they are there, for who meant one of them."""
        self._taken |= frozenset(keys) - self.table.keys()

    def may_have_figures(self, keys: Iterable[str]) -> None:
        """The same of figures, which are too many to list."""
        self._unlisted = frozenset(keys)

    def untaken(self) -> list[str]:
        """The keys that nobody took so far."""
        return [key for key in self.table if key not in self._taken]

    def done(self) -> None:
        """Reports every key that nobody took, with the nearest known name and those there are."""
        for key in self.untaken():
            near = did_you_mean(key, self._taken | self._unlisted)
            keys: list[Said | str] = [*sorted(self._taken - self._unlisted)]
            keys += [Said("and_figures")] if self._unlisted else []
            self.problem(key, Said("unknown_key"), Said("no_such_key", near=near, keys=keys or "—"))


def is_count(value: object) -> bool:
    """A whole number of 0 or more (true and false are not numbers)."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_number(value: object) -> bool:
    """An int, float or Decimal that is finite (true and false are not numbers)."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool) and isfinite(value)


def is_price(value: object) -> bool:
    """A finite number of 0 or more: nothing costs less than nothing."""
    return is_number(value) and value >= 0  # type: ignore[operator]


def is_day(value: object) -> bool:
    """A date without a time."""
    return type(value) is date
