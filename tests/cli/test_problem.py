"""`deskui problem` and `deskui question`: one cause of many callers, and what only a supervisor may grant."""

# a table reads better on its lines than on ones that keep a margin
# ruff: noqa: E501

from __future__ import annotations

import pytest

from tests.cli.desks import HOSTILE, Run, safe


@pytest.fixture
def crowd(desk: Run) -> Run:
    """The desk with a supervisor, and a ticket of each of two customers."""
    assert desk("agent", "add", "ploy", "Ploy", "--supervisor").code == 0
    for customer in ("SX-001", "SX-003"):
        done = desk("ticket", "open", "--customer", customer, "--service", "repair", "--fact", "severity=down",
                    "--agent", "nok")  # fmt: skip
        assert done.code == 0, done.err
    return desk


def test_one_close_solves_all_and_leaves_the_call_back_list(crowd: Run) -> None:
    opened = crowd("problem", "open", "server down", "--say-en", "We are on it.", "--ticket", "1001", "--agent",
                   "nok", "--json")  # fmt: skip
    assert (opened.code, opened.json["problem"], opened.json["service"]) == (0, 1, "repair")
    attached = crowd("problem", "attach", "P1", "--ticket", "#1002", "--customer", "SX-001", "--phone",
                     "02 999 8888", "--agent", "art", "--json")  # fmt: skip
    assert [line["ticket"] for line in attached.json["callers"]] == [1001, 1002, None]
    assert [one["count"] for one in crowd("problem", "list", "--json").json] == [3]
    closed = crowd("problem", "close", "1", "spare server", "--agent", "nok")
    assert closed.code == 0
    assert closed.out.count("[ ]") == 3
    assert "081 234 5678" not in closed.out
    assert "02 999 8888" in closed.out
    for number in ("1001", "1002"):
        assert crowd("ticket", "show", number, "--json").json["state"] == "resolved"
    assert crowd("problem", "list").err.strip() == "no known problem"
    assert [one["to_tell"] for one in crowd("problem", "list", "--closed", "--json").json] == [3]
    assert crowd("problem", "told", "1", "2", "3", "--agent", "art").code == 0
    assert crowd("problem", "show", "P1").out.count("[x]") == 3
    assert crowd("problem", "list", "--closed", "--json").json == []
    assert crowd("problem", "told", "3", "--not-yet", "--agent", "art").code == 0
    assert crowd("problem", "show", "P1", "--json").json["to_tell"] == 1


def test_of_many_callers_each_that_is_refused_is_named_and_the_others_are_told(crowd: Run) -> None:
    opened = crowd("problem", "open", "down", "--say-en", "We know.", "--ticket", "1001", "--agent", "nok")
    assert opened.code == 0
    attached = crowd("problem", "attach", "1", "--ticket", "1002", "--customer", "SX-001", "--phone",
                     "02 999 8888", "--agent", "nok")  # fmt: skip
    assert attached.code == 0
    assert crowd("problem", "told", "1", "--agent", "art").code == 0
    done = crowd("problem", "told", "1", "9", "2", "3", "2", "--agent", "art", "--json")
    assert (done.code, done.json) == (1, {"told": [2, 3], "refused": [1, 9], "not_yet": False})
    assert done.err.splitlines() == [
        "deskui: 1: This caller was told already",
        "deskui: 9: There is no caller 9 on a list",
    ]
    assert crowd("problem", "show", "1").out.count("[x]") == 3
    back = crowd("problem", "told", "8", "3", "--not-yet", "--agent", "art")
    assert (back.code, back.out, back.err.strip()) == (2, "", "deskui: 8: There is no caller 8 on a list")
    assert crowd("problem", "show", "1", "--json").json["to_tell"] == 1


def test_of_many_tickets_each_that_is_refused_is_named_and_the_others_are_attached(crowd: Run) -> None:
    opened = crowd("problem", "open", "down", "--say-en", "We know.", "--ticket", "1001", "--agent", "nok")
    assert opened.code == 0
    done = crowd("problem", "attach", "1", "--ticket", "1001", "--ticket", "77", "--ticket", "1002", "--agent",
                 "nok", "--json")  # fmt: skip
    assert done.code == 1
    assert [line["ticket"] for line in done.json["callers"]] == [1001, 1002]
    assert [line.split(": ")[1] for line in done.err.splitlines()] == ["#1001", "#77"]
    nobody = crowd("problem", "attach", "1", "--customer", "XX-1", "--agent", "nok")
    assert nobody.code == 2
    assert "deskui: XX-1: " in nobody.err


