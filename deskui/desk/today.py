"""What may be done for each vendor's customers now, and what must wait: restricted days, hours, days nobody
speaks of. Pure over the policy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from deskui.desk.callmodel import VendorDay, Wait
from deskui.desk.hours import hours_words
from deskui.policy.common import common
from deskui.policy.context import Context
from deskui.policy.decision import Text
from deskui.policy.gate import pass_gate
from deskui.policy.outcomes import deferred_until
from deskui.policy.policy import Policy, Row, Service
from deskui.policy.vocabulary import WEEKDAYS


def is_open(policy: Policy, at: datetime) -> bool | None:
    """Whether a vendor is at work; None where its terms do not say."""
    if policy.gate is None or not policy.services:
        return None
    context = _context(policy, next(iter(policy.services.values())), at)
    if policy.gate.day_stands(context) != "stated":
        return None
    return policy.gate.calendar is None or policy.calendar(policy.gate.calendar).is_open(at)


def vendor_day(policy: Policy, at: datetime) -> VendorDay:
    """The day of one vendor at the aware instant `at`."""
    asked = [service for service in policy.services.values() if service.call]
    restricted = policy.restricted
    on = restricted is not None and WEEKDAYS[at.astimezone(policy.zone).weekday()] in restricted.days
    items = restricted.items if on and restricted is not None else ()
    # what is asked of the caller decides
    partly = {name for item in items if item.when for name in item.services}
    stopped = {
        service.id: row
        for service in asked
        if service.id not in partly and (row := _stopped(policy, service, at)) is not None
    }
    return VendorDay(
        policy=policy.id,
        short=policy.short,
        name=policy.name,
        open=is_open(policy, at),
        hours=hours_words(policy, at),
        restricted=on,
        served=tuple(
            service.name
            for service in asked
            if service.staffed and service.id not in stopped and service.id not in partly
        ),
        waits=tuple(_waits(policy, asked, stopped, partly, at)),
        always=tuple(service.name for service in asked if not service.staffed),
    )


def _context(policy: Policy, service: Service, at: datetime) -> Context:
    return Context(policy, service, at.astimezone(policy.zone), {})


def _stopped(policy: Policy, service: Service, at: datetime) -> Row | None:
    """The row that stops every request for a service now; None where one could pass."""
    row = pass_gate(_context(policy, service, at)) if service.staffed else None
    return row if isinstance(row, Row) else None


def _waits(
    policy: Policy, asked: Sequence[Service], stopped: Mapping[str, Row], partly: set[str], at: datetime
) -> Iterator[Wait]:
    """What must wait, services with the same reason together, in the order of the policy file."""
    by_id = {service.id: service for service in asked}
    groups: dict[str, list[str]] = defaultdict(list)
    for name, row in stopped.items():
        groups[row.rules[0]].append(name)
    for rule, found in groups.items():
        row = stopped[found[0]]
        until = None if row.then == "unknown" else deferred_until(row, _context(policy, by_id[found[0]], at))
        yield Wait(tuple(by_id[name].name for name in found), _sentence(policy, rule), rule, until)
    restricted = policy.restricted
    some: dict[str, list[str]] = defaultdict(list)
    for item in restricted.items if restricted is not None else ():
        some[item.rules[0]] += [name for name in by_id if item.when and name in item.services & partly]
    for rule, found in some.items():
        if found and restricted is not None:
            row = Row("gate", (rule,), (), "defer", {}, until=restricted.until)
            until = deferred_until(row, _context(policy, by_id[found[0]], at))
            services = tuple(by_id[name].name for name in found)
            yield Wait(services, _sentence(policy, rule), rule, until, partly=True)


def _sentence(policy: Policy, rule: str) -> Text:
    return (policy.rules.get(rule) or common().rules[rule]).text
