"""What stands under the caller in WHO: the agreement, which copy, who may ask, what they wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deskui.desk.model import CallerHit, CustomerCard, MachineLine, ProductLine
    from deskui.tui.messages import Say
    from deskui.tui.telling import Teller

__all__ = ["card_lines", "found_as", "place_of"]


def place_of(line: ProductLine | MachineLine, say: Say) -> str:
    """Which copy it is and where it stands."""
    parts = []
    if line.branch:
        parts.append(say("who.branch", branch=line.branch))
    if line.serial:
        parts.append(say("who.serial", serial=line.serial))
    return " ".join(parts)


def found_as(hit: CallerHit) -> str:
    """Whom or what a line of the caller list leads to."""
    known = hit.contact or hit.found
    return f"{hit.customer} · {known}" if known else hit.customer


def card_lines(
    card: CustomerCard,
    product: ProductLine | None,
    machine: MachineLine | None,
    contact_id: int | None,
    picking: str,
    tell: Teller,
) -> list[str]:
    """The lines of the card; `picking` says what is to be picked, if anything."""
    say = tell.say
    lines = [f"{card.name} · {card.code}"]
    if picking:
        lines.append(picking)
    elif product is not None:
        named = " ".join(part for part in (product.name, place_of(product, say)) if part)
        lines.append(f"{named} · {tell.plan(product)}")
        if machine is not None:
            under = "" if machine.ma is None else say("who.under_ma" if machine.ma else "who.no_ma")
            told = (say("who.machine", name=machine.name), place_of(machine, say), under)
            lines.append(" · ".join(part for part in told if part))
    if authority := _authority(card, contact_id, say):
        lines.append(authority)
    if waiting := tell.waiting(card):
        lines.append(waiting)
    return lines


def _authority(card: CustomerCard, contact_id: int | None, say: Say) -> str:
    """Whether who calls may ask; nothing where no contact was chosen."""
    person = next((one for one in card.people if one.contact_id == contact_id), None)
    if person is None:
        return ""
    key = {True: "who.authorised", False: "who.not_authorised", None: "who.authority_unknown"}
    return say(key[person.authorised], who=person.name)
