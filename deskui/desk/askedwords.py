"""A question to the supervisor in words: what is said meanwhile, what was answered, when it is due. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from deskui.desk.advicerecords import QuestionRecord
from deskui.desk.errors import DeskError
from deskui.desk.facts import MACHINE
from deskui.desk.overruling import granted_words
from deskui.desk.questions import question_for
from deskui.desk.terms import Terms
from deskui.desk.toldlater import told_by
from deskui.policy.decision import Text
from deskui.policy.policy import Policy
from deskui.policy.wording import read_aloud, value_text
from deskui.worktime import NeverOpen

_MORNING = time(9)
_FRIDAY = 4


def next_working_day(policy: Policy, at: datetime) -> datetime:
    """When the vendor opens on the next working day after today; nine o'clock of a weekday where the terms
    have no hours.
    """
    zone = policy.zone
    midnight = datetime.combine(at.astimezone(zone).date() + timedelta(days=1), time(), zone)
    name = policy.main_calendar
    if name is not None:
        try:
            return policy.calendar(name).next_open(midnight)
        except NeverOpen:
            pass
    day = midnight.date()
    while day.weekday() > _FRIDAY:
        day += timedelta(days=1)
    return datetime.combine(day, _MORNING, zone)


def asked_words(terms: Terms, record: QuestionRecord) -> Text:
    """What to say to the caller while it stands so."""
    if record.state == "granted":
        return granted_words(record)
    if record.state != "open":
        return Text("", "")
    if record.due_at is None:
        return Text(
            "ขอสอบถามหัวหน้างานสักครู่ รอสายได้ไหม{asking}",
            "Let me ask my supervisor; may I put you on hold for a moment?",
        )
    zone = terms.policy(record.policy).zone
    looked_at = record.due_at.astimezone(zone)
    by = told_by(terms, record.policy, record.due_at).astimezone(zone)
    due, told = read_aloud(looked_at), read_aloud(by)
    if by.date() == looked_at.date():
        told = Text(f"เวลา {by:%H:%M} น.", f"{by:%H:%M}")
    return Text(
        f"ตอนนี้หัวหน้างานไม่อยู่ จะเสนอเรื่องให้พิจารณาใน{due.th} แล้วจะติดต่อกลับเพื่อแจ้งผลภายใน{told.th}{{particle}}",
        f"My supervisor is not here now. Your request will be looked at on {due.en}; "
        f"we will call you back by {told.en}.",
    )


def asked_facts(terms: Terms, record: QuestionRecord) -> tuple[tuple[Text, Text], ...]:
    """What was answered, in words; unknown questions are left out rather than shown as code."""
    found = []
    for fact, value in record.facts.items():
        if fact == MACHINE:
            continue
        try:
            question = question_for(terms.policy(record.policy), fact, record.service)
        except DeskError:
            continue
        chosen = next((choice.text for choice in question.choices if choice.value == value), None)
        found.append((question.text, chosen or value_text(value)))
    return tuple(found)
