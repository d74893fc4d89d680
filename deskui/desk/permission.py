"""What only a supervisor may do."""

from __future__ import annotations

from deskui.desk.errors import Refused
from deskui.desk.ports import UnitOfWork
from deskui.desk.work import Means
from deskui.policy.decision import Text

__all__ = ["is_supervisor", "supervisors_only"]


def is_supervisor(means: Means, uow: UnitOfWork) -> bool:
    """Whether this desk's agent is a supervisor now, whatever was so when the desk was opened."""
    me = means.agent.agent_id
    return any(agent.supervisor for agent in uow.agents.all() if agent.agent_id == me)


def supervisors_only(means: Means, uow: UnitOfWork, does: Text) -> None:
    """Raises Refused unless this agent is a supervisor, with who is one.

    `does` is what only a supervisor does: a verb in the third person in English.
    """
    if is_supervisor(means, uow):
        return
    who = ", ".join(sorted(agent.code for agent in uow.agents.all() if agent.supervisor)) or "—"
    raise Refused(
        Text(
            f"เฉพาะหัวหน้าเท่านั้นที่{does.th}ได้ ขอให้หัวหน้าทำ: {who}", f"Only a supervisor {does.en}. Ask one: {who}"
        )
    )