def test_a_call_is_attached_while_it_is_logged(crowd: Run) -> None:
    assert (
        crowd("problem", "open", "down", "--say-th", "ขัดข้อง", "--policy", "sixth", "--agent", "nok").code == 0
    )
    done = crowd("ticket", "open", "--customer", "SX-001", "--service", "repair", "--fact", "severity=slow",
                 "--problem", "1", "--agent", "nok", "--json")  # fmt: skip
    assert (done.code, done.json["number"]) == (0, 1003)
    assert [line["ticket"] for line in crowd("problem", "show", "1", "--json").json["callers"]] == [1003]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("open", "x", "--say-en", "y"), 2, "give one of --ticket and --policy"),
        (("open", "x", "--policy", "sixth"), 1, "Say what every caller is to be told"),
        (("show", "P9"), 2, "There is no problem P9"),
        (("show", "nine"), 2, "is no problem"),
        (("attach", "P1"), 2, "give --ticket or --customer"),
        (("close", "P9", "done"), 2, "There is no problem P9"),
        (("told", "9"), 2, "There is no caller 9"),
        (("told", "9" * 26), 2, "is no number of the call-back list"),
        (("show", "0" * 19 + "5" + "9" * 9), 2, "is no problem: expected one such as 3 or P3"),
    ],
)
def test_what_is_wrong_with_a_problem_is_told(
    crowd: Run, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = crowd("problem", *arguments, "--agent", "nok")
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_a_number_that_is_none_is_told_in_thai_too(crowd: Run) -> None:
    said = crowd("--lang", "th", "problem", "show", "P0").err
    assert "'P0' ไม่ใช่เลขปัญหา ต้องเป็นเลขเช่น 3 หรือ P3" in said


@pytest.mark.parametrize(
    ("amount", "code", "said"),
    [("1e400", 2, "is no amount such as 750"), ("9" * 12, 1, "The amount is more than 1,000,000,000 baht")],
)
def test_an_amount_that_is_a_slip_is_told(crowd: Run, amount: str, code: int, said: str) -> None:
    assert crowd("question", "ask", "1001", "--agent", "nok").code == 0
    done = crowd("question", "grant", "1", "fine", "--amount", amount, "--agent", "ploy")
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_a_supervisor_grants_from_the_command_line(crowd: Run) -> None:
    bare = crowd("ticket", "open", "--customer", "SX-003", "--service", "install", "--fact", "same_machine=no",
                 "--agent", "nok", "--json")  # fmt: skip
    number = str(bare.json["number"])
    asked = crowd("question", "ask", number, "a regular customer", "--agent", "nok", "--json").json
    assert (asked["question"], asked["state"], asked["outcome"]) == (1, "open", "charge")
    assert asked["due_at"] == "2026-11-24T09:00:00+07:00"
    (waiting,) = crowd("question", "list", "--json").json
    assert waiting["text"] == "a regular customer"
    refused = crowd("question", "grant", "Q1", "fine", "--agent", "art")
    assert (refused.code, "Only a supervisor" in refused.err) == (1, True)
    done = crowd("question", "grant", "1", "half the price", "--amount", "750", "--agent", "ploy", "--json")
    assert (done.code, done.json["state"], done.json["amount"]) == (0, "granted", 750)
    ticket = crowd("ticket", "show", number, "--json").json
    assert (ticket["outcome"], ticket["decision"]["amount"]) == ("charge", 750)
    assert ticket["decision"]["reasons"][0]["rule"] == "override"
    assert crowd("question", "list").err.strip() == "nothing waits for an answer"
    assert "half the price" in crowd("question", "list", "--all").out


def test_a_no_and_an_answer_in_words(crowd: Run) -> None:
    for number, verb in (("1001", "refuse"), ("1002", "answer")):
        key = crowd("question", "ask", number, "--agent", "nok", "--json").json["question"]
        done = crowd("question", verb, f"Q{key}", "see the terms", "--agent", "ploy", "--json")
        assert done.json["reply"] == "see the terms"
    assert [one["state"] for one in crowd("question", "list", "--all", "--json").json] == [
        "answered",
        "refused",
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("grant", "Q9", "x"), 2),
        (("grant", "x9", "x"), 2),
        (("grant", "Q1", "x", "--amount", "many"), 2),
        (("grant", "Q1", "x", "--amount", "0.001"), 2),
        (("answer", "Q1", " "), 1),
        (("ask", "9999"), 2),
    ],
)
def test_what_is_wrong_with_an_answer_is_told(crowd: Run, arguments: tuple[str, ...], code: int) -> None:
    assert crowd("question", "ask", "1001", "--agent", "nok").code == 0
    done = crowd("question", *arguments, "--agent", "ploy")
    assert (done.code, done.out) == (code, "")
    assert done.err.strip()


def test_nothing_typed_steers_the_terminal(crowd: Run) -> None:
    crowd("problem", "open", HOSTILE, "--say-en", HOSTILE, "--policy", "sixth", "--agent", "nok")
    crowd("question", "ask", "1001", HOSTILE, "--agent", "nok")
    for arguments in (("problem", "list"), ("problem", "show", "1"), ("question", "list")):
        assert safe(crowd(*arguments).out)


def test_serials_branches_and_tax_ids_come_in_and_are_found(desk: Run) -> None:
    done = desk(
        *(
            "customer",
            "add",
            "SX-900",
            "ร้านใหม่",
            "--policy",
            "sixth",
            "--product",
            "Suite",
            "--serial",
            "LX-77-01",
        ),
        *(
            "--branch",
            "บางนา",
            "--machine",
            "till",
            "--ma",
            "yes",
            "--machine-serial",
            "M-9",
            "--contact",
            "Ann",
        ),
        *("--authorised", "yes", "--tax-id", "0-1055-36000-12-3"),
    )
    assert done.code == 0, done.err
    for typed in ("lx7701", "บางนา", "m-9", "0105536000123"):
        assert desk("customer", "find", typed, "--json").json[0]["code"] == "SX-900"
    wrong = desk("customer", "add", "SX-901", "X", "--tax-id", "123", "--authorised", "yes")
    assert wrong.code == 2
    assert "tax_id" in wrong.err
    assert "authorised" in wrong.err


def test_who_may_ask_is_written_down(desk: Run) -> None:
    for may in ("yes", "no", "unknown"):
        done = desk("customer", "authority", "SX-001", "สมศรี", may, "--agent", "nok", "--json")
        assert (done.code, done.json["authorised"]) == (0, may)
    wrong = desk("customer", "authority", "SX-001", "nobody", "yes", "--agent", "nok")
    assert (wrong.code, "is not one contact" in wrong.err) == (2, True)
