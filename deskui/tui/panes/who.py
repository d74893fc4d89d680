"""WHO: the caller, found while number, name or code is typed, and which of their products it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer

from deskui.tui.arrivals import CallersArrived, CardArrived, DraftsArrived
from deskui.tui.courier import Courier
from deskui.tui.panes.choices import ChoiceList, Item, LetterPick, letters
from deskui.tui.panes.newcaller import NewCallerForm
from deskui.tui.panes.who_card import WhoCard, WhoIs, found_as, machine_item, product_item
from deskui.tui.thai import ThaiInput

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi
    from deskui.desk.model import Call, CallerHit, CustomerCard, MachineLine, ProductLine
    from deskui.policy.decision import Text

__all__ = ["WhoPane"]

SETTLE = 0.06
"""Seconds of rest after a keystroke before the store is asked."""


class WhoPane(Vertical, Courier):
    """The first step of a call."""

    class Typing(Message):
        """The text changed."""

    class Chosen(Message):
        """The caller and the product are known."""

        def __init__(
            self,
            card: CustomerCard,
            product: ProductLine,
            contact_id: int | None,
            machine_id: int | None = None,
        ) -> None:
            super().__init__()
            self.card = card
            self.product = product
            self.contact_id = contact_id
            self.machine_id = machine_id
            """Of several machines, the one it is about; None where that was not asked."""

    class Unchosen(Message):
        """The text is another one: whoever was chosen is not the caller any more."""

    class Picking(Message):
        """The customer has several products: a letter is wanted."""

    class Resumed(Message):
        """A draft was chosen from the list."""

        def __init__(self, call: Call) -> None:
            super().__init__()
            self.call = call

    class Nothing(Message):
        """There is nobody to choose; why, in words."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the widgets' own name for it
        super().__init__(id=id)
        self.card: CustomerCard | None = None
        self.product: ProductLine | None = None
        self.contact_id: int | None = None
        self.machine: MachineLine | None = None
        """The machine it is about, where there are several."""
        self._machines: Sequence[MachineLine] = ()
        self._machine_wanted: int | None = None
        self._asks_machine = True
        self._hits: Sequence[CallerHit] = ()
        self._found_for: str | None = None
        self._drafts: Sequence[Call] = ()
        self._draft_names: Sequence[str] = ()
        self._wanted: int | None = None
        self._chosen_for = ""
        self._rest: Timer | None = None
        self._choosing = False
        self._loading = False
        self.closed: Text | None = None
        """That the vendor of the product is closed now, and when it opens."""

    def compose(self) -> ComposeResult:
        """The field, the list, the products, and what is known of the chosen one."""
        yield ThaiInput(id="who-text", compact=True)
        yield ChoiceList(id="callers")
        yield LetterPick(id="products")
        yield NewCallerForm(id="new-caller")
        yield WhoCard(id="who-card")

    def on_mount(self) -> None:
        """An empty list that says what to do."""
        self._switch(picking=False)
        self.relabel()

    @property
    def field(self) -> ThaiInput:
        """The field one types into."""
        return self.query_one("#who-text", ThaiInput)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.field.value

    @property
    def pending(self) -> bool:
        """Whether somebody is to be chosen as soon as the store has answered."""
        return self._choosing

    # --- finding

    @on(ThaiInput.Changed, "#who-text")
    def _typing(self, event: ThaiInput.Changed) -> None:
        event.stop()
        if self.card is not None and event.value.strip() != self._chosen_for:
            self.card = self.product = self.contact_id = self.machine = None
            self._switch(picking=False)
            self._card()
            self.post_message(self.Unchosen())
        self.post_message(self.Typing())
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(SETTLE, self.search)

    def search(self) -> None:
        """Asks the store for what is typed; before it is open, as soon as it is."""
        text = self.text.strip()
        if not text:
            self._hits, self._found_for = (), ""
            self._list()
            return

        def job(desk: DeskApi) -> CallersArrived:
            return CallersArrived(text, tuple(desk.find_callers(text)))

        self.fetch("callers", job)

    @on(CallersArrived)
    def _found(self, message: CallersArrived) -> None:
        message.stop()
        if self.gone:
            return
        self._hits, self._found_for = message.hits, message.text
        self._list()
        if self._choosing and not self._loading:
            if message.text == self.text.strip():
                self.choose()
            else:
                self.search()

    @on(DraftsArrived)
    def _kept(self, message: DraftsArrived) -> None:
        message.stop()
        self.offer(message.drafts, message.names)

    def offer(self, drafts: Sequence[Call], names: Sequence[str]) -> None:
        """Lists drafts to go on with while nothing is typed."""
        self._drafts, self._draft_names = drafts, names
        self._list()

    def move(self, by: int) -> None:
        """Walks the list."""
        self.query_one("#callers", ChoiceList).move(by)

    # --- choosing

    def choose(self) -> None:
        """Takes the highlighted line: a caller, or a draft while nothing is typed.

        Keys wait from here on until the screen has heard what came of it.
        """
        self._choosing = True
        text = self.text.strip()
        if not text and self._drafts:
            self.post_message(self.Resumed(self._drafts[self.query_one("#callers", ChoiceList).index]))
        elif text and self._found_for != text:
            self.search()
        elif self._hits:
            hit = self._hits[self.query_one("#callers", ChoiceList).index]
            self.load(hit.customer_id, hit.contact_id, hit.product_id, machine_id=hit.machine_id)
        elif self.card is not None and self.product is not None:
            self._done()
        else:
            self.post_message(self.Nothing(self.say("call.caller_first")))

    def load(
        self,
        customer_id: int,
        contact_id: int | None,
        product_id: int | None = None,
        *,
        machine_id: int | None = None,
        asks_machine: bool = True,
    ) -> None:
        """Brings the customer in; a known product or machine needs no picking."""
        self._machine_wanted, self._asks_machine = machine_id, asks_machine
        self.machine = None
        self._loading = True
        if self._rest is not None:
            # what is typed has been answered: asking again could only choose again
            self._rest.stop()
        self.contact_id = contact_id
        self._chosen_for = self.text.strip()

        def job(desk: DeskApi) -> CardArrived:
            card = desk.customer_card(customer_id, product_id)
            lines = [line for line in card.products if product_id in (None, line.product_id)]
            services = desk.services(lines[0].policy) if len(lines) == 1 else ()
            return CardArrived(card, services)

        self._wanted = product_id
        self.fetch("card", job)

    def arrived(self, card: CustomerCard) -> bool:
        """The customer is here: one product is taken, of several one is to be picked.

        False for a customer nobody waits for any more: an answer that crossed a newer question.
        """
        if not self._loading:
            return False
        self._loading = False
        self.card = card
        lines = [line for line in card.products if self._wanted in (None, line.product_id)]
        if not lines:
            self.product = None
            self._list()
            self.post_message(self.Nothing(self.say("call.no_product")))
        elif len(lines) == 1:
            self._take(lines[0])
        else:
            self._pick()
        return True

    def _take(self, product: ProductLine) -> None:
        """Goes on with a product: of several machines under maintenance one is to be picked."""
        self.product = product
        card = self.card
        machines = (
            () if card is None else tuple(m for m in card.machines if m.product_id == product.product_id)
        )
        wanted = next((one for one in machines if one.machine_id == self._machine_wanted), None)
        several = len(machines) > 1 and any(one.ma is not None for one in machines)
        if wanted is not None or not (several and self._asks_machine):
            self.machine = wanted
            self._done()
        else:
            self._pick_machine(machines)

    def heard(self) -> None:
        """The screen knows what came of it: keys wait no longer."""
        self._choosing = self._loading = False

    def _pick(self) -> None:
        self._machines = ()
        self._offer_letters()

    def _pick_machine(self, machines: Sequence[MachineLine]) -> None:
        self._machines = machines
        self._offer_letters()

    def _offer_letters(self) -> None:
        self._products(0)
        self._switch(picking=True)
        self._card()
        self.post_message(self.Picking())

    def _products(self, index: int) -> None:
        """Lists the machines, or else the products, that one is to be picked of."""
        say, products = self.say, self.card.products if self.card is not None else ()
        items = [machine_item(one, key, say) for key, one in zip(letters(), self._machines, strict=False)]
        if not items:
            items = [product_item(one, key, say) for key, one in zip(letters(), products, strict=False)]
        self.query_one("#products", LetterPick).show(items, index=index)

    @on(ChoiceList.Chosen, "#products")
    def _picked(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        if self.card is None:
            return
        if self._machines:
            self.machine = self._machines[event.choices.index]
            self._done()
        else:
            self._take(self.card.products[event.choices.index])

    @on(ChoiceList.Chosen, "#callers")
    def _clicked(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        self.choose()

    @on(ChoiceList.Moved)
    def _moved(self, event: ChoiceList.Moved) -> None:
        event.stop()

    def _done(self) -> None:
        self._switch(picking=False)
        self._list()
        if self.card is not None and self.product is not None:
            machine_id = None if self.machine is None else self.machine.machine_id
            self.post_message(self.Chosen(self.card, self.product, self.contact_id, machine_id))

    # --- showing

    def _switch(self, *, picking: bool) -> None:
        """Callers or products; by class, so that the styles may still hide both."""
        self.query_one("#callers").set_class(picking, "-off")
        self.query_one("#products").set_class(not picking, "-off")

    def clear(self) -> None:
        """An empty step for another call."""
        self.card = self.product = self.contact_id = self.machine = None
        self.remove_class("-new")
        self._choosing = self._loading = False
        self._switch(picking=False)
        self.field.value = ""
        self._list()

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.border_title = Content(self.say("call.who"))
        self.field.placeholder = self.say("call.who_hint")
        self.query_one(NewCallerForm).relabel()
        if self.query_one("#callers").has_class("-off"):
            self._products(self.query_one("#products", LetterPick).index)
        self._list(self.query_one("#callers", ChoiceList).index)

    def _list(self, index: int = 0) -> None:
        callers = self.query_one("#callers", ChoiceList)
        text = self.text.strip()
        if not text and self._drafts:
            callers.show([Item(self.say.again(name)) for name in self._draft_names], index=index)
        elif self.desk is None:
            callers.show((), empty=self.say("call.connecting"))
        else:
            empty = self.say("call.nobody", text=text) if text and self._found_for == text else ""
            if empty:
                empty = f"{empty}\n{self.say('new.offer')}"
            empty = empty or ("" if text else self.say("call.start"))
            callers.show([found_as(hit) for hit in self._hits], index=index, empty=empty)
        self._card()

    def _card(self) -> None:
        card = self.query_one("#who-card", WhoCard)
        if self.card is None:
            card.show(None)
            return
        picking = ""
        if self.query_one("#callers").has_class("-off"):
            picking = self.say("who.pick_machine" if self._machines else "call.pick")
        card.show(WhoIs(self.card, self.product, self.machine, self.contact_id, picking, self.closed))

    def read_anew(self, card: CustomerCard) -> None:
        """The same customer as the store has it now, or with the entitlements of the product chosen."""
        if self.card is not None and card.customer_id == self.card.customer_id:
            self.card = card
            self._card()

    def hours(self, closed: Text | None) -> None:
        """Says in the card that the vendor is closed, or no longer."""
        self.closed = closed
        self._card()
