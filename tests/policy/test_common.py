"""The shared words: what a screen may show has a name, what is read aloud has a particle."""

from __future__ import annotations

import re
import tomllib

import pytest

from deskui.paths import data_dir
from deskui.policy.common import common
from deskui.policy.decision import Text
from deskui.policy.facts import read_province
from deskui.policy.vocabulary import (
    FIGURES,
    HINT_ASK,
    HINTS,
    LIKELY,
    OUTCOMES,
    REASONS,
    TARGET_KINDS,
    WEEKDAYS,
)
from deskui.policy.wording import ALSO, OCCASIONS

PLACEHOLDER = re.compile(r"\{(\w*)\}")
REDIRECTS = [
    "delivered_manual_or_purchase",
    "email",
    "onsite_or_service_centre",
    "product_owner_warranty",
    "propose_solution",
    "quote",
    "register_machine_free",
    "self_study",
    "update_to_current",
    "upgrade_quote",
]
OTHERS = [
    "5_real_sets",
    "company_excel_format",
    "driver_file",
    "word_or_excel_design",
    "sales",
    "company",
    "vendor",
    "supervisor",
    "travel",
    "accommodation",
    "media",
    "delivery",
    "hotline",
    "special",
    "normal",
    "business",
    "after_hours",
    "closed",
    "running",
    "paused",
    "outside_hours",
    "due",
    "met",
    "breached",
]
KNOWN = {*FIGURES, "service", "question", "nth", "unit", "quota", "remaining_before", "remaining_after"} | {
    "overflow_units"
}
RAW = tomllib.loads((data_dir() / "policies" / "_provinces.toml").read_text("utf-8"))["province"]


def test_the_sixteen_conventions_have_their_texts() -> None:
    assert list(common().rules) == [f"X-{number:02}" for number in range(1, 17)]
    assert all(rule.text.th and rule.text.en and rule.clause for rule in common().rules.values())


@pytest.mark.parametrize("outcome", sorted(OUTCOMES))
def test_every_outcome_has_words_to_say_that_need_no_figure(outcome: str) -> None:
    assert outcome in common().say
    short = common().say[f"{outcome}.short"]
    assert set(PLACEHOLDER.findall(short.th + short.en)) <= {"particle"}


@pytest.mark.parametrize("key", sorted(common().say))
def test_what_is_said_is_polite_in_thai_and_names_the_same_figures_in_both(key: str) -> None:
    text = common().say[key]
    thai, english = (set(PLACEHOLDER.findall(words)) for words in (text.th, text.en))
    assert "particle" in thai
    # Thai counts with a word, English often without
    assert thai - {"particle", "unit"} == english - {"unit"}
    known = {*FIGURES, "service", "question", "nth", "unit"}
    known |= {"quota", "remaining_before", "remaining_after", "overflow_units", "units_taken"}
    assert english <= known
    outcome, _, rest = key.partition(".")
    if outcome == "also":
        assert rest in english & ALSO.keys()
        return
    assert outcome in OUTCOMES
    assert rest in ("", "short", "refused", *OCCASIONS) or rest in REASONS


def test_whatever_costs_more_than_a_sentence_names_has_a_sentence_of_its_own() -> None:
    assert {key for key in common().say if key.startswith("also.")} == {f"also.{name}" for name in ALSO}


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_reason_tells_the_caller_what_can_be_done(reason: str) -> None:
    assert f"unavailable.{reason}" in common().say


@pytest.mark.parametrize(
    "word",
    sorted(
        {
            *REASONS,
            *LIKELY,
            *HINT_ASK,
            *TARGET_KINDS,
            *WEEKDAYS,
            *REDIRECTS,
            *OTHERS,
            *(f"outcome.{outcome}" for outcome in OUTCOMES),
            *(f"figure.{figure}" for figure in FIGURES),
            *(f"hint.{hint}" for hint in HINTS),
        }
    ),
)
def test_every_machine_word_has_a_name(word: str) -> None:
    name = common().words[word]
    assert name.th
    assert name.en


def test_a_name_is_a_name_and_no_sentence_to_fill_in() -> None:
    named = {**common().words, **common().flags}
    assert [name for name, text in named.items() if "{" in text.th + text.en] == []


def test_flags_have_names() -> None:
    assert {
        "interpretation",
        "vat_not_stated",
        "hours_not_stated",
        "price_not_stated",
        "outside_printed_range",
        "travel_extra",
        "confirm_price",
        "over_quota",
        "per_visit_or_person",
        "consent_needed",
        "payment_overdue",
        "provisional_holiday",
        "combined_count_might_earn_more",
        "both_counters_used",
        "goal_not_promised",
        "price_from",
    } <= set(common().flags)


def test_there_are_77_provinces_each_with_its_thai_name_first() -> None:
    assert len(RAW) == 77
    assert all(re.search("[ก-๛]", names[0]) for names in RAW.values())


@pytest.mark.parametrize("english", sorted(RAW))
def test_every_spelling_of_a_province_leads_to_it_alone(english: str) -> None:
    for name in (english, *RAW[english]):
        assert read_province(name) == english
        assert read_province(f" {name.upper()} ") == english
    assert read_province(f"จังหวัด{RAW[english][0]}") == english
    assert read_province(f"จ.{RAW[english][0]}") == english
    assert read_province(f"{english} Province") == english


@pytest.mark.parametrize(
    ("thai", "english"),
    [
        ("กรุงเทพฯ", "Bangkok"),
        ("กทม.", "Bangkok"),
        ("สมุทรสาคร", "Samut Sakhon"),
        ("นนทบุรี", "Nonthaburi"),
        ("นครปฐม", "Nakhon Pathom"),
        ("สมุทรปราการ", "Samut Prakan"),
        ("ปทุมธานี", "Pathum Thani"),
        ("สมุทรสงคราม", "Samut Songkhram"),
        ("อยุธยา", "Phra Nakhon Si Ayutthaya"),
        ("โคราช", "Nakhon Ratchasima"),
    ],
)
def test_the_provinces_that_decide_prices(thai: str, english: str) -> None:
    assert read_province(thai) == english


@pytest.mark.parametrize("name", ["", "Atlantis", "กรุงเก่า", "Province"])
def test_what_is_no_province_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a Thai province"):
        read_province(name)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("ได้{particle}", "ได้ค่ะ"),
        ("เวลา 10:57 น.{particle}", "เวลา 10:57 น. ค่ะ"),
        ("ใด ๆ{particle}", "ใด ๆ ค่ะ"),
        ("ยกไปได้ 3{particle}", "ยกไปได้ 3 ค่ะ"),
        ("หรือไม่{asking}", "หรือไม่คะ"),
        ("ถึง 2570 {particle}", "ถึง 2570 ค่ะ"),
    ],
)
def test_the_particle_joins_a_thai_word_and_nothing_else(written: str, spoken: str) -> None:
    assert Text(written, "").spoken("ค่ะ").th == spoken
