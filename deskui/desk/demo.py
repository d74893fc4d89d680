"""Fills a store with the demo desk: made-up customers, and tickets opened by the desk's own use cases.

Everything is placed relative to an instant, so that the demo is alive whenever it is opened.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from deskui.clock import FixedClock
from deskui.desk.api import DeskApi
from deskui.desk.goals import GOALS
from deskui.desk.model import Call, TicketRow
from deskui.desk.ports import UnitOfWork
from deskui.desk.records import (
    AgentRecord,
    ContactRecord,
    ContractRecord,
    CustomerRecord,
    ProductRecord,
    UsageRecord,
)
from deskui.policy.policy import Policy
from deskui.worktime import WorkCalendar, contract_year, last_day

_WORK = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?")
_SATURDAY = 5
_ONE_MINUTE = timedelta(minutes=1)

OpenDesk = Callable[[str, FixedClock], DeskApi]
"""Gives a desk for an agent's code and a clock."""


@dataclass(frozen=True)
class _Bought:
    """A product of the demo, with what its tickets need."""

    customer_id: int
    contact_id: int
    product_id: int
    policy: str


class Demo:
    """The demo desk as its data file has it.

    Raises OSError when the file cannot be read.
    """

    def __init__(self, file: Path, policies: Mapping[str, Policy]) -> None:
        self._data = tomllib.loads(file.read_text(encoding="utf-8"))
        self._policies = policies

    def seed(self, open_uow: Callable[[], UnitOfWork], open_desk: OpenDesk, now: datetime) -> int:
        """Fills an empty store as of the aware instant `now`; how many tickets it opened."""
        with open_uow() as uow:
            for agent in self._data["agent"]:
                uow.agents.add(AgentRecord(agent_id=0, **agent))
            uow.settings.write(GOALS, [_goal(goal) for goal in self._data["goal"]])
            bought = self._customers(uow, now)
            uow.commit()
        planned = sorted(
            ((self._start(ticket, bought, now), ticket) for ticket in self._data["ticket"]),
            key=lambda pair: pair[0],
        )
        for start, ticket in planned:
            product = _product(bought, ticket["customer"], self._policies, ticket["service"])
            _play(ticket, product, start, self._moments(ticket, product, start, now), open_desk)
        return len(planned)

    def _customers(self, uow: UnitOfWork, now: datetime) -> dict[str, list[_Bought]]:
        bought: dict[str, list[_Bought]] = {}
        for entry in self._data["customer"]:
            record = CustomerRecord(0, entry["code"], entry["name"], entry.get("province"))
            customer_id = uow.customers.add([record])[0]
            contacts = uow.contacts.add(
                [
                    ContactRecord(0, customer_id, contact["name"], contact["phone"])
                    for contact in entry["contacts"]
                ]
            )
            bought[entry["code"]] = [
                _Bought(
                    customer_id, contacts[0], self._product(uow, customer_id, product, now), product["policy"]
                )
                for product in entry["products"]
            ]
        return bought

    def _product(self, uow: UnitOfWork, customer_id: int, entry: Mapping[str, Any], now: datetime) -> int:
        today = now.astimezone(self._policies[entry["policy"]].zone).date()
        purchased = _day(entry.get("bought"), today)
        product_id = uow.products.add(
            [ProductRecord(0, customer_id, entry["policy"], entry["name"], purchased, entry.get("facts", {}))]
        )[0]
        contract = entry.get("contract")
        period: tuple[date, date] | None = None
        contract_id = None
        if contract is not None:
            start, end = today + timedelta(contract["start"]), today + timedelta(contract["end"])
            contract_id = uow.contracts.add([ContractRecord(0, product_id, start, end)])[0]
            period = contract_year(start, today, end)
        elif purchased is not None:
            period = (purchased, last_day(purchased, years=1))
        if period is not None:
            uow.usage.add(
                [
                    _used(product_id, contract_id, counter, number, period, today)
                    for counter, units in entry.get("used", {}).items()
                    for number in range(units)
                ]
            )
        return product_id

    def _moments(
        self, ticket: Mapping[str, Any], product: _Bought, start: datetime, now: datetime
    ) -> list[datetime]:
        """When each of a ticket's steps was done: spread over its working time, none at night."""
        policy = self._policies[product.policy]
        steps = len(ticket.get("then", ()))
        calendar = policy.calendar(policy.main_calendar or next(iter(policy.calendars)))
        spent = calendar.elapsed(start, now)
        return [min(calendar.deadline(start, spent * n / (steps + 1)), now) for n in range(1, steps + 1)]

    def _start(
        self, ticket: Mapping[str, Any], bought: Mapping[str, Sequence[_Bought]], now: datetime
    ) -> datetime:
        """When a ticket's call came in: working time ago, or on the last Saturday."""
        product = _product(bought, ticket["customer"], self._policies, ticket["service"])
        policy = self._policies[product.policy]
        if "saturday" in ticket:
            return _last_saturday(now.astimezone(policy.zone), time.fromisoformat(ticket["saturday"]))
        calendar = policy.calendar(policy.main_calendar or next(iter(policy.calendars)))
        return _worked_back(calendar, now, _work(ticket["spent"]))


