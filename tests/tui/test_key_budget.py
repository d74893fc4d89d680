"""How many keys a call takes, for every service of every vendor and driven for the worst of each.

From a delivered number to the verdict at most 3 keys and 4 letters of the service; to a logged ticket at most
10 keys beside typed text and the answers to the policy's questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import pytest

from deskui.desk.model import ServiceInfo
from deskui.policy.model import Question
from deskui.policy.policy import Policy
from deskui.tui.app import DeskApp
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from deskui.tui.service_filter import matching
from tests.tui.driving import Driver, NotThereYet, call_screen, press, until
from tests.tui.real_desk import PEOPLE, library, real_app, real_desk

VERDICT_KEYS = 3
LETTERS = 4
TICKET_KEYS = 10


@dataclass(frozen=True, order=True)
class Way:
    """The shortest way to a service once the caller is chosen."""

    keys: int
    """All of them together: what makes one way worse than another."""
    letters: str
    downs: int
    service: str


def offered(policy: Policy) -> list[ServiceInfo]:
    """What the list of a vendor's services is made of."""
    return [ServiceInfo(s.id, s.name, tuple(s.keywords)) for s in policy.services.values() if s.call]


def beginnings(info: ServiceInfo) -> Iterator[str]:
    """What an agent would type: the first letters of a word of its name, or of a keyword."""
    for text in (info.name.th, info.name.en, *info.keywords):
        for word in text.split():
            yield from (word[:length] for length in range(1, min(len(word), LETTERS) + 1))


def shortest(infos: Sequence[ServiceInfo], info: ServiceInfo) -> Way | None:
    """The way with the fewest keys within the budget."""
    ways = []
    for letters in beginnings(info):
        found = [one.service for one in matching(infos, letters)]
        if info.service in found[:VERDICT_KEYS]:
            downs = found.index(info.service)
            ways.append(Way(len(letters) + downs, letters, downs, info.service))
    return min(ways, default=None)


def worst(policy: Policy) -> Way:
    """The service of a vendor that takes the most keys."""
    infos = offered(policy)
    ways = [shortest(infos, info) for info in infos]
    return max(way for way in ways if way is not None)


@pytest.mark.parametrize("vendor", sorted(library().files))
def test_every_service_is_within_three_keys_and_four_letters(vendor: str) -> None:
    """The caller's Enter is one of the three; arrows down may be the others."""
    infos = offered(library().get(vendor))
    too_far = [info.service for info in infos if (way := shortest(infos, info)) is None or way.downs > 2]
    assert not too_far


WORST = [(person, worst(library().get(person[5]))) for person in PEOPLE]


async def answer(app: DeskApp, pilot: Driver) -> int:
    """Answers what is asked, with the first choice or a figure; how many questions there were."""
    asked = 0

    def at_rest() -> bool:
        screen = call_screen(app)
        return screen.focused in (screen.questions, screen.query_one("#answer"), screen.notes.title_field)

    while True:
        await until(pilot, at_rest, "a question, or the notes")
        screen = call_screen(app)
        question = screen.questions.question
        if question is None or screen.focused is screen.notes.title_field:
            return asked
        asked += 1
        await press(pilot, *keys_for(question))
        await until(pilot, partial(_answered, screen, question), "answered, and the next one")


def _answered(screen: CallScreen, question: Question) -> bool:
    return screen.questions.knows(question.fact) and screen.questions.question is not question


def keys_for(question: Question) -> tuple[str, ...]:
    """One letter, or a figure of its kind and Enter."""
    if question.choices:
        return (question.choices[0].key,)
    figure = {"date": "23/11/2569", "datetime": "23/11/2569 14:00"}.get(str(question.kind), "1")
    return (figure, "enter")


@pytest.mark.parametrize(
    ("person", "way"), WORST, ids=[f"{person[5]}:{way.service}:{way.letters}" for person, way in WORST]
)
async def test_the_worst_service_of_a_vendor_by_real_keys(person: Sequence[str], way: Way) -> None:
    """Keys are counted as they are sent; typed text and answers are not commands."""
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await app.push_screen(CallScreen(person[4]))
        await until(pilot, lambda: call_screen(app).who.query_one("#callers").items, "found")  # type: ignore[attr-defined]
        keys = await press(pilot, "enter")
        await until(pilot, lambda: app.focused is call_screen(app).what.field, "in WHAT")
        await press(pilot, way.letters)
        await until(pilot, lambda: call_screen(app).what.field.value == way.letters, "typed")
        keys += await press(pilot, *["down"] * way.downs)

        def verdict() -> bool:
            screen = call_screen(app)
            return screen.what.highlighted == way.service and screen.verdict.decision is not None

        await until(pilot, verdict, "verdict")
        assert keys <= VERDICT_KEYS
        keys += await press(pilot, "enter")
        await until(pilot, lambda: call_screen(app).call.service == way.service, "taken")
        await answer(app, pilot)
        keys += await press(pilot, "enter", "enter")

        def logged() -> bool:
            if isinstance(app.screen, CallScreen):
                raise NotThereYet
            return isinstance(app.screen, DeskScreen)

        await until(pilot, logged, "logged")
        assert keys <= TICKET_KEYS
        snapshot = desk.of("nok").queue("all")
        (row,) = desk.of("nok").rows([entry.ticket_id for entry in snapshot.entries])
        assert row.service == way.service
