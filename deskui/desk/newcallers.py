"""Callers whom nobody knows yet, new numbers of known ones, and who may ask for what needs authority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from deskui.desk.advicemodel import Caller, NewCaller
from deskui.desk.calls import no_customer
from deskui.desk.clean import clean_line
from deskui.desk.errors import NotFound, Refused
from deskui.desk.fold import fold
from deskui.desk.permission import supervisors_only
from deskui.desk.ports import UnitOfWork
from deskui.desk.records import ContactRecord, CustomerRecord, ProductRecord
from deskui.desk.terms import HOME_ZONE
from deskui.desk.work import Means
from deskui.policy.decision import Text
from deskui.policy.facts import read_province
from deskui.policy.policy import Policy
from deskui.policy.vocabulary import NOT_RECORDED

NEW_CODE = "NEW"
"""Codes of customers whose number at the vendor nobody knows yet begin so."""
_OF_THE_RECORD = ("contract", "machine", "purchased_on", "last_ma_end")
_OF_THE_CALL = ("channel", "notified_at", "used", "usage", "usage_dates", "province")
_LEAST_DIGITS = 3


class CallerBook:
    """Puts callers on file while they are on the telephone."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def vendors(self) -> list[tuple[str, Text]]:
        """(policy id, name) of every vendor whose terms can be used; those in use on this desk first."""
        with self._means.uow() as uow:
            used = set(uow.products.policies())
        terms = self._means.terms
        names = sorted(terms.ids, key=lambda name: (name not in used, name))
        return [(name, terms.vendor_name(name)) for name in names]

    def add(self, new: NewCaller) -> Caller:
        """A customer with one contact and one product, all that only the record could tell not recorded.

        Nothing is free because nobody knows better: the terms are asked about facts that are unknown.
        Raises Refused without a name and a number, NotFound for an unknown vendor.
        """
        name, phone = clean_line(new.name), _number(new.phone)
        if not name:
            raise Refused(Text("ระบุชื่อบริษัทหรือผู้โทร", "Give a name: the company, or who is speaking"))
        policy = self._means.terms.policy(new.policy)
        province = None
        if new.province:
            try:
                province = read_province(new.province)
            except ValueError as error:
                raise Refused(
                    Text(f"ไม่รู้จักจังหวัด {new.province!r}", f"There is no province {new.province!r}")
                ) from error
        at = self._means.clock.now()
        with self._means.uow(write=True) as uow:
            code = _free_code(uow, f"{NEW_CODE}-{at.astimezone(HOME_ZONE):%y%m%d-%H%M%S}")
            customer_id = uow.customers.add([CustomerRecord(0, code, name, province)])[0]
            contact = ContactRecord(0, customer_id, clean_line(new.contact) or name, phone)
            contact_id = uow.contacts.add([contact])[0]
            bought = clean_line(new.product) or policy.short.en
            product_id = uow.products.add(
                [ProductRecord(0, customer_id, policy.id, bought, facts=unknown_facts(policy))]
            )[0]
            uow.changes.add("customer", [customer_id], at)
            uow.commit()
        return Caller(customer_id, contact_id, product_id)

    def attach(self, customer_id: int, name: str, phone: str) -> Caller:
        """A new number, or a new person, of a known customer; raises Refused without a number."""
        number = _number(phone)
        with self._means.uow(write=True) as uow:
            customer = next(iter(uow.customers.get([customer_id])), None)
            if customer is None:
                raise no_customer(customer_id)
            who = clean_line(name) or customer.name
            for known in uow.contacts.of_customers([customer_id]):
                if known.phone and fold(known.phone) == fold(number) and fold(known.name) == fold(who):
                    return Caller(customer_id, known.contact_id, None)
            contact_id = uow.contacts.add([ContactRecord(0, customer_id, who, number)])[0]
            uow.changes.add("customer", [customer_id], self._means.clock.now())
            uow.commit()
        return Caller(customer_id, contact_id, None)

    def set_authority(self, contact_id: int, authorised: bool | None) -> None:
        """Writes down whether a contact may ask; raises NotFound, and Refused for who is no supervisor."""
        with self._means.uow(write=True) as uow:
            supervisors_only(self._means, uow, Text("บันทึกผู้มีอำนาจ", "writes down who may ask"))
            contact = uow.contacts.lock(contact_id)
            if contact is None:
                raise NotFound(Text(f"ไม่มีผู้ติดต่อ id {contact_id}", f"There is no contact {contact_id}"))
            uow.contacts.save(replace(contact, authorised=authorised))
            uow.changes.add("customer", [contact.customer_id], self._means.clock.now())
            uow.commit()


def unknown_facts(policy: Policy) -> dict[str, Any]:
    """Everything the terms look up in a record, as looked for and not found."""
    facts: dict[str, Any] = dict.fromkeys(_OF_THE_RECORD, NOT_RECORDED)
    for fact, question in policy.questions.items():
        if question.source == "record" and "." not in fact and fact not in _OF_THE_CALL:
            facts[fact] = NOT_RECORDED
    return facts


def _number(phone: str) -> str:
    number = clean_line(phone, 40)
    if sum(character.isdecimal() for character in number) < _LEAST_DIGITS:
        raise Refused(Text("ระบุเบอร์โทรกลับ", "Give a number to call back"))
    return number


def _free_code(uow: UnitOfWork, wanted: str) -> str:
    """The code, or with a letter behind it when two callers came in one second."""
    tries: Sequence[str] = [wanted, *(f"{wanted}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")]
    taken = {customer.code for customer in uow.customers.hold_codes(tries)}
    return next(code for code in tries if code not in taken)
