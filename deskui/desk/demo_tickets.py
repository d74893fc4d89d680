"""The tickets of the demo's files, in the order in which things happened to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from deskui.clock import FixedClock
from deskui.dataclass import dataclass
from deskui.desk.calls import CallBook
from deskui.desk.demo_days import Backwards, last_time, value
from deskui.desk.demo_memory import Memory
from deskui.desk.demo_people import Bought
from deskui.desk.errors import DeskError
from deskui.desk.facts import MACHINE
from deskui.desk.goals import work
from deskui.desk.model import Agent, Call
from deskui.desk.queue import covered_vendors
from deskui.desk.team import TeamBook
from deskui.desk.terms import HOME_ZONE, Terms
from deskui.desk.tickets import TicketBook
from deskui.desk.work import Means

_GOLDEN = 0.618033988749895
"""Steps of this part of a whole spread any number of points evenly over it."""
_TEMPLATE = ("claim", "resolve", "close")
_CLOSED_AFTER = work("16h")
"""What is solved is closed so much later."""


@dataclass(frozen=True)
class Told:
    """One ticket as the files tell it."""

    code: str
    """Its customer's."""
    product: Bought
    service: str
    title: str
    notes: str
    answers: Mapping[str, Any]
    proofs: Mapping[str, str]
    channel: str
    agent: str
    reason: str
    """Why it was claimed out of turn, where it was."""
    start: datetime
    steps: Sequence[tuple[datetime, str]]
    question: str | None = None
    """What the supervisor is asked about it; may be empty."""
    problem: str | None = None
    """Name of the known problem that it is about."""

    @property
    def last(self) -> datetime:
        """When the newest of it happened."""
        return self.steps[-1][0] if self.steps else self.start


class Tellings:
    """Reads what the files say about tickets, as of an instant. Raises ValueError and KeyError."""

    def __init__(
        self,
        terms: Terms,
        bought: Mapping[str, Sequence[Bought]],
        agents: Sequence[str],
        desk_hours: Backwards,
        now: datetime,
    ) -> None:
        self._terms = terms
        self._bought = bought
        self._agents = agents
        self._desk_hours = desk_hours
        self._now = now
        self._times: dict[str, Backwards] = {}

    def live(self, entry: Mapping[str, Any]) -> Told:
        """A ticket told by itself: its steps lie between its call and now, or in what it `took`."""
        product = self._product(entry, entry["of"])
        times = self._hours(product.policy)
        if "on" in entry:
            start = last_time(entry["on"], self._now.astimezone(HOME_ZONE))
        else:
            start = times.start(work(entry["ago"]))
        steps: Sequence[str] = entry.get("then", ())
        took = work(entry["took"]) if "took" in entry else times.until_now(start)
        claims = (step.split()[1] for step in steps if step.startswith("claim "))
        agent = next(claims, self._agents[0])
        return self._told(entry, entry["of"], product, start, steps, took, agent, entry["title"])

    def past(self, entry: Mapping[str, Any], between: Sequence[str]) -> Iterator[Told]:
        """A kind of ticket that was solved over and over: one for each customer of `of`, spread over time."""
        least, most = work(between[0]), work(between[1])
        titles, solved, took = entry["titles"], entry["solved"], work(entry["took"])
        for place, code in enumerate(entry["of"].split()):
            product = self._product(entry, code)
            part = (place + 1) * _GOLDEN + len(entry["ask"]) / 17 + len(titles[0]) / 23
            start = self._hours(product.policy).start(least + (most - least) * (part % 1))
            steps = [
                f"resolve {solved[place % len(solved)]}" if step == "resolve" else step
                for step in entry.get("then", _TEMPLATE)
            ]
            agent = self._agents[(place + len(entry["ask"])) % len(self._agents)]
            yield self._told(entry, code, product, start, steps, took, agent, titles[place % len(titles)])

    def _told(
        self,
        entry: Mapping[str, Any],
        code: str,
        product: Bought,
        start: datetime,
        steps: Sequence[str],
        took: timedelta,
        agent: str,
        title: str,
    ) -> Told:
        day = start.astimezone(HOME_ZONE).date()
        answers = {name: value(given, day, HOME_ZONE) for name, given in entry.get("answers", {}).items()}
        if "machine" in entry:
            answers[MACHINE] = product.machines[entry["machine"]]
        return Told(
            code=code,
            product=product,
            service=entry["ask"],
            title=title,
            notes=entry.get("notes", ""),
            answers=answers,
            proofs=entry.get("proofs", {}),
            channel=entry.get("channel", "phone"),
            agent=agent,
            reason=entry.get("reason", ""),
            start=start,
            steps=self._moments(product.policy, start, steps, took),
            question=entry.get("question"),
            problem=entry.get("problem"),
        )

    def _moments(
        self, policy: str, start: datetime, steps: Sequence[str], took: timedelta
    ) -> list[tuple[datetime, str]]:
        """When each step was done: spread over working time, none at night; what is yet to come is not."""
        times = self._hours(policy)
        done: list[tuple[datetime, str]] = []
        for place, step in enumerate(steps, start=1):
            spent = took * place / (len(steps) + 1)
            if step == "close" and len(steps) > 1:
                spent += _CLOSED_AFTER
                if times.until_now(start) < spent:
                    continue
            done.append((times.after(start, spent), step))
        return done

    def _hours(self, policy: str) -> Backwards:
        """The vendor's main hours; the desk's own for one whose terms have none."""
        if policy not in self._times:
            terms = self._terms.policy(policy)
            names = [terms.main_calendar] if terms.main_calendar else list(terms.calendars)
            self._times[policy] = (
                Backwards(terms.calendar(names[0]), self._now) if names else self._desk_hours
            )
        return self._times[policy]

    def _product(self, entry: Mapping[str, Any], code: str) -> Bought:
        """The customer's first product that has the service, or the one that is named."""
        named = entry.get("product")
        for product in self._bought[code]:
            has = entry["ask"] in self._terms.policy(product.policy).services
            if has and named in (None, product.name):
                return product
        raise ValueError(f"{code} has no product for {entry['ask']}: expected one of its vendor's services")


