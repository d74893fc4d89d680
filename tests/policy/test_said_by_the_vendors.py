"""What callers of the five vendors hear: no clause, the figures, nothing the terms do not say."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest

from deskui.paths import data_dir
from deskui.policy import Library, decide, read_facts
from deskui.policy.examples import examples_file, load_examples
from deskui.policy.library import policy_files

LIBRARY = Library.open()
CLAUSE = re.compile(r"\b(?:EM|AR|BP|M5|PS|X)-\d|\bL\d|clause|\b\d+\.\d+\.?\d*\)|ข้อ \d")
MAC5 = {"contract": {"start": "2026-01-15", "end": "2027-01-14", "paid": True}}
ARISTO = {"purchased_on": "2020-05-05", "contract": {"start": "2026-02-01", "end": "2027-01-31"}}
RETURNED = {
    "bought_here": True,
    "complete_with_box": True,
    "condition_as_new": True,
    "customer_caused": False,
    "defect_of_machine": True,
}


@pytest.mark.parametrize("vendor", sorted(policy_files(data_dir() / "policies")))
def test_no_clause_is_read_to_a_caller(vendor: str) -> None:
    policy = LIBRARY.get(vendor)
    examples = load_examples(examples_file(LIBRARY.files[vendor]), policy).examples
    said = [decide(policy, item.ask, item.facts, item.at, settled=item.settled).say for item in examples]
    assert said
    assert [words for words in said if CLAUSE.search(words.en) or CLAUSE.search(words.th)] == []


@pytest.mark.parametrize(
    ("vendor", "ask", "facts", "en", "th"),
    [
        (
            "aristosoft",
            "form-layout",
            {**ARISTO, "forms": 2, "used": 4, "design": "word"},
            "it costs from 2,000 baht",
            "เริ่มต้น 2,000 บาท",
        ),
        (
            "aristosoft",
            "hardware-return",
            {**RETURNED, "order_date": "2026-10-22", "sent_immediately": True},
            "still under warranty",
            "ยังอยู่ในประกันหรือไม่",
        ),
        (
            "aristosoft",
            "hardware-return",
            {**RETURNED, "order_date": "2026-11-20", "sent_immediately": False},
            "cannot be returned",
            "คืนสินค้าไม่ได้",
        ),
        (
            "business-plus",
            "data-check-send",
            {"contract": {"plan": "Silver"}},
            "800 to 2,400 baht; I will confirm the exact figure. You will have a first result by Thursday 26",
            "เหลือ 800 ถึง 2,400 บาท ขอแจ้งราคาที่แน่นอนอีกครั้งค่ะ แจ้งผลเบื้องต้นภายในวันพฤหัสบดีที่ 26",
        ),
        (
            "business-plus",
            "data-check-send",
            {"contract": {"plan": "Beyond"}},
            "by Tuesday 24 November 2026 at 17:30.",
            "ภายในวันอังคารที่ 24 พฤศจิกายน 2569 เวลา 17:30 น. ค่ะ",
        ),
        (
            "mac-5",
            "cancel",
            {**MAC5, "kind": "implementation", "contract_unit": "day", "appointment_at": "2026-11-24T10:00"},
            "1 day of service is deducted",
            "ถูกหักวันบริการ 1 วัน",
        ),
        (
            "mac-5",
            "cancel",
            {**MAC5, "kind": "training", "seats": 3, "appointment_at": "2026-11-24T09:59"},
            "the seats booked are deducted: 3.",
            "ถูกหักสิทธิ์ 3 ที่นั่ง",
        ),
        ("mac-5", "old-version-problem", MAC5, "not covered; we suggest updating", "อยู่นอกบริการ แนะนำให้อัปเดต"),
        (
            "emwork",
            "escalation",
            {"reason": "other_maintenance"},
            "your project manager",
            "ผู้จัดการประจำโครงการ",
        ),
    ],
)
def test_the_caller_hears_the_figures_and_no_more_than_the_terms_say(
    vendor: str, ask: str, facts: dict[str, Any], en: str, th: str
) -> None:
    policy = LIBRARY.get(vendor)
    at = datetime.fromisoformat("2026-11-23T10:00:00+07:00")
    said = decide(policy, ask, read_facts(policy, facts), at).say.spoken("ค่ะ")
    assert en in said.en
    assert th in said.th
