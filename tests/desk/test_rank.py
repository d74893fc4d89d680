"""The rank that a vendor's own order gives a request."""

from __future__ import annotations

from typing import Any

import pytest

from deskui.desk.rank import rank_of
from deskui.paths import data_dir
from deskui.policy import read_facts
from deskui.policy.library import HolidayShelf
from deskui.policy.load import load_policy
from tests.desk.conftest import at

POLICY = load_policy(data_dir() / "policies" / "business-plus.toml", HolidayShelf(data_dir() / "holidays"))
ENDED = {"start": "2024-01-01", "end": "2024-12-31"}
COMING = {"start": "2027-01-01", "end": "2027-12-31"}


@pytest.mark.parametrize(
    ("facts", "rank"),
    [
        ({"contract": {"plan": "Beyond"}}, 1),
        ({"contract": {"plan": "Platinum"}}, 2),
        ({"contract": {"plan": "Silver"}}, 3),
        ({"contract": None, "in_warranty": True}, 3),
        ({"contract": None, "in_warranty": False}, 4),
        # the plan of an agreement that is over, or still to come, gives no place
        ({"contract": {"plan": "Beyond", **ENDED}, "in_warranty": False}, 4),
        ({"contract": {"plan": "Beyond", **COMING}, "in_warranty": True}, 3),
        ({"contract": {"plan": "Beyond", "suspended": True}}, 4),
        # nobody knows: behind everyone who is known
        ({"contract": {}}, 4),
        ({"contract": {"plan": "not_recorded"}}, 4),
        ({}, 4),
    ],
)
def test_only_an_agreement_in_force_gives_its_plans_rank(facts: dict[str, Any], rank: int) -> None:
    typed = read_facts(POLICY, facts)
    assert rank_of(POLICY, POLICY.services["advice"], typed, at(10, 30)) == rank
