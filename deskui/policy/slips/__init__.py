"""Reads on where a text is no TOML: each slip is told where it stands, mended as it was meant, and passed.

A manager's file has slips of many kinds at once. `mended` goes from one to the next: it changes the copy in
memory, never a file, keeps every line where it is, and what it could not mend it leaves out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Any

from deskui.dataclass import dataclass
from deskui.policy.said import Said
from deskui.policy.slips import brackets, lines, quotes
from deskui.policy.slips.place import Found, Place, Slip

MOST = 40
"""Slips told at once; a file with more is no policy file."""
_SAME_LINE = 6
"""Slips of one line: what more it means is beyond us."""

_ADVICE = (
    ("Cannot declare", Said("table_twice"), Said("each_once")),
    ("Cannot overwrite", Said("part_twice"), Said("each_once")),
    ("Cannot mutate", Said("part_twice"), Said("each_once")),
    ("Duplicate inline table key", Said("part_twice"), Said("each_once")),
    ("Unterminated string", Said("not_closed_text"), Said("closing_quote")),
    ("Invalid date", Said("no_such_date"), Said("calendar_date")),
    ("Invalid initial character for a key", Said("no_key"), Said("a_toml_key")),
    ("Expected ']", Said("not_closed_head"), Said("closing_bracket")),
    ("Invalid hex", Said("backslash"), Said("two_backslashes")),
    ("Escaped character", Said("backslash"), Said("two_backslashes")),
    ("Illegal character '\\n'", Said("not_closed_text"), Said("closing_quote")),
    ("Illegal character", Said("unseen_character"), Said("type_it_anew")),
    ("Unclosed inline table", Said("not_closed_table"), Said("comma_and_brace")),
    ("Unclosed array", Said("not_closed_list"), Said("comma_and_bracket")),
    ("Invalid value", Said("no_value"), Said("a_toml_value")),
    ("Invalid statement", Said("no_line"), Said("a_toml_line")),
    ("Expected '=' after a key", Said("key_without_value"), Said("key_equals_value")),
    ("Expected newline", Said("more_than_a_value"), Said("one_a_line")),
    ("Unescaped", Said("backslash"), Said("two_backslashes")),
)
"""What the reader of TOML says and we say instead, where the text itself does not tell more."""

_WAYS: tuple[Callable[[Place], Found], ...] = (
    lines.twice,
    lines.unseen,
    brackets.wrong_bracket,
    brackets.not_closed,
    brackets.over_lines,
    brackets.comma_too_many,
    quotes.thousands,
    lines.comment,
    lines.head,
    quotes.quote,
    quotes.inner_quote,
    lines.pair,
    quotes.wrong_day,
    quotes.value,
    brackets.no_comma,
    lines.behind,
    lines.backslash,
)
"""What may be wrong; the first that sees its own kind of slip tells it."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What could be read of a text."""

    text: str
    """The text as it was meant, line for line."""
    document: dict[str, Any] | None
    """None where it could not be read to its end."""
    slips: tuple[Slip, ...]
    """In the order of their lines."""
    whole: bool
    """Nothing was left out, so that what is missing is missing."""


def mended(source: str) -> Mended:
    """The document that a text was meant to be, with every slip in it.

    Raises ValueError or RecursionError as tomllib does for what no hand has typed.
    """
    text, whole = source, True
    slips: list[Slip] = []
    seen: dict[int, int] = {}
    for _ in range(MOST):
        try:
            document = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            place = Place(text, str(error))
            slip, changed = _diagnosed(place)
            seen[place.line] = seen.get(place.line, 0) + 1
            if changed is None or changed == text or seen[place.line] > _SAME_LINE:
                changed, whole = place.left_out(), False
            if all((slip.line, slip.found) != (other.line, other.found) for other in slips):
                slips.append(slip)
            if changed == text:
                break
            text = changed
        else:
            return Mended(text, document, _ordered(slips), whole)
    return Mended(text, None, _ordered(slips), False)


def _ordered(slips: list[Slip]) -> tuple[Slip, ...]:
    return tuple(sorted(slips, key=lambda slip: slip.line))


def _diagnosed(place: Place) -> tuple[Slip, str | None]:
    for way in _WAYS:
        found = way(place)
        if found is not None:
            return found
    for said, found_said, expected in _ADVICE:
        if place.told.startswith(said):
            return place.slip(found_said, expected), None
    return place.slip(place.told, Said("toml")), None
