"""Find over a real desk: a customer with nothing open leaves no other customer's ticket in the panes."""

from __future__ import annotations

from deskui.tui.arrivals import DetailArrived
from deskui.tui.widgets.queue_list import QueueList
from tests.tui.driving import desk_screen, press, screen_text, until
from tests.tui.real_desk import real_app, real_desk


async def test_a_customer_with_nothing_open_is_shown_alone_and_esc_goes_back() -> None:
    async with real_desk() as desk:
        ticket = desk.log("AR-0107", "db-recovery")
        async with real_app(desk) as (app, pilot):
            screen = desk_screen(app)
            await until(pilot, lambda: screen.detail, "a ticket")
            await press(pilot, "f", "EM-0031", "enter")
            await until(pilot, lambda: screen.cover.card and screen.cover.card.code == "EM-0031", "cover")
            assert (screen.detail, screen.pane.detail) == (None, None)
            assert "Contacts" in screen_text(app)
            # what happens elsewhere puts nobody else's ticket there
            desk.log("BP-0042", "advice")
            await until(pilot, lambda: len(screen.queue.ticket_ids) == 2, "another ticket")
            assert screen.cover.card is not None
            assert (screen.detail, screen.cover.card.code) == (None, "EM-0031")
            await press(pilot, "escape")
            await until(pilot, lambda: screen.detail, "back")
            assert screen.detail is not None
            assert screen.detail.row.ticket_id == ticket.row.ticket_id


async def test_a_ticket_that_was_on_its_way_is_not_put_beside_the_customer() -> None:
    async with real_desk() as desk:
        ticket = desk.log("AR-0107", "db-recovery")
        async with real_app(desk) as (app, pilot):
            screen = desk_screen(app)
            await until(pilot, lambda: screen.detail, "a ticket")
            await press(pilot, "f", "EM-0031", "enter")
            await until(pilot, lambda: screen.cover.card and screen.cover.card.code == "EM-0031", "cover")
            nok = desk.of("nok")
            card = nok.customer_card(ticket.customer_id, ticket.product_id)
            screen.post_message(DetailArrived(ticket, card, nok.now()))
            handled: list[bool] = []
            screen.call_later(handled.append, True)
            await until(pilot, lambda: handled, "the ticket was here")
            assert (screen.detail, screen.pane.detail) == (None, None)


async def test_a_rest_told_late_does_not_forget_where_to_go_back_to() -> None:
    """The cursor rested on what was found first; that word came once it stood on the second."""
    async with real_desk() as desk:
        first, second, third = (desk.log("AR-0107", "db-recovery").row for _ in range(3))
        async with real_app(desk) as (app, pilot):
            screen = desk_screen(app)
            await until(pilot, lambda: screen.detail, "a ticket")
            assert screen.queue.ticket_id == first.ticket_id
            await press(pilot, "f", str(second.number), "enter")
            await until(pilot, lambda: screen.detail and screen.detail.row.number == second.number, "found")
            await press(pilot, "f", str(third.number), "enter")
            await until(pilot, lambda: screen.detail and screen.detail.row.number == third.number, "another")
            screen.post_message(QueueList.Highlighted(screen.queue, second.ticket_id))
            await press(pilot, "escape")
            await until(pilot, lambda: screen.queue.ticket_id == first.ticket_id, "back where it was")
