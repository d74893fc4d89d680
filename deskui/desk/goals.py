"""What the clocks of a ticket count towards: the vendor's promises, and the desk's own goals (X-16)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from deskui.desk.clocks import Goal
from deskui.policy.decision import Decision, Target
from deskui.policy.policy import Policy
from deskui.worktime import WorkCalendar

GOALS = "goals"
"""Setting with the desk's own goals: a list of {policy, service ("*" for all), kind, minutes, calendar}."""

ALL = "*"
"""Every service that has no goal of its own of a kind."""
OWN_RULE = "X-16"

_WORK = re.compile(r"(?:(\d{1,4})h)?(?:(\d{1,5})m)?")
NOT_STATED = "not_stated"
"""What a hint asks where there is nothing that anybody could find out."""
CONSENT = "consent_needed"
"""Flag of a decision that the caller says yes or no to at once."""


def work(text: str) -> timedelta:
    """Working time such as "2h30m"; raises ValueError."""
    match = _WORK.fullmatch(text)
    if match is None or not text:
        raise ValueError(f"working time: found {text!r}, expected hours and minutes such as 2h30m")
    hours, minutes = match.groups()
    return timedelta(hours=int(hours or 0), minutes=int(minutes or 0))


def promise(decision: Decision, target: Target) -> Goal:
    """The goal of a promised target, with the clause it stands in."""
    clause = next((reason.clause for reason in decision.reasons if reason.rule == target.rule), "")
    return Goal(target.kind, target.rule, clause, True, target.calendar, target.work)


def own_goals(setting: Sequence[Mapping[str, Any]], policy: Policy, service: str) -> list[Goal]:
    """The desk's own goals for a service; one named for the service replaces one for all of its kind.

    Entries of calendars that the terms do not have are left out.
    """
    found: dict[str, Goal] = {}
    for entry in sorted(setting, key=lambda entry: entry.get("service", ALL) != ALL):
        calendar = entry.get("calendar") or policy.main_calendar
        fits = entry.get("policy") == policy.id and entry.get("service", ALL) in (ALL, service)
        if fits and calendar is not None and calendar in policy.calendars:
            work = timedelta(minutes=entry["minutes"])
            found[entry["kind"]] = Goal(entry["kind"], OWN_RULE, "", False, calendar, work)
    return list(found.values())


def owed_call(decision: Decision, policy: Policy, calendar: WorkCalendar) -> Goal | None:
    """The desk's own call-back within a working day of `calendar`, the vendor's main one, where the words to
    say end with somebody calling back and the terms say by when for nobody; None for any other decision.

    So end a price that another department quotes, what the terms leave open, and units beyond the quota
    without a price. Where the caller agrees during the call that work is charged as it goes, nobody has to
    call (X-16).
    """
    figures = decision.figures
    owed = (
        (decision.outcome == "unknown" and (figures.get("hint") or {}).get("ask") != NOT_STATED)
        or (decision.outcome == "quote" and "refer_to" in figures and CONSENT not in decision.flags)
        or (
            decision.outcome == "quota"
            and "overflow_units" in figures
            and "overflow_amount_from" not in figures
        )
    )
    if not owed:
        return None
    return Goal("callback", OWN_RULE, "", False, policy.main_calendar or "", calendar.day_length)