class Player:
    """Does to the tickets what is told of them, by the desk's own use cases."""

    def __init__(self, memory: Memory, terms: Terms, agents: Sequence[Agent]) -> None:
        self._memory = memory
        self._clock = FixedClock(datetime.fromisoformat("2000-01-01T00:00:00+07:00"))
        self._means = {agent.code: Means(memory.uow, terms, self._clock, agent) for agent in agents}
        self._calls = {code: CallBook(means) for code, means in self._means.items()}
        self._tickets = {code: TicketBook(means, self._covered) for code, means in self._means.items()}
        self._team = {code: TeamBook(means, self._covered) for code, means in self._means.items()}

    def _covered(self) -> frozenset[str]:
        return covered_vendors(self._memory.tickets.open_items())

    def play(self, told: Sequence[Told]) -> Mapping[int, int]:
        """Everything in the order of its time; the tickets' ids by their place in `told`.

        Raises what the use cases raise, and ValueError.
        """
        happened = [
            (at, place, step_place, step)
            for place, ticket in enumerate(told)
            for step_place, (at, step) in enumerate([(ticket.start, ""), *ticket.steps])
        ]
        ids: dict[int, int] = {}
        holders: dict[int, str] = {}
        for at, place, _, step in sorted(happened):
            self._clock.at = at
            ticket = told[place]
            try:
                if not step:
                    ids[place], holders[place] = self._open(ticket), ticket.agent
                else:
                    holders[place] = self._do(ticket, ids[place], step, holders[place])
            except (DeskError, ValueError) as error:
                error.add_note(
                    f"the demo's ticket of {ticket.code}, {ticket.title!r}, at {at}: {step or 'opened'}"
                )
                raise
        return ids

    def _open(self, told: Told) -> int:
        product = told.product
        return self._calls[told.agent].open_ticket(
            Call(
                customer_id=product.customer_id,
                contact_id=product.contacts[len(told.title) % len(product.contacts)],
                product_id=product.product_id,
                channel=told.channel,
                service=told.service,
                answers=told.answers,
                proofs=told.proofs,
                title=told.title,
                notes=told.notes,
                started_at=told.start,
            )
        )

    def _do(self, told: Told, ticket_id: int, step: str, holder: str) -> str:
        """One step; whose it is afterwards."""
        verb, _, rest = step.partition(" ")
        version = self._memory.tickets.records[ticket_id].version
        book = self._tickets[holder]
        match verb:
            case "claim":
                holder = rest or told.agent
                self._tickets[holder].claim(ticket_id, version, told.reason)
            case "release":
                book.release(ticket_id, version)
            case "note":
                book.note(ticket_id, rest)
            case "wait":
                book.wait(ticket_id, version, rest)
            case "hold":
                self._team[holder].hold(ticket_id, version, rest)
            case "resume":
                book.resume(ticket_id, version)
            case "severity":
                book.change_severity(ticket_id, version, rest)
            case "meet":
                book.meet(ticket_id, version, rest)
            case "resolve":
                book.resolve(ticket_id, version, rest)
            case "reopen":
                book.reopen(ticket_id, version)
            case "merge":
                others = self._team[holder].targets(ticket_id, 1)
                if not others:
                    raise ValueError("found no other open ticket of the customer, expected one to merge into")
                self._team[holder].merge(ticket_id, version, others[0], False)
            case "close":
                book.close(ticket_id, version)
            case _:
                raise ValueError(f"step: found {step!r}, expected claim, note, wait, resolve and the like")
        return holder
