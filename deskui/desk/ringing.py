"""A number rings: who calls, for whom. A softphone waits for it, so it loads nothing it does not need."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from deskui.desk.callmodel import MOST_CALLS, Ring
from deskui.desk.callrecords import RingRecord
from deskui.desk.clean import clean_line
from deskui.desk.errors import NotFound, Refused
from deskui.desk.find import needles, quality
from deskui.desk.fold import fold
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deskui.clock import Clock
    from deskui.desk.ports import UnitOfWork, UowFactory

RING_SECONDS: Final = "ring_seconds"
"""Setting: how long a number rings before it counts as missed."""
RINGS_FOR: Final = timedelta(seconds=30)
"""The same, where the desk has no setting of its own."""
NUMBER_LIMIT: Final = 40
_CANDIDATES = 50


def ring(
    open_uow: UowFactory, clock: Clock, number: str, to: str | None = None, *, missed: bool = False
) -> Ring:
    """A number rings, for one agent or for whoever is free; `missed` when nobody will take it any more.

    The telephone may say it again while it rings. Raises Refused without a number, NotFound for an agent
    there is not.
    """
    shown = clean_line(number, NUMBER_LIMIT + 1)
    if not shown or len(shown) > NUMBER_LIMIT:
        raise Refused(
            Text(
                f"เบอร์โทรต้องมี 1–{NUMBER_LIMIT} ตัวอักษร เช่น 081-234-5678",
                f"The number must have 1 to {NUMBER_LIMIT} characters, such as 081-234-5678",
            )
        )
    looked_for = needles(shown)
    folded = looked_for[0] if looked_for else fold(shown)
    with open_uow(write=True) as uow:
        to_id = _agent_id(uow, to)
        before = uow.rings.lock_number(folded)
        now = clock.now()
        until = now if missed or _all_busy(uow, to_id) else now + _rings_for(uow)
        if before is not None and before.taken_by is not None and now < before.until_at:
            # the telephone says once more what was taken a moment ago
            return views(uow, [before])[0]
        if before is None or before.taken_by is not None:
            customer_id, contact_id = _whose(uow, folded)
            record = RingRecord(0, shown, folded, to_id, customer_id, contact_id, now, now, until, 1)
            record = replace(record, ring_id=uow.rings.add(record))
        else:
            # the same call said twice is one ring, a caller who tries again is one more
            again = before.until_at <= now
            record = replace(
                before,
                number=shown,
                to_id=to_id,
                last_at=now if again else before.last_at,
                until_at=until,
                times=before.times + again,
            )
            uow.rings.save(record)
        uow.changes.add("ring", [record.ring_id], now)
        found = views(uow, [record])[0]
        uow.commit()
    return found


def _agent_id(uow: UnitOfWork, code: str | None) -> int | None:
    if code is None:
        return None
    found = uow.agents.by_code(code)
    if found is None:
        known = ", ".join(agent.code for agent in uow.agents.all()) or "—"
        raise NotFound(
            Text(f"ไม่มีเจ้าหน้าที่ {code!r} มี: {known}", f"There is no agent {code!r}; there are: {known}")
        )
    return found.agent_id


def _rings_for(uow: UnitOfWork) -> timedelta:
    seconds = uow.settings.read([RING_SECONDS]).get(RING_SECONDS)
    return timedelta(seconds=seconds) if isinstance(seconds, int | float) and seconds > 0 else RINGS_FOR


def _all_busy(uow: UnitOfWork, to_id: int | None) -> bool:
    """Whether everybody it could ring for already keeps as many callers waiting as they may."""
    asked = [to_id] if to_id is not None else [agent.agent_id for agent in uow.agents.all()]
    return bool(asked) and all(waiting(uow, agent_id) >= MOST_CALLS - 1 for agent_id in asked)


def waiting(uow: UnitOfWork, agent_id: int) -> int:
    """How many callers wait for an agent."""
    return sum(draft.body.get("parked_at") is not None for draft in uow.drafts.of_agent(agent_id))


def _whose(uow: UnitOfWork, folded: str) -> tuple[int | None, int | None]:
    """The customer and the contact that have exactly this number, where there is one only."""
    if not any(sign.isdigit() for sign in folded):
        return None, None
    hits = [
        hit for hit in uow.customers.search([folded], _CANDIDATES) if quality(hit.folded, [folded])[0] == 0
    ]
    customers = {hit.customer_id for hit in hits if hit.phone}
    contacts = {hit.contact_id for hit in hits if hit.phone}
    return (
        next(iter(customers)) if len(customers) == 1 else None,
        next(iter(contacts)) if len(contacts) == 1 else None,
    )


def views(uow: UnitOfWork, records: Sequence[RingRecord]) -> list[Ring]:
    """The rings with the names that belong to them."""
    people = [record.customer_id for record in records if record.customer_id is not None]
    customers = {one.customer_id: one.name for one in uow.customers.get(people)} if people else {}
    spoken = [record.contact_id for record in records if record.contact_id is not None]
    contacts = {one.contact_id: one.name for one in uow.contacts.get(spoken)} if spoken else {}
    bought: dict[int, list[str]] = defaultdict(list)
    for product in uow.products.of_customers(people) if people else ():
        bought[product.customer_id].append(product.name)
    agents = {agent.agent_id: agent.code for agent in uow.agents.all()} if records else {}
    return [_view(record, customers, contacts, bought, agents) for record in records]


def _view(
    record: RingRecord,
    customers: Mapping[int, str],
    contacts: Mapping[int, str],
    bought: Mapping[int, Sequence[str]],
    agents: Mapping[int, str],
) -> Ring:
    products = bought.get(record.customer_id, ()) if record.customer_id is not None else ()
    return Ring(
        ring_id=record.ring_id,
        number=record.number,
        customer_id=record.customer_id,
        contact_id=record.contact_id,
        customer=customers.get(record.customer_id) if record.customer_id is not None else None,
        contact=contacts.get(record.contact_id) if record.contact_id is not None else None,
        product=products[0] if len(products) == 1 else None,
        to=agents.get(record.to_id) if record.to_id is not None else None,
        rang_at=record.rang_at,
        last_at=record.last_at,
        until_at=record.until_at,
        times=record.times,
        taken_by=agents.get(record.taken_by) if record.taken_by is not None else None,
        taken_at=record.taken_at,
    )
