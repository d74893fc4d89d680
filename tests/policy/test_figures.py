"""A figure that the sentence of its own rule names otherwise is shown, so that no old price is read out."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskui.cli.policyfile import read_with_notes
from deskui.paths import data_dir
from deskui.policy.library import policy_files
from tests.cli.commands import Deskui, runner
from tests.policy.slips import SMALL, changed

VERSIONS = "{ dated = [{ to = 2026-12-31, is = 100 }, { from = 2027-01-01, is = 120 }] }"
SENTENCES = ('th = "ข้อหนึ่ง"\nen = "Rule one."', 'th = "ครั้งละ 100 บาท"\nen = "It is 100 baht."')


@pytest.fixture
def deskui(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Deskui:
    monkeypatch.chdir(tmp_path)
    return runner(monkeypatch, capsys)


def _notes(tmp_path: Path, *changes: tuple[str, str]) -> list[tuple[int, str, str, str]]:
    file = tmp_path / SMALL.name
    file.write_text(changed(SENTENCES, *changes), "utf-8")
    return [(note.line, note.key, str(note.found), str(note.expected)) for note in read_with_notes(file)[1]]


@pytest.mark.parametrize("vendor", sorted(policy_files(data_dir() / "policies")))
def test_the_shipped_terms_say_in_words_what_they_have_in_figures(vendor: str) -> None:
    assert read_with_notes(data_dir() / "policies" / f"{vendor}.toml")[1] == ()


def test_a_price_that_changed_in_the_row_alone_is_shown_with_the_line_of_its_sentence(tmp_path: Path) -> None:
    assert _notes(tmp_path) == []
    (note,) = _notes(tmp_path, ("amount = 100", "amount = 120"))
    assert note == (
        25,
        "service.work.rows[1].amount",
        "120, which the words of SM-01 do not name",
        "one figure in data and words: the words (line 29) say 100",
    )


@pytest.mark.parametrize(
    ("changes", "others"),
    [
        # one language was forgotten
        ((("amount = 100", "amount = 120"), ("ครั้งละ 100", "ครั้งละ 120")), ["say 100"]),
        ((("amount = 100", "amount = 1200"), ("100 baht", "1,200 baht"), ("ครั้งละ 100", "ครั้งละ 1,200")), []),
        ((("amount = 100", 'amount = { each = 120, per = "count" }'),), ["say 100"]),
        ((("amount = 100", f"amount = {VERSIONS}"),), ["say 100"]),
        # words that name no figure say nothing of it
        ((("amount = 100", "amount = 120"), ("ครั้งละ 100 บาท", "ตามราคา"), ("100 baht", "the price")), []),
        ((('then = "charge", amount = 100', 'then = "quota", quota = 3'), ("ครั้งละ 100 บาท", "ปีละ 2 ครั้ง"),
          ("It is 100 baht", "Twice")), ["say 2"]),
        ((('then = "charge", amount = 100', 'then = "quota", quota = 2'), ("ครั้งละ 100 บาท", "ปีละ 2 ครั้ง"),
          ("It is 100 baht", "Twice")), []),
    ],
)  # fmt: skip
def test_each_language_is_held_to_the_figure(
    tmp_path: Path, changes: tuple[tuple[str, str], ...], others: list[str]
) -> None:
    notes = _notes(tmp_path, *changes)
    assert [expected.partition(") ")[2] for _, _, _, expected in notes] == others


def test_check_shows_it_and_lets_the_file_pass(deskui: Deskui) -> None:
    Path("small.toml").write_text(changed(SENTENCES, ("amount = 100", "amount = 120")), "utf-8")
    ended = deskui("policy", "check", "small.toml", "--lang", "th")
    assert ended.code == 0
    assert "ควรดู: small.toml:25: service.work.rows[1].amount: พบ 120 ซึ่งข้อความของกฎ SM-01" in ended.out
    (told,) = deskui("policy", "check", "small.toml", "--json").json
    assert [note["line"] for note in told["notes"]] == [25]
