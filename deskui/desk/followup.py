"""A call about a ticket that is open already: it becomes a note there instead of a second ticket."""

from __future__ import annotations

from deskui.desk import rings
from deskui.desk.callmarks import follow_question
from deskui.desk.calls import end_draft
from deskui.desk.errors import Refused
from deskui.desk.model import Call
from deskui.desk.states import TicketState
from deskui.desk.work import Means, lock
from deskui.policy.decision import Text

DONE = (TicketState.RESOLVED, TicketState.CLOSED, TicketState.MERGED)


def follow_up(means: Means, call: Call, ticket_id: int) -> None:
    """Puts the words of a call on the ticket, and ends its draft and its ring, in one unit of work.

    Raises NotFound, and Refused for a ticket of another customer or one that is done.
    """
    me = means.agent.agent_id
    with means.uow(write=True) as uow:
        work = lock(means, uow, ticket_id, None)
        ticket = work.ticket
        if call.customer_id != ticket.customer_id:
            raise Refused(
                Text(
                    f"#{ticket.number} ไม่ใช่งานของลูกค้ารายนี้ เลือกงานใหม่",
                    f"#{ticket.number} is another customer's: choose the ticket again",
                )
            )
        if ticket.state in DONE:
            raise Refused(
                Text(
                    f"#{ticket.number} เสร็จไปแล้ว บันทึกเป็นงานใหม่",
                    f"#{ticket.number} is done meanwhile: log this call as a new ticket",
                )
            )
        end_draft(uow, call, me)
        work.log("called_again", channel=call.channel, contact=call.contact_id)
        work.add_note("note", "\n".join(part for part in (call.title.strip(), call.notes.strip()) if part))
        if call.ring_id is not None:
            rings.finish(uow, call.ring_id, me, work.at, rings.TICKET, ticket_id)
        (work.plan if follow_question(work, call) else work.append)()
        uow.commit()
