"""Terms whose file has mistakes are told apart from terms that nobody has."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from deskui.desk.desk import Desk
from deskui.desk.errors import NotFound, TermsFailure
from deskui.desk.model import ClockState
from deskui.desk.terms import Terms
from deskui.policy.library import Library
from tests.desk.conftest import POLICIES, World, at, shelf


def test_a_file_with_mistakes_is_no_vendor_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "emwork.toml").write_text("[policy]\n", "utf-8")
    terms = Terms(Library.open(tmp_path))
    with pytest.raises(TermsFailure, match=r"'emwork' cannot be used: .*emwork.toml:1: "):
        terms.policy("emwork")
    with pytest.raises(NotFound, match="no terms of a vendor 'nobody'") as nobody:
        terms.policy("nobody")
    assert not isinstance(nobody.value, TermsFailure)
    assert terms.policy("pharmasys").id == "pharmasys"


def _broken(world: World, folder: Path) -> Desk:
    """The desk of nok once somebody made a mistake in the file of `sixth`."""
    files = {path.stem: path for path in sorted(POLICIES.glob("*.toml"))}
    mistaken = folder / "sixth.toml"
    mistaken.write_text(files["sixth"].read_text("utf-8") + "\n[polcy]\n", "utf-8")
    return Desk(world.store.uow, Library({**files, "sixth": mistaken}, shelf()), world.clock, world.nok.agent)


def test_a_clock_whose_hours_cannot_be_read_ends_at_its_due_instant(world: World, tmp_path: Path) -> None:
    """Logged on Friday evening, due on Monday: the weekend is not counted for want of the hours."""
    world.clock.at = at(17, 50, day=date(2026, 11, 20))
    ticket = world.log(world.gold, "advice")
    due = at(9, 5, day=date(2026, 11, 23))
    assert ticket.row.due_at == due
    world.clock.at = at(9, 2, day=date(2026, 11, 23))
    desk = _broken(world, tmp_path)
    (clock,) = desk.ticket(ticket.row.ticket_id).clocks
    assert (clock.due_at, clock.left) == (due, timedelta(minutes=3))
    world.clock.at = at(9, 7, day=date(2026, 11, 23))
    assert desk.ticket(ticket.row.ticket_id).clocks[0].left == timedelta(minutes=-2)
    with pytest.raises(TermsFailure, match="'sixth' cannot be used"):
        desk.explain(clock.clock_id)


def test_what_would_be_counted_wrong_for_good_waits_for_the_file(world: World, tmp_path: Path) -> None:
    world.clock.at = at(17, 50, day=date(2026, 11, 20))
    first, second = (world.log(world.gold, "advice").row for _ in range(2))
    waiting = world.nok.wait(second.ticket_id, second.version)
    world.clock.at = at(9, 2, day=date(2026, 11, 23))
    desk = _broken(world, tmp_path)
    with pytest.raises(TermsFailure, match="'sixth' cannot be used"):
        desk.wait(first.ticket_id, first.version)
    with pytest.raises(TermsFailure, match="'sixth' cannot be used"):
        desk.resume(waiting.ticket_id, waiting.version)
    pause = desk.ticket(waiting.ticket_id).pause
    assert pause is not None
    assert [due for *_, due in pause.clocks] == [None]
    assert world.nok.ticket(first.ticket_id).clocks[0].spent == timedelta(minutes=12)


def test_nobody_is_kept_from_answering_meanwhile(world: World, tmp_path: Path) -> None:
    world.clock.at = at(17, 50, day=date(2026, 11, 20))
    ticket, other = (world.log(world.gold, "advice").row for _ in range(2))
    world.clock.at = at(9, 2, day=date(2026, 11, 23))
    desk = _broken(world, tmp_path)
    desk.resolve(ticket.ticket_id, ticket.version, "told how")
    (clock,) = world.nok.ticket(ticket.ticket_id).clocks
    assert (clock.state, clock.spent) == (ClockState.MET, timedelta(minutes=12))
    desk.close(other.ticket_id, other.version)
    assert world.nok.ticket(other.ticket_id).clocks[0].state is ClockState.STOPPED
