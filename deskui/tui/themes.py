"""The looks of the screens: four to choose from, and one for terminals of sixteen colours.

Every pair of text and background that the screens show has a contrast of 4.5 or more, in `contrast` of 7
(WCAG 2.2, 1.4.3 and 1.4.6); a test measures what is drawn.
"""

from __future__ import annotations

from typing import Final

from textual.color import Color
from textual.theme import Theme

from deskui.config import THEMES

__all__ = ["DEFAULT", "SIXTEEN", "THEMES", "all_themes", "contrast", "theme_name"]

DEFAULT: Final = "dark"
SIXTEEN: Final = "sixteen"
_OURS: Final = "deskui-"


def theme_name(name: str) -> str:
    """What Textual calls a theme of ours: its own have names of theirs."""
    return _OURS + name


def _theme(
    name: str,
    *,
    dark: bool,
    muted: str,
    cursor: tuple[str, str],
    blurred: tuple[str, str],
    frame: str,
    **colours: str,
) -> Theme:
    return Theme(
        name=theme_name(name),
        dark=dark,
        variables={
            "text": colours["foreground"],
            "text-muted": muted,
            "text-disabled": muted,
            "text-primary": colours["primary"],
            "text-secondary": colours["secondary"],
            "text-accent": colours["accent"],
            "text-success": colours["success"],
            "text-warning": colours["warning"],
            "text-error": colours["error"],
            "foreground-muted": muted,
            "foreground-disabled": muted,
            "border-muted": frame,
            "block-cursor-background": cursor[0],
            "block-cursor-foreground": cursor[1],
            "block-cursor-blurred-background": blurred[0],
            "block-cursor-blurred-foreground": blurred[1],
            "input-cursor-background": colours["foreground"],
            "input-cursor-foreground": colours["background"],
            "input-selection-background": cursor[0],
            "input-selection-foreground": cursor[1],
            "footer-background": colours["panel"],
            "footer-foreground": colours["foreground"],
            "footer-key-foreground": colours["accent"],
            "border": colours["primary"],
            "border-blurred": frame,
            "scrollbar": frame,
            "scrollbar-background": colours["surface"],
        },
        primary=colours["primary"],
        secondary=colours["secondary"],
        accent=colours["accent"],
        success=colours["success"],
        warning=colours["warning"],
        error=colours["error"],
        foreground=colours["foreground"],
        background=colours["background"],
        surface=colours["surface"],
        panel=colours["panel"],
    )  # fmt: skip


def all_themes() -> tuple[Theme, ...]:
    """The themes of ours."""
    return (
        _theme(
            "dark", dark=True,
            foreground="#e4e7eb", background="#14181d", surface="#181d23", panel="#232a33", muted="#9aa5b1",
            primary="#6cb0f5", secondary="#a79df7", accent="#8ecbff",
            success="#6fd08c", warning="#f0c05a", error="#ff8f85",
            cursor=("#2f6fb3", "#ffffff"), blurred=("#2b3542", "#e4e7eb"), frame="#4d5866",
        ),
        _theme(
            "light", dark=False,
            foreground="#1d232a", background="#fbfaf7", surface="#ffffff", panel="#e9e6de", muted="#565f69",
            primary="#1f5fa8", secondary="#5b46b0", accent="#0d4f95",
            success="#1a6b35", warning="#7a4b00", error="#ad1b12",
            cursor=("#1f5fa8", "#ffffff"), blurred=("#d6e2f0", "#1d232a"), frame="#a9a79f",
        ),
        _theme(
            "contrast", dark=True,
            foreground="#ffffff", background="#000000", surface="#000000", panel="#000000", muted="#d8d8d8",
            primary="#7fd4ff", secondary="#e0b0ff", accent="#ffe94d",
            success="#7dff9a", warning="#ffd000", error="#ffa8a0",
            cursor=("#ffe94d", "#000000"), blurred=("#3d3d3d", "#ffffff"), frame="#ffffff",
        ),
        _theme(
            "night", dark=True,
            foreground="#d9b98a", background="#0d0906", surface="#120d09", panel="#1d150e", muted="#a98a5f",
            primary="#d18f4a", secondary="#c79a7a", accent="#eda95a",
            success="#b7b26a", warning="#f0b24a", error="#f28a66",
            cursor=("#5f3d1c", "#ffe2b8"), blurred=("#2d2015", "#d9b98a"), frame="#4b3723",
        ),
        _sixteen(),
    )  # fmt: skip


def _sixteen() -> Theme:
    """The terminal's own colours: whatever they are, its text is readable on its background."""
    default = "ansi_default"
    return Theme(
        name=theme_name(SIXTEEN),
        ansi=True,
        primary="ansi_blue",
        secondary="ansi_cyan",
        accent=default,
        success="ansi_green",
        warning="ansi_yellow",
        error="ansi_red",
        foreground=default,
        background=default,
        surface=default,
        panel=default,
        boost=default,
        variables={
            "ansi-background": default,
            "ansi-foreground": default,
            "input-cursor-background": "ansi_white",
            "input-cursor-foreground": "ansi_black",
            "footer-background": default,
            "footer-foreground": default,
            "text": default,
            "text-muted": default,
            "text-disabled": default,
            "text-primary": default,
            "text-accent": default,
            "block-cursor-background": "ansi_white",
            "block-cursor-foreground": "ansi_black",
            "block-cursor-blurred-background": default,
            "block-cursor-blurred-foreground": default,
            "input-selection-background": "ansi_white",
            "input-selection-foreground": "ansi_black",
            "footer-key-foreground": default,
            "border": default,
            "border-muted": default,
            "scrollbar": default,
            "primary-muted": default,
        },
    )


def contrast(one: Color, other: Color) -> float:
    """Contrast of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in (colour.r, colour.g, colour.b))
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
