"""Lines of which a head, a key or what stands behind a value is no TOML, or stands there twice."""

from __future__ import annotations

import re

from deskui.policy.said import Said
from deskui.policy.slips.place import KEY, PAIR, TOKEN, Found, Place, cut
from deskui.policy.slips.values import CURLY

_UNSEEN = re.compile(
    "[\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\x00-\x08\x0b-\x1f\x7f]"
)


def twice(place: Place) -> Found:
    """A key or table that is there already."""
    head = re.match(r"Cannot declare \((.*)\) twice", place.told)
    if head is None and not place.told.startswith(("Cannot", "Duplicate")):
        return None
    if head is not None:
        names = re.findall(r"'([^']*)'", head[1])
        name = ".".join(names)
        first = _first_line(place.text, rf"^[ \t]*\[\[?[ \t]*{re.escape(name)}[ \t]*\]")
        if first in (None, place.line) and names:
            in_braces = _inside_inline(place, names)
            if in_braces is not None:
                return in_braces
        if place.row.strip().startswith("[") and _first_line(place.text, rf"^\[\[{re.escape(name)}\]\]"):
            meant = f"[[{name}]]"
            slip = place.slip(Said("as_it_stands", value=f"[{name}]"), Said("write_head", value=meant))
            return slip, place.put(place.start, place.end, meant)
        shown = Said("named_twice", table=f"[{name}]") if names else Said("table_twice")
        slip = place.slip(_second(place, shown, first), Said("each_once"))
        end = place.text.rfind("]", place.start, place.end)
        end = place.text.rfind("]", place.start, end) if place.text[end - 1] == "]" else end
        return slip, place.put(end, end, f"-{place.line}")
    # the reader stumbles behind the value; the key stands where its line or part begins
    starts = [
        match.start()
        for match in re.finditer(r"^[ \t]*(?=[\w\"'.-]+[ \t]*=)", place.text[: place.at], re.MULTILINE)
    ]
    inline = re.search(r"Duplicate inline table key '(.*)'", place.told)
    if inline is not None or place.opened:
        key = inline[1] if inline else ""
        keys = list(
            re.finditer(
                rf"(?<![\w-]){re.escape(key)}[ \t]*=" if key else PAIR, place.text[place.start : place.at]
            )
        )
        if not keys:
            return None
        at, name = place.start + keys[-1].start(), key or keys[-1].group().rstrip("= \t")
    elif starts:
        at = starts[-1]
        match = KEY.match(place.text, at + len(place.text[at:]) - len(place.text[at:].lstrip()))
        name = match.group() if match else ""
    else:
        return None
    slip = place.slip(Said("key_named_twice", key=name), Said("key_once"), at)
    after = place.text.index("=", at)
    return slip, place.put(at, after, f"twice-{place.line} ")


def _inside_inline(place: Place, names: list[str]) -> Found:
    """A [table] of something that is written in braces already: a dotted fact is a name of its own."""
    for number, part in enumerate(names[1:-1], 1):
        line = _first_line(place.text, rf"^[ \t]*[\"']?{re.escape(part)}[\"']?[ \t]*=[ \t]*\{{")
        if line is None:
            continue
        meant = f'[{names[0]}."{".".join(names[number:])}"]'
        if names[0] == "question":
            expected, changed = Said("write_head", value=meant), meant
        else:
            expected, changed = Said("inside_braces", line=line), f'[{names[0]}."{names[1]}-{place.line}"]'
        shown = Said("inside_inline", table=f"[{'.'.join(names)}]", key=part, line=line)
        return place.slip(shown, expected), place.put(place.start, place.end, changed)
    return None


def _second(place: Place, shown: Said, first: int | None) -> Said:
    return shown if first is None or first == place.line else Said("first_in_line", what=shown, line=first)


def unseen(place: Place) -> Found:
    """A space that is none, or another character that nobody sees."""
    match = _UNSEEN.search(place.row)
    if match is None:
        return None
    char = match.group()
    inside = any(
        token.start() < match.start() < token.end() and token.group()[0] in "\"'#"
        for token in TOKEN.finditer(place.row)
    )
    if inside and (ord(char) >= 0x80 or place.text[place.at : place.at + 1] != char):
        return None
    found = Said("unseen_named", code=f"U+{ord(char):04X}")
    changed = _UNSEEN.sub(" " if not inside else "", place.row)
    return place.slip(found, Said("type_it_anew")), place.put(place.start, place.end, changed)


