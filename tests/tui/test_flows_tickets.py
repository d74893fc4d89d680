"""What an agent does to tickets, from claiming to closing: each command by its key, seen in the store."""

from __future__ import annotations

import pytest

from deskui.desk.model import TicketDetail, TicketState
from deskui.tui.modals.asked import AskedScreen
from deskui.tui.modals.problems import ProblemsScreen
from tests.tui.driving import desk_screen
from tests.tui.flows import Flow, Flowing, flow
from tests.tui.real_desk import RealDesk, real_app, real_desk

__all__ = ["flow"]

DOWN = {"emwork_product": True, "customer_modified": False, "in_warranty": True, "severity": "other"}


async def select(here: Flowing, ticket: TicketDetail) -> None:
    """Puts the cursor on a ticket."""
    here.app.go_to(ticket.row.ticket_id)
    await here.rest()
    assert desk_screen(here.app).queue.ticket_id == ticket.row.ticket_id


def now(desk: RealDesk, ticket: TicketDetail) -> TicketDetail:
    return desk.of("nok").ticket(ticket.row.ticket_id)


def told(desk: RealDesk, ticket: TicketDetail, words: str) -> bool:
    """Whether the ticket's timeline has these words."""
    return any(words in entry.text.en for entry in now(desk, ticket).entries)


@pytest.mark.flow(
    "ticket.claim", "ticket.release", "ticket.undo", "ticket.pause", "ticket.hold", "ticket.note",
    "ticket.severity", "ticket.met", "clock.why", "ticket.resolve", "ticket.reopen", "ticket.close",
)  # fmt: skip
async def test_the_life_of_a_ticket(flow: Flow) -> None:
    async with real_desk() as desk:
        fault = desk.log("EM-0031", "sla-deadline", "payroll stops", **DOWN)
        advice = desk.log("BP-0042", "advice", "how to close the year", channel="phone")
        async with real_app(desk, size=flow.size, language=flow.language) as (app, pilot):
            here = flow.on(desk, app, pilot)
            screen = desk_screen(app)

            def state() -> TicketState:
                return now(desk, advice).row.state

            await select(here, fault)
            due = fault.row.due_at
            (down,) = [
                choice.key
                for choice in desk.of("nok").question("emwork", "severity", "sla-deadline").choices
                if choice.value == "system_down"
            ]
            await here.does("ticket.severity", lambda: now(desk, fault).row.due_at != due, down)
            await select(here, advice)
            await here.does("ticket.claim", lambda: now(desk, advice).row.assignee == "nok")
            await here.does("ticket.release", lambda: now(desk, advice).row.assignee is None)
            await here.does("ticket.claim", lambda: now(desk, advice).row.assignee == "nok")
            await here.does("ticket.undo", lambda: now(desk, advice).row.assignee is None, twice=True)
            await here.does("ticket.pause", lambda: state() is TicketState.WAITING, "a picture", "enter")
            assert told(desk, advice, "a picture")
            await here.does("ticket.pause", lambda: state() is TicketState.OPEN)
            await here.does("ticket.hold", lambda: state() is TicketState.ON_HOLD, "the maker", "enter")
            await here.does("ticket.pause", lambda: state() is TicketState.OPEN)
            await here.does("ticket.note", lambda: told(desk, advice, "asks again"), "asks again", "enter")
            await here.does("clock.why", lambda: screen.sla.explained)
            await here.does("clock.why", lambda: not screen.sla.explained)
            await here.does("ticket.met", lambda: any(one.met_at for one in now(desk, advice).clocks))
            solved = "restarted it"
            await here.does("ticket.resolve", lambda: state() is TicketState.RESOLVED, solved, "enter")
            assert told(desk, advice, solved)
            await here.does("ticket.reopen", lambda: state() is TicketState.OPEN)
            await here.does("ticket.resolve", lambda: state() is TicketState.RESOLVED, "enter")
            await here.does("ticket.close", lambda: state() is TicketState.CLOSED, twice=True)


