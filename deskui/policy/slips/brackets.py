"""Brackets and commas that are missing, too many, of the wrong kind or in the wrong line."""

from __future__ import annotations

import re

from deskui.policy.said import Said
from deskui.policy.slips.place import PAIR, TOKEN, Found, Place, cut, without_comment

_HEAD = re.compile(r"\[\[?[ \t]*[A-Za-z0-9_\"'.\- \t]+\]?\]?[ \t]*(#.*)?$")
_OPEN_TEXT = ("Illegal character '\\n'", "Unterminated string")
"""What is said of a text without its end; whatever stands in it is no bracket."""
_SEMICOLONS = (";", "،", "，", "、")
_LAST = re.compile(r"\"[^\"\n]*\"$|[\]}]$|[^\s=,\[{]+$")


def wrong_bracket(place: Place) -> Found:
    """( ) or { } for a list, [ ] for a table, a list in no brackets, or two for one."""
    rest = place.text[place.at : place.end]
    round_ = re.match(r"\(([^()\n]*)\)", rest)
    if round_ is not None and place.text[: place.at].rstrip()[-1:] in ("=", "[", ","):
        slip = place.slip(
            Said("as_it_stands", value=cut(round_.group())),
            Said("as_it_stands", value=cut(f"[{round_[1]}]")),
        )
        return slip, place.put(place.at, place.at + round_.end(), f"[{round_[1]}]")
    if rest.startswith("{") and place.text[place.at - 1 : place.at] == "{":
        return place.slip(Said("as_it_stands", value="{{"), Said("as_it_stands", value="{")), place.put(
            place.at, place.at + 1, ""
        )
    if place.told.startswith("Expected newline") and (
        more := re.match(r"(?:\s*,\s*(?:\"[^\"]*\"|[\w.:-]+))+\s*(?=#|$)", rest)
    ):
        first = place.text.index("=", place.start) + 1
        meant = f" [{place.text[first : place.at + more.end()].strip()}]"
        slip = place.slip(
            Said("list_bare", text=cut(meant.strip(" []"))),
            Said("as_it_stands", value=cut(meant.strip())),
        )
        return slip, place.put(first, place.at + more.end(), meant)
    if not place.opened:
        return None
    opener, char = place.opened[-1]
    if char == "{" and re.match(r"\{[ \t]*(#.*)?\n\s*\{", place.text[opener:]):
        return place.slip(Said("list_in_braces"), Said("list_opens"), opener), place.put(
            opener, opener + 1, "["
        )
    table = re.match(r"\[(\s*[\w-]+\s*=[^\[\]\n]*)\]", place.text[opener : place.end])
    if char == "[" and table is not None:
        slip = place.slip(
            Said("as_it_stands", value=cut(table.group())),
            Said("as_it_stands", value=cut(f"{{{table[1]}}}")),
        )
        return slip, place.put(opener, opener + table.end(), f"{{{table[1]}}}")
    return None


def not_closed(place: Place) -> Found:
    """A list or table in which something else begins: a key of its own, the head of a table, the end."""
    if not place.opened or place.told.startswith(_OPEN_TEXT):
        return None
    row = place.row.strip()
    begins = row.startswith(("[", *"abcdefghijklmnopqrstuvwxyz_")) and place.row[:1] not in " \t"
    begins = begins and (_HEAD.match(row) is not None or PAIR.match(row) is not None)
    at_end = not place.text[place.at :].strip()
    opened = [bracket for bracket in place.opened if not begins or bracket[0] < place.start]
    if not opened:
        return None
    opener, char = opened[-1]
    line = place.text.count("\n", 0, opener) + 1
    if char == "{" and place.text.find("\n", opener, place.at + 1) >= 0 and not _spread(place, opener):
        end = place.text.index("\n", opener)
    elif (begins and line < place.line) or (at_end and char == "["):
        end = len(place.text[: place.start if begins else len(place.text)].rstrip())
    else:
        return None
    here = [
        bracket for offset, bracket in opened if char == "[" or offset >= place.text.rfind("\n", 0, opener)
    ]
    while char == "{" and "[" in here and not _needs(place, end, len(here)):
        here = here[here.index("[") + 1 :]
    # a comment behind the value stays behind it
    end = without_comment(place.text, end)
    closed = place.text[:end].rstrip().rstrip(",")
    closing = "".join("]" if bracket == "[" else "}" for bracket in reversed(here))
    kind = "list" if char == "[" else "table"
    expected = Said(
        "close_list" if char == "[" else "close_table", line=place.text.count("\n", 0, len(closed)) + 1
    )
    comma = "," if char == "{" and len(here) < len(opened) else ""
    return (
        place.slip(Said(f"not_closed_{kind}"), expected, opener),
        place.put(len(closed), end, closing + comma),
    )


