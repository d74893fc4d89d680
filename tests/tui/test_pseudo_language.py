"""A language nobody speaks: what still reads as English or Thai on a screen is in no catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.screen import ModalScreen

from deskui.policy.decision import Decision, Text
from deskui.tui import dates
from deskui.tui.app import DeskApp
from deskui.tui.catalogue import SCOPES
from deskui.tui.messages import MESSAGES
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from deskui.tui.screens.failed import FailedScreen
from tests.tui.driving import call_screen, desk_screen, on_the_desk, press, screen_text, until
from tests.tui.fake_rules import VENDORS
from tests.tui.test_hostile_screens import HostileDesk

_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_GREEK = str.maketrans(_LATIN, "ΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΘΡΣΤΥΩΧΧΨΖαβψδεφγηιξκλμνοπθρστυωχχψζ")
_CYRILLIC = str.maketrans(_LATIN, "АБЦДЕФГХИЙКЛМНОПЯРСТУВШЫЬЗабцдефгхийклмнопярстувшыьз")
_WORD = re.compile("[A-Za-z\u0e00-\u0e7f]{2,}")
DATA = "ДАННЫЕ"
"""What people and policies wrote."""


def pseudo(text: str) -> str:
    """Words of a message in Greek letters; its places, and names of commands and keys in it, as they are."""
    parts = re.split(r"(\{[^}]*\}|deskui(?: demo\b| [a-z]+ [a-z]+(?= ?$))?|\bEnter\b|\bEsc\b)", text)
    return "".join(_pseudo(part) for part in parts)


def _pseudo(part: str) -> str:
    if part.startswith("{"):
        place, colon, words = part.partition(":")
        return place + colon + words.translate(_GREEK)
    return part if part in ("Enter", "Esc") or part.startswith("deskui") else part.translate(_GREEK)


class PseudoDesk(HostileDesk):
    """All that people wrote is DATA; of the terms only rules, clauses and codes are in Latin letters."""

    def __init__(self) -> None:
        super().__init__(DATA)

    def preview(self, call: object) -> Decision:
        decision = super().preview(call)
        return replace(decision, reasons=tuple(replace(reason, clause=DATA) for reason in decision.reasons))


def of_terms(desk: PseudoDesk) -> set[str]:
    """Words that stand in policies, codes, and names of days and months."""
    texts = [desk.agent.code, desk.agent.name, *VENDORS]
    for policy in VENDORS:
        texts += [text for service in desk.services(policy) for text in (service.name.th, service.name.en)]
    for table in (dates._WEEKDAYS, dates._MONTHS, dates._LONG_MONTHS):
        texts += table["en"]
    detail = desk.ticket(desk.queue("all").entries[0].ticket_id)
    for clock in detail.clocks:
        texts += [clock.rule, clock.clause]
    assert detail.decision is not None
    texts += [
        detail.decision.say.spoken(desk.agent.particle).th,
        *(one.clause for one in detail.decision.reasons),
    ]
    return {word for text in texts for word in _WORD.findall(text)}


def words_left(app: DeskApp, known: set[str]) -> list[str]:
    """Words on the screen that no catalogue had in its hands."""
    keys = {word for command in app.keys.commands(*SCOPES) for word in _WORD.findall(command.key)}
    return sorted(set(_WORD.findall(_top(app))) - known - keys)


def _top(app: DeskApp) -> str:
    """What stands on the screen; of a window over others only what is in it, for it cuts words behind."""
    if not isinstance(app.screen, ModalScreen):
        return screen_text(app)
    strips = app.screen._compositor.render_strips()
    regions = [part.region for part in app.screen.displayed_children]
    lines = [strip.crop(box.x, box.right).text for box in regions for strip in strips[box.y : box.bottom]]
    return "\n".join(lines)


@pytest.fixture
def pseudo_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """English is Greek, and what a Text says in English is Cyrillic."""
    said = Text.in_
    for key, (thai, english) in list(MESSAGES.items()):
        monkeypatch.setitem(MESSAGES, key, (thai, pseudo(english)))
    monkeypatch.setattr(Text, "in_", lambda self, language: said(self, language).translate(_CYRILLIC))


def greek(english: str) -> str:
    return english.translate(_GREEK)


@pytest.mark.usefixtures("pseudo_language")
async def test_no_word_on_any_screen_is_written_in_the_code() -> None:
    desk = PseudoDesk()
    async with on_the_desk(desk) as (app, pilot):
        known = of_terms(desk) | {"deskui", "EM", "AR", "BP", "th", "en", "Eng", "ไทย", "log"}

        async def look(state: Callable[[], Any], *keys: str) -> None:
            await press(pilot, *keys)
            await until(pilot, state, " ".join(keys))
            assert words_left(app, known) == [], f"{keys}\n{screen_text(app)}"

        def window() -> bool:
            return not isinstance(app.screen, DeskScreen) and bool(screen_text(app).strip())

        await look(lambda: desk_screen(app).detail is not None)
        await look(lambda: desk_screen(app).sla.explained, "w")
        await look(lambda: desk_screen(app).cover.detailed, "escape", "e")
        await look(lambda: greek("All keys") in screen_text(app), "escape", "?")
        await look(lambda: greek("Find") in screen_text(app), "escape", "f")
        await look(lambda: greek("Find a command") in screen_text(app), "escape", "ctrl+p")
        await look(lambda: greek("No such command") in screen_text(app), "zzzz")
        for key in ("y", "C", "V", "S", "J", "K"):
            await look(window, "escape", "escape", key)
        await press(pilot, "escape", "escape")
        await look(lambda: isinstance(app.screen, DeskScreen), "x")
        await look(lambda: greek("again leaves") in screen_text(app), "q")
        await look(lambda: isinstance(app.screen, CallScreen), "escape", "n")
        await look(lambda: DATA in screen_text(app), "0810001111")
        await look(lambda: call_screen(app).who.card is not None, "enter")
        await look(lambda: call_screen(app).verdict.decision is not None, "a", "enter")
        await look(lambda: app.focused is call_screen(app).notes.title_field, "y", "n", "d")
        await look(lambda: call_screen(app).verdict.near, "ctrl+t")
        await pilot.resize_terminal(40, 10)
        await look(lambda: greek("too small") in screen_text(app))
        await pilot.resize_terminal(80, 24)
        await look(lambda: greek("SAY") in screen_text(app))
        await app.push_screen(FailedScreen(Text("", DATA), "failed.log"))
        await look(lambda: isinstance(app.screen, FailedScreen) and greek("What to do") in screen_text(app))


def test_what_is_written_in_the_code_would_be_seen() -> None:
    assert _WORD.findall(f"{pseudo('Take {n} of it')} Saved {DATA}") == ["n", "Saved"][1:]
    assert (
        pseudo("press Enter · {k[quit]} leaves: deskui demo") == "πρεσσ Enter · {k[quit]} λεαωεσ: deskui demo"
    )
