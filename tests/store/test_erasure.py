"""What is erased on request is in no file of the database any more."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import create_engine as plain_engine
from sqlalchemy import text

from deskui.desk.advicerecords import ProblemCallerRecord, ProblemRecord, QuestionRecord
from deskui.desk.callrecords import CallRecord, RingRecord
from deskui.desk.errors import StoreFailure
from deskui.desk.records import ERASED, ContactRecord, CustomerRecord, DraftRecord, EventRecord, NoteRecord
from deskui.desk.workrecords import StepRecord
from deskui.policy.decision import Text
from deskui.store.engine import open_sqlite
from deskui.store.store import Store
from deskui.store.uow import UnitOfWork
from tests.databases import only_on
from tests.store.conftest import Basics
from tests.store.samples import NOON, ticket

SECRET = "zqsomchaixw"
NUMBER = "0899917731"
KEPT = "zqkeptwordxw"
PATIENCE = 20.0
"""Seconds after which a word is not going any more."""


def _fill(uow: UnitOfWork, basics: Basics, word: str, number: str) -> int:
    """One of everything that holds words about a customer's people; the ticket's id."""
    customer, agent, product = basics.customer, basics.agent, basics.product
    (contact,) = uow.contacts.add([ContactRecord(0, customer, word, number)])
    stored = uow.tickets.add(
        ticket(
            basics, customer_id=customer, contact_id=contact, title=word, phone=number, facts={"own": word}
        )
    )
    ticket_id = stored.ticket_id
    uow.tickets.save(replace(stored, version=2, rank=5))
    uow.notes.add(NoteRecord(0, ticket_id, NOON, agent, "note", word, "salt"))
    uow.events.add([EventRecord(0, ticket_id, NOON, agent, "opened")])
    uow.steps.put(StepRecord(ticket_id, 2, agent, NOON, "severity", {"title": word}))
    ring = uow.rings.add(RingRecord(0, number, number, None, customer, contact, NOON, NOON, NOON, 1))
    uow.call_log.add(
        CallRecord(
            *(0, NOON, NOON, agent, "only_asked", number, customer, contact, product),
            *(
                "emwork",
                "advice",
                "free",
                {"rules": ["EM-1"], "say": Text(word, word).to_json()},
                {"title": word, "notes": word, "phone": number},
                ring,
            ),
        )
    )
    # it rang, and was written down, before anybody knew whose number it is
    uow.rings.add(RingRecord(0, number, number, None, None, None, NOON, NOON, NOON, 1))
    uow.drafts.save(DraftRecord(0, agent, NOON, {"customer_id": None, "notes": word, "phone": number}))
    problem = uow.problems.add(
        ProblemRecord(
            *(0, "emwork", None, word, Text(word, word), NOON, agent), solution=word, answers={"own": word}
        )
    )
    uow.problems.add_caller(
        ProblemCallerRecord(0, problem, customer, contact, number, ticket_id, NOON, agent)
    )
    uow.questions.add(
        QuestionRecord(
            *(0, "answered", NOON, agent, "emwork", "advice", customer, contact, product, ticket_id),
            *({"own": word}, "free", word),
            reply=word,
        )
    )
    uow.drafts.save(DraftRecord(0, agent, NOON, {"customer_id": customer, "notes": word, "phone": number}))
    return ticket_id


def _files(db_url: str) -> bytes:
    """All that the database's files hold, as it is on the disk."""
    if db_url.startswith("sqlite"):
        path = Path(db_url.removeprefix("sqlite:///"))
        return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
    engine = plain_engine(db_url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        folder = Path(str(connection.scalar(text("SHOW data_directory"))))
        found = connection.scalars(
            text("SELECT pg_relation_filepath(oid) FROM pg_class WHERE pg_relation_filepath(oid) IS NOT NULL")
        )
        contents = b"".join((folder / str(one)).read_bytes() for one in found.all())
    engine.dispose()
    return contents


def _scrubbed(store: Store, db_url: str) -> bytes:
    """The files once no other session of the server, such as autovacuum, looks at an older state any more."""
    end = time.monotonic() + PATIENCE
    while True:
        store.scrub()
        found = _files(db_url)
        if SECRET.encode() not in found or time.monotonic() > end:
            return found


def test_no_word_of_an_erased_customer_is_left_in_any_file(store: Store, basics: Basics, db_url: str) -> None:
    with store.uow(write=True) as uow:
        (other,) = uow.customers.add([CustomerRecord(0, "C-2", "Other")])
        theirs = _fill(uow, basics, SECRET, NUMBER)
        kept = _fill(uow, replace(basics, customer=other), KEPT, "021112222")
        uow.commit()
    store.scrub()
    before = _files(db_url)
    assert before.count(SECRET.encode()) > 10
    assert NUMBER.encode() in before
    with store.uow(write=True) as uow:
        assert uow.erasure.customer(basics.customer, NOON, {"own"}) == [theirs]
        uow.commit()
    after = _scrubbed(store, db_url)
    assert SECRET.encode() not in after
    assert NUMBER.encode() not in after
    # statistics hold what is frequent, and are others now
    assert after.count(KEPT.encode()) > 10
    with store.uow() as uow:
        gone, stays = (uow.tickets.get([one])[0] for one in (theirs, kept))
        assert (gone.title, gone.phone, gone.facts) == (ERASED, None, {"own": ERASED})
        assert stays.title == KEPT
        assert uow.notes.of_ticket(theirs)[0].erased_at == NOON
        assert uow.events.chain_is_whole(theirs)
        assert uow.customers.search([SECRET], 10) == []
        assert uow.call_log.latest(1, customer_id=basics.customer)[0].said == {"rules": ["EM-1"]}


@only_on("sqlite")
def test_writing_a_store_anew_waits_for_who_reads_what_was_there(
    store: Store, basics: Basics, db_url: str, somebody_waits: Callable[[], bool]
) -> None:
    with store.uow(write=True) as uow:
        _fill(uow, basics, SECRET, NUMBER)
        uow.commit()
    done: list[bool] = []

    def scrub() -> None:
        store.scrub()
        done.append(True)

    with store.uow() as reading:
        assert reading.agents.all()
        with store.uow(write=True) as uow:
            uow.erasure.customer(basics.customer, NOON, {"own"})
            uow.commit()
        scrubbing = Thread(target=scrub)
        scrubbing.start()
        assert somebody_waits()
        assert not done
    scrubbing.join()
    assert done
    assert SECRET.encode() not in _files(db_url)


@only_on("sqlite")
def test_what_stops_a_store_from_being_written_anew_is_told(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(path: str) -> sqlite3.Connection:
        opened = open_sqlite(path)
        opened.set_authorizer(lambda *_: sqlite3.SQLITE_DENY)
        return opened

    monkeypatch.setattr("deskui.store.store.open_sqlite", refusing)
    with pytest.raises(StoreFailure, match="authorization denied"):
        store.scrub()


@pytest.mark.parametrize(("alone", "left"), [(True, ERASED), (False, SECRET)])
def test_a_known_problem_keeps_its_words_while_another_customer_called_about_it(
    store: Store, basics: Basics, alone: bool, left: str
) -> None:
    with store.uow(write=True) as uow:
        (other,) = uow.customers.add([CustomerRecord(0, "C-2", "Other")])
        problem = uow.problems.add(ProblemRecord(0, "emwork", None, SECRET, Text("", ""), NOON, None))
        for customer in (basics.customer,) if alone else (basics.customer, other):
            uow.problems.add_caller(ProblemCallerRecord(0, problem, customer, None, None, None, NOON, None))
        uow.erasure.customer(basics.customer, NOON, ())
        uow.commit()
    with store.uow() as uow:
        assert uow.problems.get([problem])[0].title == left
