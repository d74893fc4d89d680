"""What the Call screen does about callers whom nobody knows, and about new numbers of those who are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from deskui.dataclass import dataclass
from deskui.tui.panes.newcaller import NewCallerForm
from deskui.tui.screens.call_drafts import CallDrafts

if TYPE_CHECKING:
    from deskui.desk.advicemodel import Caller
    from deskui.desk.api import DeskApi
    from deskui.policy.decision import Text

__all__ = ["CallNewcomers"]


@dataclass
class VendorsArrived(Message):
    """The vendors a new caller may call about."""

    vendors: Sequence[tuple[str, Text]]


@dataclass
class CallerAdded(Message):
    """A new caller, or a new number, is on file."""

    caller: Caller
    name: str
    phone: str


class CallNewcomers(CallDrafts):
    """The form for somebody new."""

    def action_add_caller(self) -> None:
        """The form for a caller nobody knows, or for a new number of the customer chosen."""
        if self.who.has_class("-new"):
            self._close_form()
        elif self._awaits is None and not self.who.pending:
            # keys typed on are for the form
            self._awaits = "vendors"
            if not self.fetch("vendors", lambda desk: VendorsArrived(tuple(desk.vendors()))):
                self._awaits = None

    @on(VendorsArrived)
    def _vendors(self, message: VendorsArrived) -> None:
        card = self.who.card
        customer = card.name if card is not None else None
        self.who.add_class("-new")
        form = self.who.query_one(NewCallerForm)
        form.open(message.vendors, self.who.text if customer is None else "", self.call.phone, customer)
        self._arrived()

    def _close_form(self) -> None:
        """Back to the list of callers, with what was typed."""
        self.who.remove_class("-new")
        self.set_focus(self.who.field)

    @on(NewCallerForm.PutAway)
    def _form_away(self, message: NewCallerForm.PutAway) -> None:
        message.stop()
        self._close_form()

    @on(NewCallerForm.Filled)
    def _form_filled(self, message: NewCallerForm.Filled) -> None:
        message.stop()
        card = self.who.card
        name, phone, policy = message.name, message.phone, message.policy

        def job(desk: DeskApi) -> CallerAdded:
            # in the thread: the first screen is painted before any of the desk is imported
            from deskui.desk.advicemodel import NewCaller  # noqa: PLC0415

            if policy is None and card is not None:
                return CallerAdded(desk.attach_contact(card.customer_id, name, phone), name, phone)
            return CallerAdded(desk.add_caller(NewCaller(name, phone, policy or "")), name, phone)

        self._awaits = "newcaller"
        self.fetch("newcaller", job, keep=True)

    @on(CallerAdded)
    def _caller_added(self, message: CallerAdded) -> None:
        product = self.who.product
        self._close_form()
        with self.who.field.prevent(self.who.field.Changed):
            self.who.field.value = message.phone
        self.who.search()
        self.desk_app.toast(self.say("new.added", name=message.name or message.phone))
        self._awaits = "card"
        known = message.caller.product_id or (product.product_id if product else None)
        self.who.load(
            message.caller.customer_id,
            message.caller.contact_id,
            known,
            machine_id=self.who.machine.machine_id if self.who.machine else None,
            asks_machine=self.who.machine is not None,
        )
