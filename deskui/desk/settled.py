"""The readings a supervisor settled (X-14): data of the desk, with who, when and why; the history stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from deskui.dataclass import dataclass
from deskui.desk.clean import clean_line
from deskui.desk.errors import NotFound, Refused
from deskui.desk.permission import supervisors_only
from deskui.desk.replan import Told, ask, carry_out
from deskui.desk.settledports import SettledRecord
from deskui.desk.work import Means
from deskui.policy.decision import Text
from deskui.policy.model import Reading
from deskui.policy.policy import Policy

REASON_LIMIT = 500


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One reading of a vendor as it stands, with what was done about it."""

    policy: Policy
    reading: Reading
    settled: SettledRecord | None
    """What holds; None while it is open."""
    history: tuple[SettledRecord, ...]


class ReadingBook:
    """Lists and settles readings. Only a supervisor settles; open tickets keep what they were decided by."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def lines(self, policy: str | None = None) -> Sequence[ReadingLine]:
        """The readings of one vendor, or of all. Raises NotFound for an unknown vendor."""
        terms = self._means.terms
        policies = (
            [terms.policy(policy)] if policy is not None else [terms.policy(name) for name in terms.ids]
        )
        with self._means.uow() as uow:
            records = uow.readings.all()
        return tuple(_line(each, reading, records) for each in policies for reading in each.readings.values())

    def settle(
        self, policy: str, reading: str, option: str | None, reason: str, told: Told | None = None
    ) -> ReadingLine:
        """Settles a reading to one of its options, or with None opens it again.

        Raises Refused for an agent who is no supervisor, without a reason, or where nothing would change;
        NotFound for a vendor, reading or option that there is none of.
        """
        terms = self._means.terms.policy(policy)
        known = _known(terms, reading)
        if option is not None and option not in known.options:
            listed = ", ".join(known.options)
            raise NotFound(
                Text(
                    f"{reading} ไม่มีทางเลือก {option!r} มี: {listed}",
                    f"{reading} has no option {option!r}: {listed}",
                )
            )
        kept = clean_line(reason, REASON_LIMIT)
        if not kept:
            raise Refused(Text("ต้องบอกเหตุผล", "Give a reason: whoever reads this later wants to know why"))
        with self._means.uow(write=True) as uow:
            supervisors_only(self._means, uow, Text("ตัดสินการตีความ", "settles a reading"))
            before = _line(terms, known, uow.readings.all())
            if (before.settled.option if before.settled else None) == option:
                raise Refused(_nothing_new(reading, option))
            record = SettledRecord(
                0,
                policy,
                reading,
                option,
                self._means.clock.now().astimezone(UTC),
                self._means.agent.agent_id,
                self._means.agent.code,
                kept,
            )
            settled_id = uow.readings.add(record)
            uow.changes.add("setting", [settled_id], record.at)
            records = uow.readings.all()
            line = _line(terms, known, records)
            asked = ask(self._means, uow, policy=policy) if known.no_holidays else None
            uow.commit()
        self._means.terms.adjust(self._means.terms.changes, records)
        if asked is not None:
            carry_out(self._means, asked, told)
        return line


def _nothing_new(reading: str, option: str | None) -> Text:
    if option is None:
        return Text(f"{reading} ยังไม่มีใครตัดสิน", f"{reading} is open already: nobody settled it")
    return Text(f"{reading} ตัดสินเป็น {option} อยู่แล้ว", f"{reading} is settled as {option} already")


def _known(policy: Policy, reading: str) -> Reading:
    known = policy.readings.get(reading)
    if known is None:
        listed = ", ".join(policy.readings) or "—"
        raise NotFound(
            Text(
                f"{policy.id} ไม่มีจุดตีความ {reading!r} มี: {listed}",
                f"{policy.id} has no reading {reading!r}; it has: {listed}",
            )
        )
    return known


def _line(policy: Policy, reading: Reading, records: Sequence[SettledRecord]) -> ReadingLine:
    history = tuple(r for r in records if (r.policy, r.reading) == (policy.id, reading.name))
    last = history[-1] if history else None
    holds = last is not None and last.option in reading.options
    return ReadingLine(policy, reading, last if holds else None, history)
