"""The one border where text from outside (customers, other desks, policy files) is made fit for the screen.

Everything a widget shows is a literal, words of the message catalogue, or was built here; a test holds
every other way shut. Terminals obey control characters and Textual reads markup in plain strings, so a
ticket titled "[/]" or one with an escape sequence in it would otherwise act on every agent's screen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.cells import cell_len, get_character_cell_size, split_graphemes
from textual.content import Content

__all__ = [
    "ELLIPSIS",
    "LEADING_VOWELS",
    "assembled",
    "boundary",
    "clean",
    "clean_lines",
    "clusters",
    "cut",
    "fit",
    "lines_within",
    "shown",
    "shown_lines",
    "side_by_side",
    "typed",
]

ELLIPSIS = "…"
REPLACEMENT = "\ufffd"
DOTTED_CIRCLE = "\u25cc"
LIMIT = 400
"""Characters of a line of text nobody asked the length of; what a screen can show anyway."""
NOTE_LIMIT = 8_000
"""Characters of a note or of another text of several lines."""
MARKS_PER_BASE = 3
LEADING_VOWELS = "เแโใไ"
"""Written before the consonant they belong to: never the last thing before a cut."""

_TONES = "\u0e48-\u0e4b"
_THAI_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
# what needs no second look, when whitespace and marks are in order
_COMMON = (
    " -~\u00a1-\u00ac\u00ae-\u024f\u0e01-\u0e3a\u0e3f-\u0e5b\u2010-\u2015\u2018-\u201f\u2022\u2026\u25cc"
)

_SUSPECT = re.compile(
    rf"[^{_COMMON}]|  |\A[ {_THAI_MARKS}]| [{_THAI_MARKS}]| \Z|\u0e4d|[{_THAI_MARKS}]{{{MARKS_PER_BASE + 1}}}"
)
_RARE = re.compile(rf"[^{_COMMON}]")
_SARA_AM = re.compile(rf"([{_TONES}]?)\u0e4d([{_TONES}]?)\u0e32")
_SPACES = re.compile(" {2,}")
_BREAKS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_BLANK_LINES = re.compile("\n{3,}")

# invisible and harmless to lose: zero width, joiners, variation selectors, fillers, tags, soft hyphen
_DROPPED = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_SPACING = frozenset("\t\n\r\v\f\x85")


@lru_cache(maxsize=4096)
def _verdict(character: str) -> str:
    """What a character outside the common ranges becomes: itself, a space, nothing, or U+FFFD."""
    if character in _SPACING:
        return " "
    if _DROPPED.match(character):
        return ""
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp"):
        return " "
    if category in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return REPLACEMENT
    return character


def _is_mark(character: str) -> bool:
    return get_character_cell_size(character) == 0


def _marks_in_order(text: str) -> str:
    """At most three marks on a base; a mark with no base gets a dotted circle to sit on."""
    out: list[str] = []
    marks = 0
    base = False
    for character in text:
        if _is_mark(character):
            if not base:
                out.append(DOTTED_CIRCLE)
                base = True
                marks = 0
            marks += 1
            if marks > MARKS_PER_BASE:
                continue
        else:
            base = character not in " \n"
            marks = 0
        out.append(character)
    return "".join(out)


def _one_line(text: str) -> str:
    if _SUSPECT.search(text) is None:
        return text
    text = _RARE.sub(lambda found: _verdict(found[0]), text)
    text = _SARA_AM.sub("\\1\\2\u0e33", text)
    return _marks_in_order(_SPACES.sub(" ", text).strip(" "))


def _ended(text: str) -> str:
    """The kept part of a cut text, with an ellipsis that no lone leading vowel or space stands before."""
    return text.rstrip(LEADING_VOWELS + " \n") + ELLIPSIS


def _limited(text: str, limit: int, was_longer: bool) -> str:
    if len(text) <= limit and not was_longer:
        return text
    return _ended(text[: boundary(text, limit - 1, -1)])


def _room(limit: int) -> int:
    """How much of a raw text is looked at: a megabyte must cost what a line does."""
    return max(1, limit) * 4 + 64


def clean(text: str, limit: int = LIMIT) -> str:
    """One line of at most `limit` characters that a terminal shows and does not obey.

    Controls, bidi, surrogates, private and unassigned characters become U+FFFD; invisible ones go; white
    space is folded to single spaces; SARA AM is written the one way. Longer text ends in an ellipsis at
    a cluster. Cleaning twice changes nothing. The answer is plain text: a `[` in it is a bracket, so hand it
    to widgets only by `shown`, never as a `str` they read markup in.
    """
    raw = text[: _room(limit)]
    return _limited(_one_line(raw), limit, was_longer=len(raw) < len(text))


def clean_lines(text: str, limit: int = NOTE_LIMIT) -> str:
    """The same for text of several lines: line breaks stay (as `\\n`), never more than one empty line."""
    raw = text[: _room(limit)]
    lines = "\n".join(_one_line(line) for line in _BREAKS.sub("\n", raw).split("\n"))
    lines = _BLANK_LINES.sub("\n\n", lines).strip("\n")
    return _limited(lines, limit, was_longer=len(raw) < len(text))


def typed(text: str, *, lines: bool = False) -> str:
    """What may enter a field of what was typed or pasted: nothing a terminal obeys, spaces as they are.

    Line breaks become spaces, or stay as `\\n` where the field has several `lines`.
    """
    parts = _BREAKS.sub("\n", text).split("\n")
    joined = (_RARE.sub(lambda found: _verdict(found[0]), part) for part in parts)
    return ("\n" if lines else " ").join(joined)


def boundary(text: str, index: int, step: int = 1) -> int:
    """The first place between clusters at or after `index`, or at or before it for a `step` of -1."""
    index = max(0, min(len(text), index))
    while 0 < index < len(text) and _is_mark(text[index]):
        index += step
    return index


def shown(text: str, limit: int = LIMIT, *, style: str = "") -> Content:
    """One clean line as content a widget shows letter by letter, in one style if wanted."""
    return Content.styled(clean(text, limit), style) if style else Content(clean(text, limit))


def shown_lines(text: str, limit: int = NOTE_LIMIT, *, style: str = "") -> Content:
    """Clean text of several lines as content a widget shows letter by letter."""
    return Content.styled(clean_lines(text, limit), style) if style else Content(clean_lines(text, limit))


def assembled(parts: Iterable[tuple[str, str]]) -> Content:
    """Content of (text, style) parts, each cleaned with its spaces as they are; an empty style is none."""
    return Content.assemble(*(_part(text, style) for text, style in parts))


@lru_cache(maxsize=256)
def _part(text: str, style: str) -> Content:
    raw = text[: _room(NOTE_LIMIT)]
    words = raw
    if _SUSPECT.search(raw) is not None:
        words = _marks_in_order(_SARA_AM.sub("\\1\\2\u0e33", typed(raw, lines=True)))
    words = _limited(words, NOTE_LIMIT, was_longer=len(raw) < len(text))
    return Content.styled(words, style) if style else Content(words)


def clusters(text: str) -> list[str]:
    """The text in units a cursor may stand between: a character with the marks on it."""
    if text.isascii():
        return list(text)
    return [text[start:end] for start, end, _ in split_graphemes(text)[0]]


def cut(text: str, cells: int) -> str:
    """Clean text cut by cluster to at most `cells` columns, with an ellipsis if anything was cut."""
    words = clean(text, max(LIMIT, cells * (MARKS_PER_BASE + 1)))
    if cell_len(words) <= cells:
        return words
    if cells <= 0:
        return ""
    kept: list[str] = []
    left = cells - 1
    for start, end, width in split_graphemes(words)[0]:
        if width > left:
            break
        left -= width
        kept.append(words[start:end])
    return _ended("".join(kept))


def fit(text: str, cells: int, *, right: bool = False) -> str:
    """Clean text in exactly `cells` columns: cut by cluster if longer, padded if shorter.

    `right` puts the padding before the text.
    """
    words = cut(text, cells)
    padding = " " * max(0, cells - cell_len(words))
    return padding + words if right else words + padding


def lines_within(text: str, cells: int, rows: int) -> list[str]:
    """Clean text wrapped at words to `cells` columns, up to two empty lines above it where `rows` allow.

    Where there are fewer rows its own empty lines go; what does not fit then is at the end of the answer.
    """
    lines = [line.plain.rstrip() for line in shown_lines(text).wrap(max(1, cells))]
    if len(lines) > rows:
        lines = [line for line in lines if line]
    return [""] * min(2, max(0, rows - len(lines))) + lines


def side_by_side(
    pieces: Iterable[Sequence[tuple[str, str]]], cells: int, gap: str = "   "
) -> list[list[tuple[str, str]]]:
    """Pieces, each some (text, style), as lines of as many as there are columns for.

    A piece is never parted from its rest; one that is wider than `cells` has a line of its own.
    """
    lines: list[list[tuple[str, str]]] = []
    room = 0
    for piece in pieces:
        width = assembled(piece).cell_length
        if lines and width + len(gap) <= room:
            lines[-1] += [(gap, ""), *piece]
            room -= width + len(gap)
        else:
            lines.append(list(piece))
            room = cells - width
    return lines