def _product(
    bought: Mapping[str, Sequence[_Bought]], customer: str, policies: Mapping[str, Policy], service: str
) -> _Bought:
    return next(product for product in bought[customer] if service in policies[product.policy].services)


def _goal(entry: Mapping[str, Any]) -> dict[str, Any]:
    minutes = _work(entry["work"]) // _ONE_MINUTE
    return {"policy": entry["policy"], "service": entry["service"], "kind": entry["kind"], "minutes": minutes}


def _work(text: str) -> timedelta:
    match = _WORK.fullmatch(text)
    hours, minutes = match.groups() if match else (0, 0)
    return timedelta(hours=int(hours or 0), minutes=int(minutes or 0))


def _day(text: str | None, today: date) -> date | None:
    """A date as written, or as days from today."""
    if text is None:
        return None
    return today + timedelta(int(text)) if text.startswith("-") else date.fromisoformat(text)


def _used(
    product_id: int,
    contract_id: int | None,
    counter: str,
    number: int,
    period: tuple[date, date],
    today: date,
) -> UsageRecord:
    on = max(period[0], today - timedelta(days=9 * (number + 1)))
    at = datetime.combine(on, time(4), UTC)
    return UsageRecord(
        0,
        product_id,
        counter,
        "consume",
        1,
        on,
        period[0],
        period[1],
        at,
        None,
        None,
        contract_id,
        "carried_in",
    )


def _worked_back(calendar: WorkCalendar, now: datetime, spent: timedelta) -> datetime:
    """The latest opening instant from which `spent` of working time leads to `now`."""
    low, high = now - timedelta(days=120), now
    while high - low > timedelta(microseconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if calendar.elapsed(middle, now) >= spent else (low, middle)
    return min(calendar.next_open(low), now)


def _last_saturday(now: datetime, at: time) -> datetime:
    day = now.date() - timedelta(days=(now.weekday() - _SATURDAY) % 7)
    found = datetime.combine(day, at, now.tzinfo)
    return found if found <= now else found - timedelta(days=7)


def _play(
    ticket: Mapping[str, Any],
    product: _Bought,
    start: datetime,
    moments: Sequence[datetime],
    open_desk: OpenDesk,
) -> None:
    """Opens the ticket at its instant, then does what was done to it at these moments."""
    steps: Sequence[str] = ticket.get("then", ())
    clock = FixedClock(start)
    agent = next((step.split()[1] for step in steps if step.startswith("claim")), "nok")
    desk = open_desk(agent, clock)
    row: TicketRow = desk.open_ticket(
        Call(
            customer_id=product.customer_id,
            contact_id=product.contact_id,
            product_id=product.product_id,
            service=ticket["service"],
            answers=ticket.get("answers", {}),
            title=ticket["title"],
            notes=ticket.get("notes", ""),
            started_at=start,
        )
    ).row
    for moment, step in zip(moments, steps, strict=True):
        clock.at = moment
        row = _do(desk, row, step)


def _do(desk: DeskApi, row: TicketRow, step: str) -> TicketRow:
    verb, _, rest = step.partition(" ")
    match verb:
        case "claim":
            return desk.claim(row.ticket_id, row.version)
        case "note":
            return desk.note(row.ticket_id, rest).row
        case "wait":
            return desk.wait(row.ticket_id, row.version, rest)
        case "resolve":
            return desk.resolve(row.ticket_id, row.version, rest)
        case "close":
            return desk.close(row.ticket_id, row.version)
    raise ValueError(f"the demo's data file has a step that is none: {step!r}")
