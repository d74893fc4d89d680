"""Who is on duty: an agent whose desk is open, and has said so within the last minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from deskui.desk.ports import UnitOfWork
from deskui.desk.work import Means

LASTS = timedelta(minutes=3)
"""How long an open desk counts after it said so last: one that was cut off is no supervisor on duty."""
SAY_AGAIN = timedelta(minutes=1)


class DutyBook:
    """Says that this agent's desk is open, and asks who else is there."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._said: datetime | None = None

    def here(self) -> None:
        """This desk is open. Writes at most once a minute, so it may be called often."""
        at = self._means.clock.now()
        if self._said is not None and timedelta(0) <= at - self._said < SAY_AGAIN:
            return
        with self._means.uow(write=True) as uow:
            uow.duty.put(self._means.agent.agent_id, at + LASTS)
            uow.commit()
        self._said = at

    def gone(self) -> None:
        """This desk is closed."""
        if self._said is None:
            return
        with self._means.uow(write=True) as uow:
            uow.duty.drop(self._means.agent.agent_id)
            uow.commit()
        self._said = None


def supervisors_on_duty(uow: UnitOfWork, at: datetime) -> list[str]:
    """Codes of the supervisors whose desk is open, sorted."""
    there = set(uow.duty.at(at))
    return sorted(agent.code for agent in uow.agents.all() if agent.supervisor and agent.agent_id in there)
