"""What stands under the caller in WHO: the agreement, what is open, who may ask, which copy it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from deskui.dataclass import dataclass
from deskui.policy.decision import ASKING, Text
from deskui.tui.left import left_text, urgency
from deskui.tui.panes.choices import Item
from deskui.tui.speaking import Speaking
from deskui.tui.telling import Teller
from deskui.tui.text import assembled, cut

if TYPE_CHECKING:
    from deskui.desk.model import (
        CallerHit,
        CustomerCard,
        Entitlement,
        MachineLine,
        ProductLine,
        Thing,
        TicketDetail,
        TicketRow,
    )
    from deskui.tui.messages import Say

__all__ = [
    "WhoCard",
    "WhoIs",
    "card_lines",
    "found_as",
    "granted_for",
    "in_parts",
    "machine_item",
    "open_line",
    "place_of",
    "product_item",
    "thing_words",
]

ROOMY = 30
"""Columns of a card where a key has its words beside it; the bottom line has them too."""
MOST_OPEN = 3
"""Open tickets that are named; the key leads to all."""


def thing_words(detail: TicketDetail, say: Say) -> list[str]:
    """The product a ticket is about and the machine that was picked, as their labels name them."""
    parts = []
    if detail.product is not None:
        named = detail.product.name
        parts.append(" ".join(part for part in (named, place_of(detail.product, say)) if part))
    if detail.machine is not None:
        named = say("who.machine", name=detail.machine.name)
        parts.append(" ".join(part for part in (named, place_of(detail.machine, say)) if part))
    return parts


def place_of(line: ProductLine | MachineLine | Thing, say: Say) -> str:
    """Which copy it is and where it stands."""
    parts = []
    if line.branch:
        parts.append(say("who.branch", branch=line.branch))
    if line.serial:
        parts.append(say("who.serial", serial=line.serial))
    return " ".join(parts)


def found_as(hit: CallerHit) -> Item:
    """A line of the caller list: of a long one the company is cut, not who calls nor the number."""
    known = hit.contact or hit.found
    return Item(hit.customer, hit.phone or hit.code, firm=True, tail=known or "")


def product_item(line: ProductLine, key: str, say: Say) -> Item:
    """A product as a line that is picked by `key`."""
    parts = (line.name, say.words(line.vendor), place_of(line, say))
    return Item(" · ".join(part for part in parts if part), say.words(line.plan), key)


def machine_item(machine: MachineLine, key: str, say: Say) -> Item:
    """A machine as a line that is picked by `key`: of a long one the name is cut, not its serial."""
    ma = "" if machine.ma is None else say("who.under_ma" if machine.ma else "who.no_ma")
    return Item(machine.name, ma, key, firm=True, tail=place_of(machine, say))


@dataclass(frozen=True, slots=True)
class WhoIs:
    """Who calls about what, as far as it was chosen."""

    card: CustomerCard
    product: ProductLine | None = None
    machine: MachineLine | None = None
    contact_id: int | None = None
    picking: str = ""
    """What is to be picked, if anything."""
    closed: Text | None = None
    """That the vendor is closed now, and when it opens."""


class WhoCard(Widget, Speaking):
    """The card; where there is little room the last lines, which matter least, are out of sight."""

    DEFAULT_CSS = """
    WhoCard { height: auto; }
    """

    chosen: WhoIs | None = None

    def show(self, chosen: WhoIs | None) -> None:
        """Shows somebody else, or nobody."""
        self.chosen = chosen
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the lines take at that width."""
        return len(self._content(width).wrap(width)) if self.chosen is not None and width else 0

    def render(self) -> Content:
        """The lines."""
        return self._content(self.size.width)

    def _content(self, width: int) -> Content:
        if self.chosen is None:
            return Content("")
        lines = card_lines(self.chosen, Teller.of(self), width, self.desk_app.particle)
        return Content("\n").join(assembled([(in_parts(text, width), style)]) for text, style in lines)


def in_parts(text: str, width: int) -> str:
    """The text broken between its parts where a part would else be torn: "in 114" / "days".

    Where that takes a row more it stays as it is: what stands below matters more.
    """
    first, *others = text.split(" · ")
    lines = [first]
    for part in others:
        longer = f"{lines[-1]} · {part}"
        if cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    broken = "\n".join(lines)
    rows = [len(assembled([(way, "")]).wrap(width)) for way in (broken, text)]
    return broken if rows[0] <= rows[1] else text


