"""Breaches written down beside what another desk is doing at that moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any, Self, cast

from deskui.desk.clocks import meet
from deskui.desk.model import ClockState
from deskui.desk.overdue import record_breaches
from deskui.desk.ports import UnitOfWork
from deskui.desk.terms import Terms
from deskui.desk.work import Means
from tests.desk.conftest import World, library


class Watched:
    """A unit of work that tells when clocks have been read by one that writes."""

    def __init__(self, inner: UnitOfWork, read: Event | None) -> None:
        self._inner = inner
        self._read = read

    def __enter__(self) -> Self:
        self._inner.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._inner.__exit__(*error)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        return Reading(found, self._read) if name == "clocks" and self._read is not None else found


class Reading:
    """The clocks, with word of each read."""

    def __init__(self, inner: Any, read: Event) -> None:
        self._inner = inner
        self._read = read

    def of_tickets(self, ticket_ids: list[int]) -> Any:
        found = self._inner.of_tickets(ticket_ids)
        self._read.set()
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def test_a_clock_met_meanwhile_stays_met(world: World) -> None:
    ticket = world.log(world.gold, "advice").row
    world.move(hours=1)
    read = Event()

    def watched(write: bool = False) -> UnitOfWork:
        return cast(UnitOfWork, Watched(world.store.uow(write), read if write else None))

    means = Means(watched, Terms(library()), world.clock, world.art.agent)
    with ThreadPoolExecutor(1) as pool, world.store.uow(write=True) as uow:
        uow.tickets.lock([ticket.ticket_id])
        clock = uow.clocks.of_tickets([ticket.ticket_id])[0]
        calendar = Terms(library()).calendar("sixth", clock.calendar)
        uow.clocks.save([meet(clock, calendar, world.clock.now())])
        looking = pool.submit(record_breaches, means)
        # one that takes no lock reads at once what is about to change; one that does cannot
        assert not read.wait(0.3)
        uow.commit()
        assert looking.result() == 0
    view = world.nok.ticket(ticket.ticket_id).clocks[0]
    assert view.met_at == world.clock.now()
    assert view.state is ClockState.BREACHED
