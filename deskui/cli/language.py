"""The language a command answers in."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import click

from deskui.policy.decision import Text


class _Preferred:
    """What the command line or the settings ask for, while one command runs."""

    language: str | None = None


def prefer(language: str | None) -> None:
    """Answers in `language` from now on; None is what the environment says."""
    _Preferred.language = language


def language(environ: Mapping[str, str] = os.environ) -> str:
    """ "th" or "en": what is preferred, else DESKUI_LANG when it names one, else the locale, else English."""
    if _Preferred.language is not None:
        return _Preferred.language
    asked = environ.get("DESKUI_LANG", "").lower()
    if asked in ("th", "en"):
        return asked
    # the order in which every other program reads them
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(name))), "")
    return "th" if locale.lower().startswith("th") else "en"


def asked_language(arguments: Sequence[str]) -> str | None:
    """What `--lang` says in a command line that may be wrong elsewhere; None where it says neither."""
    for at, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if argument == "--":
            break
        if name == "--lang":
            asked = value if equals else "".join(arguments[at + 1 : at + 2])
            return asked if asked in ("th", "en") else None
    return None


def _answer_in(_: click.Context, __: click.Parameter, asked: str | None) -> None:
    if asked is not None:
        prefer(asked)


lang_option = click.option(
    "--lang",
    type=click.Choice(["th", "en"]),
    callback=_answer_in,
    expose_value=False,
    help="Language; the locale's when not given.",
)
"""Answers in another language from there on."""


def told(text: Text) -> str:
    """The text in the language of this command."""
    return text.in_(language())
