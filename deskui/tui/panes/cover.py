"""The Entitlements pane: what the customer has, until when, and how much of it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from deskui.tui.panes.verdict_text import outcome_style
from deskui.tui.speaking import Speaking
from deskui.tui.telling import Teller
from deskui.tui.text import assembled, cut, fit, shown

if TYPE_CHECKING:
    from deskui.desk.model import CustomerCard, Entitlement

__all__ = ["CoverPane"]

MOST_DOTS = 8
"""A longer quota is told in figures only."""


class CoverPane(VerticalScroll, Speaking, can_focus=True):
    """One customer, for one product."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the widgets' own name for it
        super().__init__(id=id)
        self.card: CustomerCard | None = None
        self.detailed = False
        """Whether contacts, products and rules are listed too."""

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(id="cover-text")

    def on_mount(self) -> None:
        """Nobody is chosen yet."""
        self.relabel()

    def show(self, card: CustomerCard | None) -> None:
        """Shows a customer."""
        other = card is None or self.card is None or card.customer_id != self.card.customer_id
        self.card = card
        self._show()
        if other:
            self.scroll_home(animate=False)

    def detail(self, detailed: bool) -> None:
        """Lists all there is, or the short form."""
        self.detailed = detailed
        self._show()
        self.scroll_home(animate=False)

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.border_title = Content(self.say("cover.title"))
        self._show()

    def on_resize(self) -> None:
        """The lines are as wide as the pane."""
        self._show()

    def _show(self) -> None:
        lines = (
            self._lines() if self.card is not None else [assembled([(self.say("cover.none"), "$text-muted")])]
        )
        self.query_one("#cover-text", Static).update(Content("\n").join(lines))

    def _lines(self) -> list[Content]:
        card = self.card
        assert card is not None
        tell = Teller.of(self)
        width = max(self.scrollable_content_region.width, 20)
        code = f" {cut(card.code, width // 2)}"
        lines = [assembled([(fit(card.name, width - cell_len(code)), "bold"), (code, "$text-muted")])]
        product = card.product
        if product is not None:
            lines.append(shown(f"{product.name} · {self.words(product.vendor)}"))
            active = str(product.contract_state) == "active"
            lines.append(assembled([(self.words(product.plan), "bold")]))
            if standing := tell.standing(product):
                lines.append(assembled([(standing, "" if active else "bold $text-warning")]))
            lines += [assembled([(f"§ {self.words(text)}", "bold $text-accent")]) for text in product.remarks]
        if waiting := tell.waiting(card):
            lines.append(shown(waiting))
        counted = [given for given in card.entitlements if given.total is not None]
        others = [given for given in card.entitlements if given.total is None]
        lines += [line for given in (*counted, *others) for line in self._entitlement(given, width, tell)]
        if self.detailed:
            lines += self._rest(card, tell)
        else:
            lines.append(assembled([(self.say("cover.more"), "$text-accent")]))
        return lines

    def _entitlement(self, given: Entitlement, width: int, tell: Teller) -> list[Content]:
        note = self.words(given.note)
        if given.total is not None and given.remaining is not None and given.total <= MOST_DOTS:
            dots = "●" * given.remaining + "○" * (given.total - given.remaining)
            note = f"{dots} {self.say('cover.of', left=given.remaining, total=given.total)}"
        elif given.outcome == "ask" or not note or note == given.outcome:
            note = tell.word("brief", given.outcome)
        note = fit(note, min(cell_len(note), width // 2 + 3))
        name = fit(self.words(given.name), width - cell_len(note) - 1)
        style = (
            "bold $text-error"
            if given.total is not None and not given.remaining
            else outcome_style(given.outcome)
        )
        lines = [assembled([(f"{name} ", ""), (note, style)])]
        if self.detailed and given.rule:
            lines.append(assembled([(f"  {given.rule} · {self.words(given.note)}", "$text-muted")]))
        return lines

    def _rest(self, card: CustomerCard, tell: Teller) -> list[Content]:
        lines = [assembled([(self.say("cover.contacts"), "bold $text-accent")])]
        may = {one.contact_id: one.authorised for one in card.people}
        signs: dict[bool | None, str] = {True: " ✓", False: " ✗"}
        lines += [
            shown(f"{name} · {phone}{signs.get(may.get(key), '')}") for key, name, phone in card.contacts
        ]
        lines.append(assembled([(self.say("cover.products"), "bold $text-accent")]))
        for product in card.products:
            bought = (
                self.say("cover.bought", day=tell.day(product.purchased_on)) if product.purchased_on else ""
            )
            lines.append(
                shown(f"{product.name} · {self.words(product.vendor)} · {tell.plan(product)} · {bought}")
            )
        return lines