def _needs(place: Place, end: int, brackets: int) -> bool:
    """Whether the lists of a line are left open with its tables: nothing of them comes after it."""
    rest = place.text[end:].lstrip()
    return brackets > 0 and (
        not rest or _HEAD.match(rest.split("\n", 1)[0]) is not None or PAIR.match(rest) is not None
    )


def _spread(place: Place, opener: int) -> bool:
    """Whether a { … } goes on in the next lines and is closed there."""
    first = place.text.index("\n", opener)
    last = place.text[opener:first].split("#")[0].rstrip()[-1:]
    after = place.text[first:].lstrip()
    return after.startswith("}") or (
        PAIR.match(after) is not None
        and (last in ("{", ",") or after[0] != place.text[first:].lstrip("\n")[0])
        and last != "}"
    )


def over_lines(place: Place) -> Found:
    """A { … } over several lines, which must stand in one."""
    tables = [offset for offset, char in place.opened if char == "{"]
    if not tables or place.told.startswith(_OPEN_TEXT):
        return None
    if place.text[place.at : place.at + 1] != "\n" and "\n" not in place.text[tables[0] : place.at]:
        return None
    outer = tables[0]
    depth, at = 0, outer
    while (token := TOKEN.search(place.text, at)) is not None:
        char, at = token.group(), token.end()
        depth += (char in ("{", "[")) - (char in ("}", "]"))
        if depth == 0:
            break
    else:
        return None
    lines = [line[: without_comment(line, len(line))].strip() for line in place.text[outer:at].split("\n")]
    whole = re.sub(r",\s*([}\]])", r"\1", " ".join(lines))
    return place.slip(Said("table_over_lines"), Said("in_one_line"), outer), place.put(outer, at, whole)


def comma_too_many(place: Place) -> Found:
    """A comma with nothing before it, or before the end of a table."""
    here, back = place.text[place.at : place.at + 1], place.text[: place.at].rstrip()
    if place.opened and here in _SEMICOLONS:
        slip = place.slip(Said("as_it_stands", value=here), Said("comma_between"))
        return slip, place.put(place.at, place.at + 1, ",")
    if place.opened and here == "}" and back[-1:] == ",":
        return place.slip(Said("comma_before_brace"), Said("no_comma_there")), place.put(
            len(back) - 1, len(back), ""
        )
    if here == "," and (back[-1:] in ("[", "{", ",")):
        return place.slip(Said("comma_too_many"), Said("one_comma")), place.put(place.at, place.at + 1, "")
    return None


def no_comma(place: Place) -> Found:
    """Two parts of a list or table with nothing between them."""
    if not place.opened or not place.told.startswith("Unclosed"):
        return None
    rest, back = place.text[place.at : place.end], place.text[: place.at].rstrip()
    pair = PAIR.match(rest)
    if place.opened[-1][1] == "{" and pair is None:
        return None
    if place.opened[-1][1] == "[" and not re.match(r"[\[{\"'\w+-]", rest):
        return None
    before = _LAST.search(back)
    shown = pair.group().rstrip("= \t") if pair is not None else rest.split(",")[0][:24].strip()
    last = _tail(before.group() if before is not None else back[-1:])
    slip = place.slip(Said("no_comma", before=last, next=cut(shown)), Said("a_comma", before=last), len(back))
    return slip, place.put(len(back), len(back), ",")


def _tail(text: str) -> str:
    """The end of a long text."""
    return text if len(text) <= 30 else f"…{text[-30:]}"
