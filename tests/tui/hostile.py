"""Texts that must do nothing: not to markup, not to the terminal, not to the columns."""

from __future__ import annotations

from typing import Final

HOSTILE: Final[dict[str, str]] = {
    "closing tag": "[/]",
    "link": "[@click=app.quit]go[/]",
    "bracketed": "[INC-42] printer",
    "open tag": "[bold red]x",
    "broken tag": "[/foo] [ ] [[ ]] \\[",
    "title escape": "a\x1b]0;pwn\x07b",
    "clear screen": "a\x1b[2Jb",
    "c1 csi": "a\x9b31mb",
    "nul and bell": "a\x00\x07b",
    "delete": "a\x7fb",
    "bidi": "a\u202eb\u2066c\u200fd\u061ce",
    "joiner": "ก\u200dข",
    "zero width": "a\u200bb\ufeffc\u2060d",
    "variation": "a\ufe0fb\u2764\ufe0f\U000e0101",
    "line separators": "a\u2028b\u2029c\x85d",
    "surrogate": "a\ud800b",
    "zalgo": "ก" + "\u0e49" * 50 + "a" + "\u0301" * 50,
    "leading mark": "\u0e49น \u0e35",
    "line breaks": "a\r\nb\nc\td\x0be\x0cf",
    "sara am": "น\u0e4d\u0e49า น\u0e49\u0e4dา",
    "tag letters": "a\U000e0041\U000e007fb",
    "private": "a\ue000\U000f0000b\ufdd0",
    "ideographs": "日本語テキスト",
    "emoji": "👩‍👩‍👧 🇹🇭 👍🏽",
    "long": "ที่นั่งเรียน " * 90_000,
    "empty": "",
    "blank": " \t ",
}
