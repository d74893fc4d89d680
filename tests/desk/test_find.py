"""Folding, layouts and the order of hits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskui.desk.find import best_first, needles, quality, shown_number
from deskui.desk.fold import contact_key, customer_key, fold
from deskui.desk.layout import LATIN_OF, THAI_OF, other_layout, to_latin, to_thai
from deskui.desk.records import CallerRecord
from tests.desk.conftest import World


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("๐๘๑-๒๓๔ ๕๖๗๘", "0812345678"),
        ("+66 81 234 5678", "0812345678"),
        ("+66(0)81-234-5678", "0812345678"),
        ("0066 81 234 5678", "0812345678"),
        ("SX-001", "sx-001"),
        ("เเม่นํ้า", "แม่น้ำ"),
        ("น้ํา", "น้ำ"),
        ("นํ้า", "น้ำ"),
        ("กี่", "ก่ี"),
        ("ＡＢＣ", "abc"),
        ("Thai\u200bland", "thailand"),
        ("  two \t words ", "two words"),
    ],
)
def test_both_spellings_fold_to_one(typed: str, stored: str) -> None:
    assert fold(typed) == fold(stored)


@given(st.text(alphabet=st.sampled_from("กเแำาํ้่ัิีู +-06๖๐Aa1 2.()\u200b"), max_size=14))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_letters_of_different_words_stay_apart() -> None:
    assert fold("น้ำ") != fold("นำ")
    assert fold("กัน") != fold("กน")
    assert fold("081") != fold("018")


def test_every_key_has_its_twin() -> None:
    assert len(THAI_OF) == len(LATIN_OF) == 94
    assert to_thai("nf") == "\u0e37ด"
    assert to_latin("\u0e37ด") == "nf"
    assert to_latin("จ๕ค/") == "0*82"
    assert (to_thai(";"), to_thai("'"), to_thai("/")) == ("ว", "ง", "ฝ")


@given(st.text(alphabet=st.sampled_from(sorted(THAI_OF)), max_size=20))
def test_there_and_back(text: str) -> None:
    assert to_latin(to_thai(text)) == text


@pytest.mark.parametrize(
    ("meant", "typed"),
    [("test trading", "ะำหะ ะพฟก\u0e23\u0e37เ"), ("สมชาย", "l,=kp"), ("081234", "จคๅ/-ภ")],
)
def test_what_the_other_layout_typed_is_looked_for_too(meant: str, typed: str) -> None:
    assert needles(typed) == (fold(typed), fold(meant))
    assert needles(meant)[0] == fold(meant)


def test_needles_of_nothing_and_of_half_a_number() -> None:
    assert needles("") == needles("  \u200b ") == ()
    assert needles("081-")[0] == "081"
    assert needles("66812345678")[0] == "0812345678"


def hit(customer: int, name: str, contact: str | None = None, phone: str | None = None) -> CallerRecord:
    code = f"C-{customer:03}"
    key = customer_key(code, name) if contact is None else contact_key(contact, phone)
    return CallerRecord(customer, code, name, customer if contact else None, contact, phone, key)


def test_the_best_hit_comes_first() -> None:
    inside = hit(1, "Grand Siam Parts")
    starts = hit(2, "Siam Parts")
    exact = hit(3, "siam")
    deep = hit(4, "Transiam")
    contact = hit(5, "Other", "Siam Boonmee", "0811111111")
    found = best_first([deep, inside, contact, starts, exact, starts], needles("siam"), 10)
    assert found == [exact, contact, starts, inside, deep]
    assert best_first([deep, exact], needles("siam"), 1) == [exact]


def test_a_number_is_found_by_its_end_before_its_middle() -> None:
    middle = hit(1, "A", "One", "0823456711")
    end = hit(2, "B", "Two", "0811123456")
    assert best_first([middle, end], needles("23456"), 10) == [end, middle]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+66812345678", "081 234 5678"),
        ("021234567", "02 123 4567"),
        ("+442079460018", "+44 20 7946 0018"),
        ("1234", "1234"),
        ("ext. 12", "ext. 12"),
        ("02-123-4567 ต่อ 14", "02 123 4567 #14"),
        ("+66 2 123 4567 ต่อ ๑๔", "02 123 4567 #14"),
        ("021234567 ext14", "02 123 4567 #14"),
        ("02-123-4567#14", "02 123 4567 #14"),
        ("+44 20 7946 0018 x 9", "+44 20 7946 0018 #9"),
        ("02-123-4567 ต่อ 14, 15", "02-123-4567 ต่อ 14, 15"),
        ("12345678 ต่อ 14", "12345678 ต่อ 14"),
    ],
)
def test_numbers_are_shown_as_people_write_them(stored: str, shown: str) -> None:
    assert shown_number(stored) == shown


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("SX-001", "SX-001"),
        ("sx-00", "SX-002"),
        ("trading", "SX-001"),
        ("5678", "SX-001"),
        ("081 234", "SX-001"),
        ("๐๘๑", "SX-001"),
        ("จคๅ/-ภ", "SX-001"),
        ("สมศ", "SX-001"),
        (other_layout("สมศ"), "SX-001"),
        (other_layout("siam"), "SX-002"),
        ("+66 2 123 4567", "SX-002"),
        ("นํ้าใส", "SV-001"),
        ("น้ำ", "SV-001"),
    ],
)
def test_callers_are_found_by_any_fragment(world: World, typed: str, code: str) -> None:
    hits = world.nok.find_callers(typed)
    assert hits[0].code == code
    assert hits[0].products[0].policy == ("seventh" if code.startswith("SV") else "sixth")


@pytest.mark.parametrize(
    "stored", ["02-123-4567 ต่อ 14", "02 123 4567 ext. 14", "+66 2 123 4567 #14", "021234567x14"]
)
@pytest.mark.parametrize(
    "typed", ["02-123-4567", "+6621234567", "1234567", "02 123 4567 #14", "021234567 ต่อ ๑๔"]
)
def test_a_number_is_found_without_its_extension(stored: str, typed: str) -> None:
    key = contact_key("Somsri", stored)
    assert quality(key, needles(typed))[0] < 4
    assert quality(key, needles(typed)) < quality(contact_key("Somsri", "029999999 ต่อ 14"), needles(typed))


def test_an_extension_is_taken_from_numbers_only() -> None:
    assert needles("ab12x14")[0] == "ab12x14"
    assert "ab12" not in needles("ab12x14")


def test_nothing_typed_finds_nobody(world: World) -> None:
    assert world.nok.find_callers("") == []
    assert world.nok.find_callers("no such customer") == []
    assert world.nok.find_callers("s", limit=0) == []