def comment(place: Place) -> Found:
    """A comment as other languages have it."""
    match = re.match(r"//+|/\*|;+|--+|<!--", place.text[place.at : place.end])
    if match is None or (place.opened and place.opened[-1][1] == "{"):
        return None
    return place.slip(Said("as_it_stands", value=match.group()), Said("a_comment")), place.put(
        place.at, place.end, "#"
    )


def head(place: Place) -> Found:
    """The head of a table: a bracket missing, a space in its name, words behind it."""
    row = place.row.strip()
    if place.opened or not row.startswith("["):
        return None
    match = re.match(r"(\[+)\s*([^\[\]#=]*?)\s*(\]*)\s*((?:#.*)?)$", row)
    if match is None or not match[2]:
        rest = re.match(r"(\[+[^\[\]#]*\]+)\s*([^\s#].*)$", row)
        if rest is None or PAIR.match(rest[2]):
            return None
        slip = place.slip(Said("behind_head", text=cut(rest[2])), Said("a_comment"))
        return slip, place.put(place.start, place.end, f"{rest[1]} #")
    name = re.sub(r"[\s/]+", "-", match[2].strip(" .").translate({ord(c): None for c in CURLY}))
    parts = [part if KEY.fullmatch(part) else f'"{part}"' for part in name.split(".")]
    two = match[1] == "[[" and match[3] in ("]]", "]", "")
    meant = f"[[{'.'.join(parts)}]]" if two else f"[{'.'.join(parts)}]"
    return place.slip(Said("as_it_stands", value=cut(row)), Said("write_head", value=meant)), place.put(
        place.start, place.end, meant
    )


def pair(place: Place) -> Found:
    """A key whose = is missing or something else, or that has letters TOML does not take."""
    if place.text[place.at - 1 : place.at + 1] == "==":
        slip = place.slip(Said("as_it_stands", value="=="), Said("as_it_stands", value="="))
        return slip, place.put(place.at, place.at + 1, "")
    start, _ = place.span()
    in_table = not place.opened or place.opened[-1][1] == "{"
    begin = place.start if not place.opened else start
    if place.opened and place.text[:begin].rstrip()[-1:] == "=":
        return None
    part = place.text[begin : place.end]
    match = re.match(r"\s*([A-Za-z_][\w.-]*)\s*(:=|:|==|=>|->|\s)\s*(?=[\"'\[{\d“tf-])", part)
    if in_table and match is not None:
        value = re.split(r"[,}\n]", part[match.end() :])[0].strip()
        shown, meant = part[: match.end()].strip() + f" {value}", f"{match[1]} = {value}"
        slip = place.slip(Said("as_it_stands", value=cut(shown)), Said("write_pair", value=cut(meant)))
        return slip, place.put(begin + match.end(1), begin + match.end(), " = ")
    strange = re.match(r"\s*([^\s=\"'\[\]{},#][^=\"'\[\]{},#]*?)\s*=", part)
    if in_table and strange is not None and not KEY.fullmatch(strange[1]):
        slip = place.slip(Said("key_named", key=cut(strange[1])), Said("a_toml_key"))
        quoted = '"' + strange[1].replace("\\", "").translate({ord(c): None for c in CURLY}) + '"'
        return slip, place.put(begin + strange.start(1), begin + strange.end(1), quoted)
    return None


def behind(place: Place) -> Found:
    """More on a line than its value."""
    if not place.told.startswith("Expected newline"):
        return None
    rest = place.text[place.at : place.end]
    slip = place.slip(Said("behind_value", text=cut(rest.strip())), Said("one_a_line"))
    return slip, None if PAIR.match(rest.strip()) else place.put(place.at, place.end, "")


def backslash(place: Place) -> Found:
    if not place.told.startswith(("Unescaped", "Invalid hex", "Escaped character")):
        return None
    at = place.text.rfind("\\", place.start, place.at + 1)
    if at < 0:
        return None
    return place.slip(Said("backslash"), Said("two_backslashes")), place.put(at, at + 1, "\\\\")


def _first_line(text: str, pattern: str) -> int | None:
    match = re.search(pattern, text, re.MULTILINE)
    return None if match is None else text.count("\n", 0, match.start()) + 1
