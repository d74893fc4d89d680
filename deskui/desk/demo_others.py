"""What the demo has besides tickets: known problems, questions, missed and waiting callers, views kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from deskui.clock import FixedClock
from deskui.desk.calls import CallBook
from deskui.desk.demo_days import Backwards
from deskui.desk.demo_memory import Held
from deskui.desk.demo_people import People
from deskui.desk.demo_tickets import Told
from deskui.desk.drafts import DraftBook
from deskui.desk.goals import work
from deskui.desk.look import Look
from deskui.desk.model import Agent, Call
from deskui.desk.problems import ProblemBook
from deskui.desk.ringing import ring
from deskui.desk.supervisor import SupervisorBook
from deskui.desk.terms import Terms
from deskui.desk.tickets import resolve_work
from deskui.desk.together import TogetherBook
from deskui.desk.work import Means
from deskui.policy.decision import Text


class Others:
    """Does it by the desk's own use cases, once the tickets are stored. `hours` are those of the desk."""

    def __init__(self, held: Held, terms: Terms, agents: Sequence[Agent], hours: Backwards) -> None:
        self._held = held
        self._hours = hours
        self._clock = FixedClock(hours.start(work("0m")))
        self._means = {agent.code: Means(held.uow, terms, self._clock, agent) for agent in agents}

    def tell(
        self,
        entries: Mapping[str, Sequence[Mapping[str, Any]]],
        tickets: Sequence[tuple[Told, int]],
        people: People,
    ) -> None:
        """All that the files tell, with every ticket and its id. Raises as the use cases do, and KeyError."""
        for entry in entries["missed"]:
            self._at(entry)
            ring(self._held.uow, self._clock, entry["number"], entry.get("to"), missed=True)
        for entry in entries["problem"]:
            self._problem(entry, tickets, people)
        for told, ticket_id in tickets:
            if told.question is not None:
                means = self._means[told.agent]
                self._clock.at = told.last
                SupervisorBook(means, CallBook(means).judge).ask_about(ticket_id, told.question)
        for entry in entries["parked"]:
            self._parked(entry, people)
        for entry in entries["view"]:
            look = Look(entry.get("view", "all"), entry.get("find", ""), entry.get("sort", "queue"))
            TogetherBook(self._means[entry["of"]]).save_view(entry["name"], look)

    def _at(self, entry: Mapping[str, Any]) -> datetime:
        self._clock.at = self._hours.start(work(entry["ago"]))
        return self._clock.at

    def _problem(self, entry: Mapping[str, Any], tickets: Sequence[tuple[Told, int]], people: People) -> None:
        """Opened by itself, then the tickets that name it, then those who need only the call back."""
        means = self._means[entry["by"]]
        book = ProblemBook(means, resolve_work)
        opened = self._at(entry)
        problem_id = book.open_new(
            entry["title"], Text(**entry["say"]), policy=entry["policy"], service=entry.get("ask")
        )
        about = [(max(opened, told.last), key) for told, key in tickets if told.problem == entry["title"]]
        for self._clock.at, ticket_id in sorted(about):
            book.attach_ticket(problem_id, ticket_id)
        for code in entry.get("callers", ()):
            bought = people.bought[code][0]
            book.attach_caller(problem_id, bought.customer_id, bought.contacts[0], None)

    def _parked(self, entry: Mapping[str, Any], people: People) -> None:
        bought = people.bought[entry["of"]][0]
        at = self._at(entry)
        DraftBook(self._means[entry["by"]]).save(
            Call(
                customer_id=bought.customer_id,
                contact_id=bought.contacts[0],
                product_id=bought.product_id,
                service=entry.get("ask"),
                title=entry.get("title", ""),
                notes=entry.get("notes", ""),
                started_at=at,
                parked_at=at,
            )
        )
