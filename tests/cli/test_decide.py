"""`deskui decide`: every request is answered in order; what cannot be read is said, with its place."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deskui.cli.requests import DEPTH
from tests.cli.commands import Deskui, runner
from tests.policy.vendor import FILES, copy

MONDAY = "2026-11-23T10:00:00"
HELP: dict[str, Any] = {"policy": "sixth", "ask": "help", "at": MONDAY, "contract": {}}
DIR = ("--policies", str(FILES))


@pytest.fixture
def deskui(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Deskui:
    return runner(monkeypatch, capsys)


def _json(**more: Any) -> str:
    return json.dumps({**HELP, **more})


def test_one_object_gives_one_line(deskui: Deskui) -> None:
    ended = deskui("decide", *DIR, given=_json())
    (answer,) = ended.lines
    assert (ended.code, ended.err) == (0, "")
    assert answer["outcome"] == "callback"
    assert answer["callback_by"] == "2026-11-23T11:30:00+07:00"
    assert answer["reasons"][0] == {
        "rule": "SX-05",
        "clause": "§4",
        "basis": "explicit",
        "text": {"th": "โทรกลับภายในหนึ่งชั่วโมงครึ่ง", "en": "Called back within an hour and a half."},
    }
    assert answer["flags"] == answer["needs"] == []


def test_what_to_say_is_ready_to_be_said_and_in_thai_letters(deskui: Deskui) -> None:
    ended = deskui("decide", *DIR, given=_json())
    assert "{" not in ended.lines[0]["say"]["th"] + ended.lines[0]["say"]["en"]
    assert "ค่ะ/ครับ" in ended.out


@pytest.mark.parametrize(
    "given",
    [
        "{}\n{}\n",
        "[{}, {}]",
        "[\n{},\n{}\n]\n",
        "\n{}\n\n{}",
        "\ufeff{}\n{}\n",
        "\ufeff[{},{}]",
        "  {} \r\n {} \r\n",
    ],
)
def test_lines_and_arrays_are_answered_in_order(deskui: Deskui, given: str) -> None:
    first, second = _json(), _json(at="2026-11-22T10:00:00")
    ended = deskui("decide", *DIR, given=given.replace("{}", "%s") % (first, second))
    assert ended.code == 0
    assert [answer["outcome"] for answer in ended.lines] == ["callback", "unknown"]


def test_an_object_over_several_lines_is_one_request(deskui: Deskui) -> None:
    ended = deskui("decide", *DIR, given=json.dumps(HELP, indent=2))
    assert [answer["outcome"] for answer in ended.lines] == ["callback"]


def test_an_unavailable_or_an_ask_is_an_answer(deskui: Deskui) -> None:
    ended = deskui("decide", *DIR, given=json.dumps({"policy": "sixth", "ask": "help", "at": MONDAY}))
    assert ended.code == 0
    assert ended.lines[0]["outcome"] == "ask"
    assert ended.lines[0]["needs"][0] == "contract"


def test_a_file_is_read_and_json_changes_nothing(deskui: Deskui, tmp_path: Path) -> None:
    file = tmp_path / "requests.json"
    file.write_text(_json())
    assert deskui("decide", str(file), *DIR).out == deskui("decide", "--json", "-", *DIR, given=_json()).out


@pytest.mark.parametrize(
    "facts",
    [
        {"contract": {"start": "2026-11-23", "end": "2027-11-22"}},
        {"contract": {"start": "23/11/2569", "end": "22/11/2570"}},
        {"contract.start": "2026-11-23", "contract.end": "2027-11-22"},
        {"contract": {"start": "2026-11-23"}, "contract.end": "2027-11-22"},
        {"facts": {"contract": {"start": "2026-11-23", "end": "2027-11-22"}}},
        {"facts": {"contract.start": "2026-11-23"}, "contract": {"end": "2027-11-22"}},
        {"facts": {"contract": {"start": "2026-11-23"}}, "contract": {"start": "2026-11-23"}},
    ],
)
def test_facts_may_be_flat_dotted_or_nested(deskui: Deskui, facts: dict[str, Any]) -> None:
    request = {"policy": "sixth", "ask": "help", "purchased_on": "2001-01-01", **facts}
    on_time = deskui("decide", *DIR, given=json.dumps({**request, "at": MONDAY}))
    assert on_time.lines[0]["outcome"] == "callback"
    day_early = deskui("decide", *DIR, given=json.dumps({**request, "at": "2026-11-20T10:00:00"}))
    assert day_early.lines[0]["outcome"] == "unknown"


def test_a_settled_reading_is_followed(deskui: Deskui) -> None:
    visit = {"ask": "visit", "contract": None, "purchased_on": "2001-01-01", "hours": 5}
    first, second = _json(**visit), _json(**visit, settled={"rounding": "strict"})
    ended = deskui("decide", *DIR, given=f"{first}\n{second}")
    assert [answer["amount"] for answer in ended.lines] == [1500, 2000]


@pytest.mark.parametrize(
    ("line", "key", "words"),
    [
        ("nonsense", None, "not JSON at column 1"),
        ('{"policy": "sixth"', None, "not JSON"),
        ("[1]", None, "found an array, expected a JSON object"),
        ("null", None, "found null"),
        ("true", None, "found true"),
        ("3", None, "found the number 3"),
        ('"text"', None, "found the text 'text'"),
        ("{}", "policy", "missing"),
        (_json(policy=3), "policy", "found the number 3, expected text"),
        (_json(policy="sixt"), "policy", "did you mean 'sixth'"),
        ('{"policy": "sixth", "at": "2026-11-23"}', "ask", "missing"),
        (_json(ask=None), "ask", "found null"),
        (_json(ask="halp"), "ask", "it has: help, visit, price"),
        ('{"policy": "sixth", "ask": "help"}', "at", "missing"),
        (_json(at="yesterday"), "at", "'yesterday' is no instant"),
        (_json(at="2026-02-30T10:00"), "at", "no instant"),
        (_json(at=20261123), "at", "20261123 is no instant"),
        (_json(at=None), "at", "None is no instant"),
        (_json(purchased_on="30/02/2569"), "purchased_on", "not in the calendar"),
        (_json(purchased_on="01/02/69"), "purchased_on", "write all four"),
        (_json(contract="yes"), "contract", "expected null or an object"),
        (_json(contract={"start": "2026-02-01", "end": "2026-01-01"}), "contract", "before it starts"),
        (_json(used=-1), "used", "0 or more"),
        (_json(used=True), "used", "found True"),
        (_json(far="no"), "far", "expected true, false"),
        (_json(province="Atlantis"), "province", "not the name of a Thai province"),
        (_json(facts=[]), "facts", "found an array, expected an object"),
        (_json(facts={"contract": None}), "contract", "given twice, with different values"),
        ('{"policy": "sixth", "policy": "emwork"}', "policy", "given twice: keep one"),
        (
            _json().replace('"contract": {}', '"contract": {"a": {"b": 1, "b": 2}}'),
            "contract.a.b",
            "given twice",
        ),
        (_json(**{"far": True, "far.x": 1}), "far.x", "far is true, so it has no x"),
        (_json(settled=[]), "settled", "expected an object of reading names"),
        (_json(settled={"nothing": "x"}), "settled.nothing", "there are: rounding"),
        (_json(settled={"rounding": "up"}), "settled.rounding", "expected one of: kind, strict"),
        (_json().replace('"contract": {}', '"hours": NaN'), None, "NaN is no number"),
        (_json().replace('"contract": {}', '"hours": -Infinity'), None, "-Infinity is no number"),
        (_json().replace('"contract": {}', f'"hours": {"9" * 5000}'), None, "a number of 5000 digits"),
        (
            _json().replace("{}", '{"a":' * DEPTH + "1" + "}" * DEPTH),
            None,
            f"nested deeper than {DEPTH} levels",
        ),
        ("[" * 100_000, None, "nested deeper"),
        (_json().replace("{}", "[" * 50_000 + "]" * 50_000), None, "nested deeper"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_are_answered(
    deskui: Deskui, line: str, key: str | None, words: str
) -> None:
    ended = deskui("decide", *DIR, given=f"{_json()}\n{line}\n{_json()}\n")
    assert ended.code == 2
    first, wrong, last = ended.lines
    assert first["outcome"] == last["outcome"] == "callback"
    assert wrong["error"]["place"] == "line 2"
    if key is not None:
        assert wrong["error"]["key"] == key
    assert words in wrong["error"]["message"]
    (said,) = ended.err.splitlines()
    assert said.startswith("deskui decide: line 2: ")
    assert words in said
    assert key is None or key in said


def test_several_wrong_facts_are_told_at_once(deskui: Deskui) -> None:
    ended = deskui("decide", *DIR, given=_json(far="no", used=-1))
    message = ended.lines[0]["error"]["message"]
    assert "far" in ended.err
    assert "used: found -1" in message


def test_a_wrong_item_of_an_array_is_named_by_its_number(deskui: Deskui) -> None:
    ended = deskui("decide", *DIR, given=f"[{_json()}, {_json(ask='halp')}, 7]")
    assert ended.code == 2
    assert [line.get("error", {}).get("place") for line in ended.lines] == [None, "item 2", "item 3"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (b"", "line 1: the input is empty"),
        (b" \n\t\n", "line 1: the input is empty"),
        (b"\xef\xbb\xbf", "line 1: the input is empty"),
        (b"[]", "line 1: the array is empty"),
        (b'[{"policy": 1},', "line 1: not JSON at column 16"),
        (b"[\n{,\n", "line 2: not JSON at column 2"),
        (b"\n\n{\xff}", "line 3: byte 0xff is not UTF-8"),
        ("{}".encode("utf-16"), "line 1: byte 0xff is not UTF-8"),
        (b'{\n"policy": "sixth"\n}\n{}', "the others as an array"),
    ],
)
def test_an_input_that_cannot_be_read_at_all_is_said(deskui: Deskui, given: bytes, words: str) -> None:
    ended = deskui("decide", *DIR, given=given)
    assert ended.code == 2
    assert words in ended.err
    assert all("error" in line for line in ended.lines)
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere.json",), "cannot read nowhere.json (No such file or directory)"),
        ((".",), "cannot read . (Is a directory)"),
        (("--policies", "nowhere"), "--policies: no folder nowhere"),
        (("--nonsense",), "No such option"),
    ],
)
def test_wrong_use_is_said(deskui: Deskui, arguments: tuple[str, ...], words: str) -> None:
    ended = deskui("decide", *arguments, given=_json())
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err


def test_a_policy_file_with_problems_stops_only_its_own_requests(deskui: Deskui, tmp_path: Path) -> None:
    copy(tmp_path)
    (tmp_path / "broken.toml").write_text('[policy]\nid = "broken"\n')
    ended = deskui("decide", "--policies", str(tmp_path), given=f"{_json(policy='broken')}\n{_json()}")
    assert ended.code == 2
    assert "broken.toml:1: policy.version" in ended.lines[0]["error"]["message"]
    assert ended.lines[1]["outcome"] == "callback"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("closed = [2026-11-24]", 'holidays = "th-nobody"'), "its holidays cannot be read"),
        (
            ('mon-fri = ["09:00-12:00", "13:00-17:00"]\nclosed = [2026-11-24]', ""),
            "calendar.desk: found no hours",
        ),
    ],
)
def test_a_calendar_that_cannot_be_used_is_said(
    deskui: Deskui, tmp_path: Path, change: tuple[str, str], words: str
) -> None:
    copy(tmp_path, change)
    ended = deskui("decide", "--policies", str(tmp_path), given=_json())
    assert ended.code == 2
    assert words in ended.err


def test_control_characters_of_an_input_do_not_reach_the_terminal(deskui: Deskui) -> None:
    ended = deskui("decide", *DIR, given=json.dumps({**HELP, "policy": "a\x1b[2J\u202eb"}))
    assert "\x1b" not in ended.err
    assert "\u202e" not in ended.err


def test_a_thousand_requests_read_their_policy_once(deskui: Deskui) -> None:
    ended = deskui("decide", *DIR, given="\n".join([_json()] * 1000))
    assert ended.out.count("\n") == 1000


def test_one_decision_loads_no_store_no_screen_and_no_other_policy() -> None:
    code = (
        "import sys\nfrom deskui.cli.main import main\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, values: opened.append(str(values[0])) if event == 'open' else None)\n"
        "assert main(sys.argv[1:]) == 0\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)\n"
        "print([name for name in opened if name.endswith('.toml')], file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, "decide", *DIR],
        input=_json(),
        capture_output=True,
        text=True,
        check=True,
    )
    modules, files = ended.stderr.splitlines()
    assert not {"textual", "rich", "sqlalchemy", "alembic", "holidays"} & set(
        json.loads(modules.replace("'", '"'))
    )
    names = [Path(file).name for file in json.loads(files.replace("'", '"'))]
    assert sorted(names) == ["_common.toml", "sixth.toml"]
