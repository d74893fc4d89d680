"""Fills a store with the demo desk: made-up customers, and tickets played by the desk's own use cases.

Everything is placed relative to an instant, so that the demo is alive whenever it is opened. The files say
what there is; how they are written stands at the top of the first of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from deskui.desk.demo_days import Backwards
from deskui.desk.demo_memory import Held, Memory
from deskui.desk.demo_others import Others
from deskui.desk.demo_people import store_people
from deskui.desk.demo_tickets import Player, Tellings
from deskui.desk.goals import GOALS, work
from deskui.desk.model import Agent
from deskui.desk.ports import UnitOfWork
from deskui.desk.records import AgentRecord
from deskui.desk.terms import HOME_ZONE, PolicySource, Terms
from deskui.worktime import WorkCalendar

_DEFAULTS = ("policy", "product")
"""What a file says once for all its customers."""


class Demo:
    """The demo desk as the files of a folder have it.

    Raises OSError when one cannot be read, tomllib.TOMLDecodeError when it is no TOML.
    """

    def __init__(self, folder: Path, source: PolicySource) -> None:
        files = [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.toml"))]
        self._terms = Terms(source)
        self.agents: list[Mapping[str, Any]] = _all(files, "agent")
        self.goals: list[Mapping[str, Any]] = _all(files, "goal")
        self.customers: list[Mapping[str, Any]] = [
            {**{name: file[name] for name in _DEFAULTS if name in file}, **entry}
            for file in files
            for entry in file.get("customer", ())
        ]
        self.tickets: list[Mapping[str, Any]] = _all(files, "ticket")
        self.past: list[Mapping[str, Any]] = _all(files, "past")
        self._others = {name: _all(files, name) for name in ("problem", "missed", "parked", "view")}
        self._desk = next(file["desk"] for file in files if "desk" in file)

    def seed(self, open_uow: Callable[[], UnitOfWork], now: datetime) -> int:
        """Fills an empty store as of the aware instant `now`; how many tickets it opened."""
        with open_uow() as uow:
            for agent in self.agents:
                uow.agents.add(AgentRecord(agent_id=0, **agent))
            uow.settings.write(GOALS, [_goal(goal) for goal in self.goals])
            people = store_people(uow, self.customers, now)
            agents = [
                Agent(record.agent_id, record.code, record.name, record.particle, record.language)
                for record in uow.agents.all()
            ]
            hours = WorkCalendar.weekly(
                {name: [(first, last)] for name, (first, last) in self._desk["hours"].items()}, tz=HOME_ZONE
            )
            desk_hours = Backwards(hours, now)
            codes = [agent["code"] for agent in self.agents]
            tellings = Tellings(self._terms, people.bought, codes, desk_hours, now)
            told = [tellings.live(entry) for entry in self.tickets]
            for entry in self.past:
                told += tellings.past(entry, self._desk["past"])
            memory = Memory(uow, people.filed())
            played = Player(memory, self._terms, agents).play(told)
            kept = memory.flush(now)
            others = Others(Held(uow), self._terms, agents, desk_hours)
            others.tell(self._others, [(one, kept[played[place]]) for place, one in enumerate(told)], people)
            uow.commit()
        return len(kept)


def _all(files: Sequence[Mapping[str, Any]], name: str) -> list[Mapping[str, Any]]:
    return [entry for file in files for entry in file.get(name, ())]


def _goal(entry: Mapping[str, Any]) -> dict[str, Any]:
    minutes = work(entry["work"]) // timedelta(minutes=1)
    return {"policy": entry["policy"], "service": entry["service"], "kind": entry["kind"], "minutes": minutes}
