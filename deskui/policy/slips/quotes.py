"""Values that are no TOML: numbers, dates and words as people write them, and quotation marks."""

from __future__ import annotations

import re

from deskui.policy.said import Said
from deskui.policy.slips.place import TOKEN, Found, Place, cut
from deskui.policy.slips.values import CURLY, mend_value, no_such_day

_THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?[^\n,\]}#=]*")


def thousands(place: Place) -> Found:
    """A number with a comma between its thousands."""
    for match in _THOUSANDS.finditer(place.text, place.start, place.end):
        back = place.text[: match.start()].rstrip()[-1:]
        if match.start() <= place.at <= match.end() + 1 and back in ("=", "[", ","):
            raw = match.group().rstrip()
            fixed = mend_value(raw)
            if fixed is not None:
                return place.slip(*fixed[:2]), place.put(match.start(), match.start() + len(raw), fixed[2])
    return None


def quote(place: Place) -> Found:
    """A text that is opened and never closed, or the other way round."""
    for token in TOKEN.finditer(place.text, place.start, place.end):
        text = token.group()
        if text[0] != '"' or text.startswith('"""'):
            continue
        if len(text) > 1 and text.endswith('"') and not text.endswith('\\"'):
            # the mark that closes it may be that which opens the next
            stolen = re.fullmatch(r'"([^"]*?)(\s*,\s*[\w.-]+\s*=\s*)"', text)
            after = place.text[token.end() : token.end() + 1]
            if stolen is None or after in (",", "}", "]", "\n", " ", ""):
                continue
            if not stolen[1]:
                bare = re.search(r"[=,\[]\s*([^\s\"=,\[]+)$", place.text[place.start : token.start()])
                if bare is None:
                    continue
                meant = f'"{bare[1].strip(CURLY)}'
                slip = place.slip(
                    Said("one_quote", value=f'{bare[1]}"'), Said("write_text", value=f'{meant}"')
                )
                return slip, place.put(place.start + bare.start(1), token.start(), meant)
            at = token.start() + 1 + len(stolen[1])
            slip = place.slip(
                Said("not_closed_named", text=cut(stolen[1])), Said("write_text", value=f'"{stolen[1]}"')
            )
            return slip, place.put(at, at, '"')
        body = text[1:]
        curly = [n for n, char in enumerate(body) if char in CURLY]
        tail = re.search(r"[\s,\]}]*(?:#[^\"]*)?$", body)
        end = (
            curly[0]
            if curly and not body[curly[0] + 1 :].strip(" ,]}")
            else tail.start()
            if tail
            else len(body)
        )
        inner, at = body[:end], token.start() + 1 + end
        if not inner.strip():
            return None
        slip = place.slip(Said("not_closed_named", text=cut(inner)), Said("write_text", value=f'"{inner}"'))
        return slip, place.put(at, at + (1 if end in curly else 0), '"')
    return None


def inner_quote(place: Place) -> Found:
    """A straight quotation mark inside a text, which ends it."""
    back = place.text[place.start : place.at].rstrip()
    rest = re.match(r"[^\s\",\]}=\d\[{#][^\",\]}=]*\"", place.text[place.at : place.end])
    if back[-1:] != '"' or rest is None:
        return None
    opened = [
        token.start()
        for token in TOKEN.finditer(place.text, place.start, place.at)
        if token.group()[0] == '"'
    ]
    last = re.compile(r'"(?=\s*([,\]}#]|$))').search(place.text, place.at, place.end)
    if last is None or not opened:
        return None
    inner = place.text[opened[-1] + 1 : last.start()]
    meant = '"' + inner.replace('"', '\\"') + '"'
    slip = place.slip(Said("quote_inside", text=cut(inner)), Said("quote_escaped"))
    return slip, place.put(opened[-1], last.end(), meant)


def wrong_day(place: Place) -> Found:
    match = re.match(r"[\dT:.+Z -]+", place.text[place.at : place.end])
    if match is None or not place.told.startswith("Invalid date"):
        return None
    given = match.group().strip()
    found, expected, day = mend_value(given) or no_such_day(given)
    return place.slip(found, expected), place.put(place.at, place.at + len(given), day)


def value(place: Place) -> Found:
    start, end = place.span()
    raw = place.text[start:end].strip()
    back = place.text[:start].rstrip()[-1:]
    if place.text[end : end + 1] == "=":
        # the next key has begun: what lacks is what stands between them
        return None
    if not raw:
        if back == "=" and place.text[place.end :].lstrip().startswith("{"):
            return place.slip(Said("key_alone"), Said("list_opens")), place.put(start, start, "[")
        if back == "=":
            return place.slip(Said("key_alone"), Said("key_equals_value")), place.put(start, start, '""')
        return None
    if back not in ("=", "[", ",") or (back != "=" and (not place.opened or place.opened[-1][1] != "[")):
        return None
    fixed = mend_value(raw)
    if fixed is None or fixed[2] == raw:
        return None
    return place.slip(*fixed[:2]), place.put(start, start + len(raw), fixed[2])
