"""Erasing what is on file about a customer's people, when they ask for it (PDPA s. 33)."""

from __future__ import annotations

from deskui.desk.errors import NotFound
from deskui.desk.permission import supervisors_only
from deskui.desk.records import EventRecord
from deskui.desk.work import Means
from deskui.policy.decision import Text


class EraseBook:
    """Erases. Only a supervisor may."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def customer(self, customer_id: int) -> int:
        """Empties notes, titles, names and numbers of a customer's people; how many tickets it has.

        The company, its agreements, decisions, events and quota stay; each ticket's history says who erased.
        Raises NotFound, and Refused for an agent who is no supervisor.
        """
        at, me = self._means.clock.now(), self._means.agent.agent_id
        with self._means.uow(write=True) as uow:
            supervisors_only(self._means, uow, Text("ลบข้อมูลบุคคล", "erases personal data"))
            if not uow.customers.get([customer_id]):
                raise NotFound(
                    Text(f"ไม่มีลูกค้า id {customer_id}", f"There is no customer with id {customer_id}")
                )
            tickets = uow.erasure.customer(customer_id, at, self._in_words())
            # the proof of who did it, and when, is what stays
            uow.events.add([EventRecord(0, one, at, me, "erased") for one in tickets])
            uow.changes.add("ticket", tickets, at)
            uow.changes.add("customer", [customer_id], at)
            uow.commit()
        return len(tickets)

    def _in_words(self) -> frozenset[str]:
        """Facts of any vendor that a caller answers in words."""
        terms = self._means.terms
        policies = [terms.policy(name) for name in terms.ids]
        return frozenset(
            name
            for policy in policies
            for name, one in policy.questions.items()
            # what is on file of an agreement is the company's
            if one.kind == "text" and one.source != "record"
        )
