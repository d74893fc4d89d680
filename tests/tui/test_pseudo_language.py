"""A language nobody speaks: what still reads as English or Thai on a screen is in no catalogue."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from textual.screen import ModalScreen
from textual.widgets._toast import Toast

from deskui.policy.decision import Decision, Text
from deskui.tui import dates
from deskui.tui.app import DeskApp
from deskui.tui.catalogue import SCOPES
from deskui.tui.messages import MESSAGES
from deskui.tui.modals.problems import ProblemForm
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from deskui.tui.screens.failed import FailedScreen
from tests.tui.driving import (
    Driver,
    call_screen,
    desk_screen,
    on_the_desk,
    press,
    screen_text,
    until,
    workers_idle,
)
from tests.tui.fake_rules import VENDORS
from tests.tui.test_hostile_screens import HostileDesk

_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_GREEK = str.maketrans(_LATIN, "ΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΘΡΣΤΥΩΧΧΨΖαβψδεφγηιξκλμνοπθρστυωχχψζ")
_CYRILLIC = str.maketrans(_LATIN, "АБЦДЕФГХИЙКЛМНОПЯРСТУВШЫЬЗабцдефгхийклмнопярстувшыьз")
_WORD = re.compile("[A-Za-z\u0e00-\u0e7f]{2,}")
DATA = "ДАННЫЕ"
"""What people and policies wrote."""
PSEUDO = {chr(sign) for table in (_GREEK, _CYRILLIC) for sign in table.values()} - set(DATA)


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
    tables: dict[str, dict[int, int]] = {"th": {}, "en": _CYRILLIC}
    monkeypatch.setattr(Text, "in_", lambda self, language: said(self, language).translate(tables[language]))


class Looking:
    """One app, looked at under whatever is open."""

    def __init__(self, desk: PseudoDesk, app: DeskApp, pilot: Driver) -> None:
        self.app, self.pilot = app, pilot
        self.known = of_terms(desk) | {"deskui", "EM", "AR", "BP", "th", "en", "Eng", "ไทย", "log"}

    async def look(self, state: Callable[[], Any], *keys: str) -> None:
        """Nothing is left of another language, now and after F2 was pressed twice."""
        app, pilot = self.app, self.pilot
        await press(pilot, *keys)
        await until(pilot, state, " ".join(keys))
        assert words_left(app, self.known) == [], f"{keys}\n{screen_text(app)}"
        app.clear_notifications()
        await until(pilot, lambda: not app.screen.query(Toast), "nothing is said in passing")
        before = await self.rest()
        await press(pilot, "f2")
        await until(pilot, lambda: app.say.language == "th" and not self._pseudo(), "said in Thai")
        await press(pilot, "f2")
        await until(pilot, lambda: screen_text(app) == before, f"said as before:\n{before}")

    async def rest(self) -> str:
        """What stands on the screen once nothing is under way."""
        await until(self.pilot, lambda: workers_idle(self.app), "nothing is read")
        await self.pilot.pause()
        return screen_text(self.app)

    def _pseudo(self) -> list[str]:
        return [sign for sign in screen_text(self.app) if sign in PSEUDO]

    def has(self, english: str) -> Callable[[], bool]:
        """Whether these words of the catalogue stand on the screen."""
        return lambda: english.translate(_GREEK) in screen_text(self.app)

    def window(self) -> bool:
        """Whether a window is open, with something in it."""
        return not isinstance(self.app.screen, DeskScreen) and bool(screen_text(self.app).strip())

    def asked(self) -> bool:
        """Whether a question or a line of words is open on the Desk."""
        pane = desk_screen(self.app).pane
        return bool(pane.prompt.has_focus or pane.words_line.has_focus)


@asynccontextmanager
async def looking() -> AsyncIterator[Looking]:
    desk = PseudoDesk()
    async with on_the_desk(desk) as (app, pilot):
        yield Looking(desk, app, pilot)


@pytest.mark.usefixtures("pseudo_language")
async def test_no_word_on_the_desk_is_written_in_the_code() -> None:
    async with looking() as here:
        app, pilot = here.app, here.pilot
        await here.look(lambda: desk_screen(app).detail is not None)
        await here.look(lambda: desk_screen(app).sla.explained, "w")
        await here.look(lambda: desk_screen(app).cover.detailed, "escape", "e")
        await here.look(here.has("All keys"), "escape", "?")
        await here.look(here.has("Find"), "escape", "f")
        await here.look(here.has("Find a command"), "escape", "ctrl+p")
        await here.look(here.has("No such command"), "zzzz")
        await here.look(here.window, "escape", "escape", "V", "down", "down")
        for key in ("y", "C", "S", "a", "d", "J", "K"):
            await here.look(here.window, "escape", "escape", key)
        await here.look(lambda: isinstance(app.screen, ProblemForm), "n")
        await press(pilot, "escape", "escape")
        await here.look(here.asked, "escape", "r")
        await here.look(here.asked, "escape", "s")
        await here.look(lambda: isinstance(app.screen, DeskScreen), "escape", "x")
        await here.look(here.has("again leaves"), "q")
        await app.push_screen(FailedScreen(Text("", DATA), "failed.log"))
        await here.look(here.has("What to do"))


@pytest.mark.usefixtures("pseudo_language")
async def test_no_word_in_a_call_is_written_in_the_code() -> None:
    async with looking() as here:
        app, pilot = here.app, here.pilot
        await here.look(lambda: isinstance(app.screen, CallScreen), "n")
        await here.look(lambda: DATA in screen_text(app), "0810001111")
        await here.look(lambda: call_screen(app).who.card is not None, "enter")
        await here.look(lambda: call_screen(app).verdict.decision is not None, "a", "enter")
        await here.look(lambda: app.focused is call_screen(app).notes.title_field, "y", "n", "d")
        await here.look(lambda: call_screen(app).verdict.near, "ctrl+t")
        await here.look(lambda: call_screen(app).query_one("#call-prompt").display, "ctrl+l")
        await here.look(lambda: call_screen(app).query_one("#call-words").display, "escape", "ctrl+y")
        await press(pilot, "escape")
        await pilot.resize_terminal(40, 10)
        await here.look(here.has("too small"))
        await pilot.resize_terminal(80, 24)
        await here.look(here.has("SAY"))


def test_what_is_written_in_the_code_would_be_seen() -> None:
    assert _WORD.findall(f"{pseudo('Take {n} of it')} Saved {DATA}") == ["n", "Saved"][1:]
    assert (
        pseudo("press Enter · {k[quit]} leaves: deskui demo") == "πρεσσ Enter · {k[quit]} λεαωεσ: deskui demo"
    )
