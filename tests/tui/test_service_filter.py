"""Which services a few letters mean, best first."""

from __future__ import annotations

from deskui.desk.model import ServiceInfo
from deskui.policy.decision import Text
from deskui.tui.service_filter import matching

SERVICES = [
    ServiceInfo("repair", Text("ซ่อมฐานข้อมูล", "Repair a database"), ("ข้อมูลเสีย",)),
    ServiceInfo("move", Text("ย้ายฐานข้อมูล", "Move a database"), ()),
    ServiceInfo("backup", Text("สำรองไว้", "Format a disk"), ("ฐาน", "data")),
    ServiceInfo("data", Text("ฐานเดิม", "Data of old"), ()),
]


def found(typed: str) -> list[str]:
    return [one.service for one in matching(SERVICES, typed)]


def test_a_thai_word_inside_a_name_is_as_good_as_one_that_begins_a_keyword() -> None:
    assert found("ฐาน") == ["data", "repair", "move", "backup"]


def test_english_letters_inside_a_word_come_last() -> None:
    assert found("data") == ["data", "repair", "move", "backup"]
    assert found("ata") == ["repair", "move", "backup", "data"]


def test_all_words_may_be_anywhere_and_the_other_layout_is_tried() -> None:
    assert found("database move") == ["move"]
    # the keys of "data" with the Thai layout on
    assert found("กฟะฟ")[0] == "data"
    assert found("zzz") == []
    assert found(" ") == ["repair", "move", "backup", "data"]