@pytest.mark.flow("ticket.assign", "ticket.take_over", "ticket.merge", "ask", "customer.authority")
async def test_tickets_of_two_agents(flow: Flow) -> None:
    """A supervisor gives a ticket away and takes it back; a duplicate; who may ask; what she herself asks."""
    async with real_desk() as desk:
        first = desk.log("M5-0009", "support", "report is wrong")
        second = desk.log("M5-0009", "support", "the same report")
        async with real_app(desk, "ploy", size=flow.size, language=flow.language) as (app, pilot):
            here = flow.on(desk, app, pilot)
            screen = desk_screen(app)
            await select(here, first)
            await here.does(
                "ticket.assign", lambda: now(desk, first).row.assignee == "art", "a", "knows it", "enter"
            )
            await here.does(
                "ticket.take_over", lambda: now(desk, first).row.assignee == "ploy", "art is out", "enter"
            )
            await here.does("ask", lambda: desk.of("ploy").questions_waiting(), "may we?", "enter")
            await here.does(
                "customer.authority",
                lambda: screen.cover.card is not None and screen.cover.card.people[0].authorised,
                "a",
                "y",
            )
            await select(here, second)
            await here.does(
                "ticket.merge",
                lambda: now(desk, second).row.state is TicketState.MERGED,
                "enter",
                twice=True,
            )


@pytest.mark.flow(
    "asked", "asked.grant", "asked.price", "asked.refuse", "asked.answer",
    "problems", "problems.new", "problems.ticket", "problems.close", "problems.told",
)  # fmt: skip
async def test_the_pages_of_questions_and_of_known_problems(flow: Flow) -> None:
    async with real_desk() as desk:
        ticket = desk.log("AR-0107", "db-recovery", "disk is gone")
        other = desk.log("AR-0107", "program-error", "prints nothing")
        for _ in range(4):
            desk.of("nok").ask_supervisor(desk.call("AR-0107", "db-recovery"))
        async with real_app(desk, "ploy", size=flow.size, language=flow.language) as (app, pilot):
            here = flow.on(desk, app, pilot)
            await select(here, ticket)

            def answered(number: int, state: str) -> bool:
                # the page shows the next one before a key about it can be typed
                page, asked = app.screen, desk.of("nok").supervisor_question(number)
                next_here = isinstance(page, AskedScreen) and number not in [
                    one.question_id for one in page.questions
                ]
                return asked.state == state and next_here

            await here.does("asked", lambda: isinstance(app.screen, AskedScreen) and app.screen.questions)
            await here.does("asked.grant", lambda: answered(1, "granted"), "goodwill", "enter")
            price = ("1250.50", "enter", "as a favour", "enter")
            await here.does("asked.price", lambda: answered(2, "granted"), *price)
            figure = desk.of("nok").supervisor_question(2).amount
            assert figure is not None
            assert str(figure) == "1250.50"
            await here.does("asked.refuse", lambda: answered(3, "refused"), "see the terms", "enter")
            await here.does("asked.answer", lambda: answered(4, "answered"), "ask sales", "enter")
            await here.escape()

            def page() -> ProblemsScreen:
                assert isinstance(app.screen, ProblemsScreen)
                return app.screen

            def shown() -> bool:
                """The page has read what there is."""
                return isinstance(app.screen, ProblemsScreen) and not app.screen.waits("c")

            await here.does("problems", shown)
            opened = ("ขัดข้อง", "enter", "It is down", "enter")
            await here.does(
                "problems.new", lambda: shown() and [one.title for one in page().problems], *opened
            )
            await here.escape()
            await select(here, other)
            await here.does("problems", shown)
            await here.does("problems.ticket", lambda: shown() and page().problems[0].callers == 2)
            await here.does(
                "problems.close",
                lambda: shown() and page().one is not None and page().one.closed_at,  # type: ignore[union-attr]
                "spare disk",
                "enter",
            )
            await here.does("problems.told", lambda: shown() and page().one.to_tell == 1)  # type: ignore[union-attr]
