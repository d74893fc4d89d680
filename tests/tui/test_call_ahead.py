"""What was decided ahead is shown only as long as it holds for certain."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from deskui.desk.model import Call
from deskui.policy.decision import Decision
from deskui.tui.arrivals import VerdictArrived
from deskui.tui.screens.call_ahead import Ahead, AheadArrived

AT = datetime(2026, 11, 23, 9, 59, 30, tzinfo=UTC)
CALL = Call(product_id=1, service="advice")


def arrived(asked: int) -> AheadArrived:
    verdict = VerdictArrived(CALL, cast("Decision", None), (), (), {})
    return AheadArrived((verdict,), AT, asked)


@pytest.mark.parametrize(("seconds", "known"), [(-1, False), (0, True), (29, True), (30, False), (59, False)])
def test_a_verdict_holds_until_the_minute_is_over(seconds: int, known: bool) -> None:
    ahead = Ahead()
    ahead.put(arrived(ahead.asked))
    assert (ahead.of(CALL, AT + timedelta(seconds=seconds)) is not None) is known


def test_verdicts_read_before_a_change_are_not_kept_when_they_come_after_it() -> None:
    ahead = Ahead()
    before = arrived(ahead.asked)
    ahead.forget()
    ahead.put(before)
    assert ahead.of(CALL, AT) is None
    ahead.put(arrived(ahead.asked))
    assert ahead.of(CALL, AT) is not None
