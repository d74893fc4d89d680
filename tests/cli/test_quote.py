"""`deskui quote`: a price is the decision's own, and its lines add up to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from deskui.cli.output import width
from deskui.cli.quotation import PRICED_OUTCOMES, Quotation, priced, quotation
from deskui.cli.quotelines import price_of
from deskui.paths import data_dir
from deskui.policy.codec import decision_to_json
from deskui.policy.decide import decide
from deskui.policy.examples import Example, examples_file, load_examples
from deskui.policy.library import Library, policy_files
from deskui.policy.policy import Policy
from deskui.policy.values import Constant
from deskui.policy.vocabulary import MONEY_OUTCOMES
from tests.cli.commands import Deskui, runner
from tests.cli.desks import Run

SHIPPED = sorted(policy_files(data_dir() / "policies"))
LIBRARY = Library.open()
MONDAY = ("--at", "2026-11-23T10:42")


@pytest.fixture
def deskui(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Deskui:
    monkeypatch.setenv("COLUMNS", "80")
    return runner(monkeypatch, capsys)


def _examples(vendor: str) -> Iterator[tuple[Policy, Example]]:
    policy = LIBRARY.get(vendor)
    for example in load_examples(examples_file(LIBRARY.files[vendor]), policy).examples:
        yield policy, example


def _quoted(policy: Policy, example: Example) -> Quotation:
    return quotation(policy, example.ask, example.facts, example.at, example.settled)


@pytest.mark.parametrize("vendor", SHIPPED)
def test_a_quotation_is_the_decision_on_the_ask(vendor: str) -> None:
    seen = 0
    for policy, example in _examples(vendor):
        decision = decide(policy, example.ask, example.facts, example.at, example.settled)
        found = _quoted(policy, example)
        if found.put_off is not None:
            assert decision_to_json(found.put_off) == decision_to_json(decision), example.name
            continue
        assert decision_to_json(found.decision) == decision_to_json(decision), example.name
        if decision.outcome in MONEY_OUTCOMES:
            seen += 1
            assert found.total == price_of(decision.figures), example.name
            assert found.answered
        elif decision.outcome in ("unknown", "unavailable", "quote", "ask"):
            assert found.total is None, example.name
            assert not found.answered, example.name
    assert seen or not priced(LIBRARY.get(vendor))


@pytest.mark.parametrize("vendor", SHIPPED)
def test_the_lines_of_every_price_add_up_to_it(vendor: str) -> None:
    for policy, example in _examples(vendor):
        found = _quoted(policy, example)
        if found.total is None:
            continue
        for side in (0, 1):
            amounts = [line.amount[side] for line in found.lines if line.amount is not None]
            assert sum(amounts, Decimal(0)) == found.total[side], example.name
        for line in found.lines:
            if line.list_price is not None and line.unit_price is not None and line.percent is not None:
                assert line.list_price[0] * (100 - line.percent) / 100 == line.unit_price[0], example.name


def test_a_price_of_several_parts_shows_each_of_them() -> None:
    """What is worked out from more than one figure is never a bare amount."""
    printed = {
        (policy.id, service.id)
        for policy in LIBRARY.policies.values()
        for service in policy.services.values()
        if any(isinstance(row.figures.get("amount"), Constant) for row in service.rows)
    }
    bare = {
        (policy.id, example.ask)
        for vendor in SHIPPED
        for policy, example in _examples(vendor)
        for found in [_quoted(policy, example)]
        if found.decision.outcome in ("price", "discount")
        and not all(line.factors or line.list_price for line in found.lines)
    }
    assert bare - printed == set()


@pytest.mark.parametrize("vendor", SHIPPED)
def test_every_ask_with_a_price_can_be_quoted(deskui: Deskui, vendor: str) -> None:
    # a customer's own contract may put a price on anything
    asks = {
        example.ask
        for policy, example in _examples(vendor)
        if _outcome(policy, example) and "own_terms" not in str(example.facts)
    }
    listed = deskui("quote", vendor, "--json").json
    assert asks <= {item["ask"] for item in listed}


def _outcome(policy: Policy, example: Example) -> bool:
    decision = decide(policy, example.ask, example.facts, example.at, example.settled)
    return decision.outcome in PRICED_OUTCOMES


def test_the_command_and_decide_agree(deskui: Deskui) -> None:
    request = {
        "policy": "pharmasys",
        "ask": "ma-quote",
        "at": "2026-11-23T10:42",
        "edition": "Client",
        "machines": 12,
        "years": 2,
    }
    (decided,) = deskui("decide", given=json.dumps(request)).lines
    facts = [f"--fact={name}={request[name]}" for name in ("edition", "machines", "years")]
    quoted = deskui("quote", "pharmasys", "ma-quote", *MONDAY, *facts, "--json").json
    assert quoted["decision"] == decided
    assert quoted["total"] == decided["amount"] == 21600
    (line,) = quoted["lines"]
    assert (line["list_price"], line["discount_percent"], line["unit_price"]) == (2400, 25, 1800)
    assert line["factors"] == [{"number": 12, "unit": {"th": "เครื่อง", "en": "machines"}}]


def test_a_quotation_can_be_read_out(deskui: Deskui) -> None:
    order = ("--line", "edition=Standard,machines=3,years=1", "--line", "edition=client,machines=1,years=1")
    ended = deskui("quote", "pharmasys", "ma-quote-mixed", *MONDAY, *order)
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert lines[0] == f"PharmaSys — Price of MA for several editions at once{'23 Nov 2026':>28}"
    assert lines[2:7] == [
        "1. Standard, 1 year",
        f"     1,600 − 5% = 1,520 × 3 machines{'4,560':>44}",
        "2. Client, 1 year",
        f"     1,200 × 1 machine{'1,200':>58}",
        f"Total{'5,760 baht':>75}",
    ]
    assert "VAT: the terms do not say whether prices include it." in lines
    assert any(line.startswith("By the terms of version 2026-11") for line in lines)
    # what only the agent should know, and our own conventions, are not for the caller
    assert "X-09" not in ended.out
    assert "might earn more" not in ended.out
    assert "the combined count might earn more" in ended.err


def test_in_thai_it_fits_the_screen(deskui: Deskui) -> None:
    facts = ("--fact=payment_date=2026-11-23", "--fact=contract=ใช่", "--fact=contract.start=2026-03-01")
    more = ("--fact=contract.end=28/02/2570", "--fact=annual_price=12000", "--fact=kind=module")
    ended = deskui("quote", "mac-5", "proration", *MONDAY, *facts, *more, "--lang", "th")
    assert ended.code == 0
    assert "12,000 × 4 จาก 12 เดือน" in ended.out
    assert "4,000 บาท" in ended.out
    assert all(width(line) <= 80 for line in (ended.out + ended.err).splitlines())


def test_a_cell_that_the_source_lost_is_no_price(deskui: Deskui) -> None:
    order = ("--line", "edition=Standard,machines=3,years=1", "--line", "edition=Client,machines=16,years=1")
    ended = deskui("quote", "pharmasys", "ma-quote-mixed", *MONDAY, *order)
    assert ended.code == 1
    assert "not printed in the terms" in ended.out
    assert "ask the vendor" in ended.out
    assert "Total" not in ended.out
    # what the pattern would give is for the agent alone
    assert "960" not in ended.out
    assert "960 (do not quote it)" in ended.err
    shape = deskui("quote", "pharmasys", "ma-quote-mixed", *MONDAY, *order, "--json").json
    assert (shape["total"], [line["amount"] for line in shape["lines"]]) == (None, [4560, None])


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (("ma-quote",), ["edition", "machines", "years"]),
        (("upgrade-quote", "--fact=edition=Client"), ["from_year_be", "to_year_be", "machines", "years"]),
        (("ma-quote-mixed",), ["lines"]),
        (("ma-quote-mixed", "--line=edition=Client"), ["lines.machines"]),
    ],
)
def test_what_is_missing_is_asked_for_all_at_once(
    deskui: Deskui, arguments: tuple[str, ...], asked: list[str]
) -> None:
    ended = deskui("quote", "pharmasys", *arguments, *MONDAY, "--json")
    assert ended.code == 1
    assert sorted(ended.json["needs"]) == sorted(asked)
    assert (ended.json["total"], ended.json["lines"]) == (None, [])
    told = ended.err.splitlines()[1:]
    assert len(told) == len(asked)
    assert all(line.startswith(("  --fact ", "  --line ")) for line in told)


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (("aristosoft", "onsite"), ["contract", "purchased_on", "province", "staff", "hours"]),
        (("aristosoft", "onsite", "--fact=contract=no"), ["purchased_on", "province", "staff", "hours"]),
        (("mac-5", "checkup-visit"), ["contract", "contract.special", "used"]),
    ],
)
def test_what_other_answers_would_lead_to_is_asked_for_as_well(
    deskui: Deskui, arguments: tuple[str, ...], asked: list[str]
) -> None:
    """What only matters without an agreement, or outside the first year, comes in the same list."""
    assert deskui("quote", *arguments, *MONDAY, "--json").json["needs"] == asked


def test_it_says_how_to_give_what_is_missing(deskui: Deskui) -> None:
    err = deskui("quote", "pharmasys", "ma-quote").err
    assert "  --fact edition=Standard|Client  Which edition?" in err.splitlines()
    assert "  --fact machines=NUMBER  How many machines at the same time?" in err.splitlines()
    mixed = deskui("quote", "pharmasys", "ma-quote-mixed").err
    assert "--line edition=Standard|Client,machines=NUMBER,years=NUMBER" in mixed


def test_at_night_it_tells_what_it_costs_when_it_can_be_done(deskui: Deskui) -> None:
    facts = ("--fact=contract=no", "--fact=purchased_on=01/01/2558")
    ended = deskui("quote", "aristosoft", "remote-install", "--at", "2026-11-23T23:00", *facts, "--json")
    assert ended.code == 0
    assert (ended.json["total"], ended.json["at"]) == (500, "2026-11-24T09:00:00+07:00")
    assert ended.json["put_off"]["outcome"] == "defer"
    sunday = deskui(
        "quote", "aristosoft", "remote-install", "--at", "2026-11-22T12:00", *facts, "--json"
    ).json
    assert (sunday["total"], sunday["put_off"]["outcome"]) == (500, "unknown")


def test_what_is_left_of_a_quota_is_not_charged(deskui: Deskui) -> None:
    facts = ("--fact=contract=yes", "--fact=forms=6", "--fact=used=2", "--fact=design=word")
    shape = deskui("quote", "aristosoft", "form-layout", *MONDAY, *facts, "--json").json
    assert [(line["included"], line["amount"]) for line in shape["lines"]] == [(True, None), (False, 4000)]
    assert (shape["total"], shape["from"]) == (4000, True)
    free = ("--fact=contract=yes", "--fact=forms=1", "--fact=used=2", "--fact=design=word")
    ended = deskui("quote", "aristosoft", "form-layout", *MONDAY, *free)
    assert ended.code == 0
    assert "included, no charge" in ended.out
    assert "Total" not in ended.out


def test_what_lies_beyond_a_quota_without_a_figure_is_no_price(deskui: Deskui) -> None:
    said = ("--fact=contract=yes", "--fact=contract.paid=yes", "--fact=seats_total=3", "--fact=seats_used=2")
    asked = ("quote", "mac-5", "seat", *said, "--at=2026-11-23T10:30")
    within = deskui(*asked, "--fact=seats=1", "--json")
    assert (within.code, within.json["included"]) == (0, True)
    ended = deskui(*asked, "--fact=seats=2", "--json")
    assert (ended.code, ended.json["included"], ended.json["total"]) == (1, False, None)
    assert [(line["included"], line["amount"]) for line in ended.json["lines"]] == [
        (True, None),
        (False, None),
    ]
    read_out = deskui(*asked, "--fact=seats=2", "--lang=en").out
    assert "not printed in the terms" in read_out
    assert "No total: the terms do not print this price; ask the supervisor." in read_out


def test_a_printed_range_stays_a_range(deskui: Deskui) -> None:
    silver = ("quote", "business-plus", "data-check-send", *MONDAY, "--fact=contract.plan=Silver")
    assert deskui(*silver, "--json").json["total"] == {"from": 800, "to": 2400}
    assert "1,000–3,000 − 20% = 800–2,400" in deskui(*silver).out
    assert deskui(*silver, "--fact=list_price=2000", "--json").json["total"] == 1600


def test_started_hours_are_a_line_of_their_own(deskui: Deskui) -> None:
    facts = ("contract=no", "purchased_on=2015-01-01", "province=นนทบุรี", "staff=2", "hours=5.5")
    shape = deskui(
        "quote", "aristosoft", "onsite", *MONDAY, *(f"--fact={fact}" for fact in facts), "--json"
    ).json
    assert [line["amount"] for line in shape["lines"]] == [6000, 600]
    assert shape["total"] == 6600


def test_no_figure_in_the_terms_is_no_price(deskui: Deskui) -> None:
    ended = deskui("quote", "mac-5", "add-users", *MONDAY, "--fact=contract=yes", "--fact=contract.paid=yes")
    assert ended.code == 1
    assert "the price comes from the sales department" in ended.out
    assert "0 baht" not in ended.out


def test_a_refusal_is_told_in_the_words_for_the_caller(deskui: Deskui) -> None:
    ended = deskui(
        "quote", "mac-5", "refund-on-stop", *MONDAY, "--fact=contract=yes", "--fact=contract.paid=yes"
    )
    assert ended.code == 1
    assert "no refund" in ended.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nobody",), "no policy 'nobody'"),
        (("pharmasys", "ma-qoute"), "it can quote: ma-quote, ma-quote-mixed, upgrade-quote"),
        (("mac-5", "channel-open"), "is no question of a price"),
        (("pharmasys", "ma-quote", "--fact", "machines"), "'machines' is no NAME=VALUE"),
        (("pharmasys", "ma-quote", "--fact", "machines=-1"), "--fact machines: found -1"),
        (("pharmasys", "ma-quote", "--fact", "edition=gold"), "expected one of: Standard, Client"),
        (("pharmasys", "ma-quote", "--fact", "colour=red"), "asks for no fact 'colour'"),
        (("pharmasys", "ma-quote", "--fact=years=1", "--fact=years=2"), "given twice"),
        (("pharmasys", "ma-quote", "--line", "machines=1"), "use --fact (--line is for ma-quote-mixed)"),
        (("pharmasys", "ma-quote-mixed", "--line", "machines"), "--line: 'machines' is no NAME=VALUE"),
        (
            ("pharmasys", "upgrade", "--fact", "machine=maybe"),
            "--fact machine: found 'maybe', expected yes, no or",
        ),
        (("pharmasys", "ma-quote", "--at", "noon"), "noon"),
    ],
)
def test_wrong_use_is_said(deskui: Deskui, arguments: tuple[str, ...], words: str) -> None:
    ended = deskui("quote", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err


def test_every_problem_of_the_facts_is_told_at_once(deskui: Deskui) -> None:
    err = deskui(
        "quote", "pharmasys", "ma-quote", "--fact=edition=gold", "--fact=machines=-1", "--fact=x"
    ).err
    assert all(word in err for word in ("edition", "machines", "'x'"))


def test_terms_without_prices_say_so(deskui: Deskui) -> None:
    ended = deskui("quote", "emwork")
    assert (ended.code, ended.out) == (0, "")
    assert "no prices" in ended.err


def test_what_is_on_file_is_used(desk: Run) -> None:
    asked = ("quote", "sixth", "forms", "--customer", "SX-003", "--at", "2026-11-23T10:42")
    ended = desk(*asked, "--json")
    assert ended.code == 0, ended.err
    assert (ended.json["customer"], ended.json["total"]) == ("Thonburi Stores", 1500)
    under_contract = ("quote", "sixth", "forms", "--customer", "SX-001", "--at", "2026-11-23T10:42")
    beyond = desk(*under_contract, "--fact=forms=6", "--json").json
    assert (beyond["total"], [line["included"] for line in beyond["lines"]]) == (600, [True, False])
    missing = desk(*under_contract)
    assert missing.code == 1
    assert "--fact forms=NUMBER" in missing.err
    contradicted = desk(*asked, "--fact=forms=2", "--fact=purchased_on=2026-11-01")
    assert contradicted.code == 1
    wrong = desk("quote", "seventh", "--customer", "SX-003", "--at", "2026-11-23T10:42", "install")
    assert wrong.code == 2
    assert "on file: —" in wrong.err


def test_a_price_put_off_holds_for_the_day_it_can_be_done() -> None:
    policy = LIBRARY.get("aristosoft")
    (_, example) = next(
        (policy, example)
        for policy, example in _examples("aristosoft")
        if _quoted(policy, example).put_off is not None
    )
    found = _quoted(policy, example)
    assert found.at - example.at < timedelta(days=8)
    assert found.at > example.at
