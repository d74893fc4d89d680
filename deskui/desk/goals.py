"""What the clocks of a ticket count towards: the vendor's promises, and the desk's own goals (X-16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from deskui.desk.clocks import Goal
from deskui.policy.decision import Decision, Target
from deskui.policy.policy import Policy

GOALS = "goals"
"""Setting with the desk's own goals: a list of {policy, service ("*" for all), kind, minutes, calendar}."""

OWN_RULE = "X-16"


def promise(decision: Decision, target: Target) -> Goal:
    """The goal of a promised target, with the clause it stands in."""
    clause = next((reason.clause for reason in decision.reasons if reason.rule == target.rule), "")
    return Goal(target.kind, target.rule, clause, True, target.calendar, target.work)


def own_goals(setting: Sequence[Mapping[str, Any]], policy: Policy, service: str) -> list[Goal]:
    """The desk's own goals for a service; one named for the service replaces one for all of its kind.

    Entries of calendars that the terms do not have are left out.
    """
    found: dict[str, Goal] = {}
    for entry in sorted(setting, key=lambda entry: entry.get("service", "*") != "*"):
        calendar = entry.get("calendar") or policy.main_calendar
        fits = entry.get("policy") == policy.id and entry.get("service", "*") in ("*", service)
        if fits and calendar is not None and calendar in policy.calendars:
            work = timedelta(minutes=entry["minutes"])
            found[entry["kind"]] = Goal(entry["kind"], OWN_RULE, "", False, calendar, work)
    return list(found.values())