def card_lines(chosen: WhoIs, tell: Teller, width: int, particle: str) -> list[tuple[str, str]]:
    """(text, style) of each line, what matters most first; lists are cut to `width` columns.

    `particle` is the polite word of who speaks.
    """
    say, card, product, machine = tell.say, chosen.card, chosen.product, chosen.machine
    code = f" · {cut(card.code, width // 2)}"
    lines = [(cut(card.name, max(width - cell_len(code), 8)) + code, "$text")]
    if chosen.closed is not None:
        lines.append((f"☾ {tell.text(chosen.closed)}", "$text-warning"))
    if chosen.picking:
        return [*lines, (chosen.picking, "bold $text-accent")]
    if machine is None:
        mine = [one for one in card.machines if product is not None and one.product_id == product.product_id]
        machine = mine[0] if len(mine) == 1 else None
    # maintenance may be each machine's own: then the product has none to speak of
    by_machine = machine is not None and machine.ma is not None
    if product is not None:
        # what was sold stands first: the foot of the card may be out of sight
        held, plan = by_machine or str(product.contract_state) == "active", ""
        if not (by_machine and str(product.contract_state) == "none"):
            held, plan = held or not tell.standing(product), tell.plan(product)
        sold = " · ".join(part for part in (cut(product.name, width), plan) if part)
        lines.append((sold, "$text" if held else "$text-warning"))
    if machine is not None:
        told = (say("who.machine", name=machine.name), _maintained(machine, tell), place_of(machine, say))
        lines.append((" · ".join(part for part in told if part), "$text"))
    open_lines = list(_open(card, tell, width))
    authority = list(_authority(card, chosen.contact_id, say, particle))
    lines += [*open_lines[:1], *authority[:1], *open_lines[1:]]
    if product is not None and (place := place_of(product, say)):
        lines.append((place, "$text-muted"))
    # how to find out, for a service that wants to know: most do not
    return lines + authority[1:]


def _maintained(machine: MachineLine, tell: Teller) -> str:
    """Whether the machine is under maintenance, and until when; nothing where nobody knows."""
    if machine.ma is None:
        return ""
    if machine.ma and machine.ma_end is not None:
        return tell.say("who.ma_to", end=tell.day(machine.ma_end))
    return tell.say("who.under_ma" if machine.ma else "who.no_ma")


def _open(card: CustomerCard, tell: Teller, width: int) -> Iterator[tuple[str, str]]:
    """What the customer is waiting for and the key that leads to it, then the tickets."""
    waiting = tell.waiting(card)
    if not waiting:
        return
    key = tell.say("follow.key" if width >= ROOMY else "follow.key_only") if card.tickets else ""
    yield " · ".join(part for part in (waiting, key) if part), "bold $text-accent"
    for row in card.tickets[:MOST_OPEN]:
        late = row.clock is not None and str(urgency(row.clock)) == "breached"
        yield open_line(row, tell, width), "$text-error" if late else ""


def open_line(row: TicketRow, tell: Teller, width: int) -> str:
    """Number, what, time left or over, and owner of an open ticket, the middle cut to the width."""
    age = tell.say("queue.age", age="{age}")
    left = left_text(row.clock, row.received_at, tell.now, seconds=False, age=age).strip()
    if row.deferred_until is not None and row.deferred_until > tell.now:
        left = tell.say("ticket.deferred", until=tell.moment(row.deferred_until))
    start, end = f"#{row.number} ", f" · {left} · {cut(row.assignee or '—', width // 3)}"
    return start + cut(row.title, max(width - cell_len(start) - cell_len(end), 6)) + end


def granted_for(
    card: CustomerCard | None, product: ProductLine | None, service: str | None
) -> Entitlement | None:
    """What the plan grants for a service of the product chosen, as far as the card tells it."""
    if card is None or product is None or card.product is None:
        return None
    if card.product.product_id != product.product_id:
        return None
    return next((one for one in card.entitlements if one.service == service), None)


def _authority(
    card: CustomerCard, contact_id: int | None, say: Say, particle: str
) -> Iterator[tuple[str, str]]:
    """Whether who calls may ask, and what to say and do where not; nothing where no contact was chosen."""
    person = next((one for one in card.people if one.contact_id == contact_id), None)
    if person is None:
        return
    if person.authorised:
        yield say("who.authorised", who=person.name), "$text-muted"
        return
    others = ", ".join(one.name for one in card.people if one.authorised)
    # how a question ends depends on who asks it
    asking = Text(ASKING, ASKING).spoken(particle).in_(say.language)
    words = say("who.ask_others" if others else "who.ask_who", names=others, asking=asking)
    known = person.authorised is not None
    state = say("who.not_authorised" if known else "who.authority_unknown", who=person.name)
    if known:
        yield f"{state} · {words}", "$text-warning"
        return
    yield state, "$text-muted"
    yield f"{words} {say('who.write_down')}", "$text-muted"
