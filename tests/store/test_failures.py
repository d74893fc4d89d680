"""Whatever is wrong with a store, people are told what, where and what to do, in both languages."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from deskui.desk.errors import StoreFailure
from deskui.desk.records import CustomerRecord
from deskui.store import engine, failure, open_store, place
from deskui.store.store import Store
from tests.databases import only_on


def _refused(url: str, *, create: bool = True) -> StoreFailure:
    with pytest.raises(StoreFailure) as refused:
        open_store(url, create=create)
    text = refused.value.text
    assert text.th != text.en
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in text.th)
    assert text.en.count(".") or "://" in text.en
    return refused.value


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A sound store with a thousand customers, closed."""
    path = tmp_path / "desk.sqlite"
    store = open_store(f"sqlite:///{path}")
    with store.uow(write=True) as uow:
        uow.customers.add([CustomerRecord(0, f"C{n}", f"customer {n}" * 20) for n in range(1000)])
        uow.commit()
    store.close()
    return path


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite+pysqlite:///:memory:",
        "sqlite:///file::memory:?uri=true",
    ],
)
def test_memory_is_refused(url: str) -> None:
    assert "memory" in _refused(url).text.en


@pytest.mark.parametrize(
    "url", ["", "desk.sqlite", "mysql://nok:secret@host/desk", "://", "nok:secret@host", "sqlite:/x"]
)
def test_an_address_that_is_none_is_refused_without_its_password(url: str) -> None:
    words = _refused(url).text
    assert "postgresql://" in words.en
    assert "secret" not in words.en + words.th


def test_a_missing_file_is_not_made_unasked(tmp_path: Path) -> None:
    path = tmp_path / "not" / "here.sqlite"
    assert str(path) in _refused(f"sqlite:///{path}", create=False).text.en
    assert not path.parent.exists()
    open_store(f"sqlite:///{path}").close()
    assert path.stat().st_mode & 0o007 == 0
    open_store(f"sqlite:///{path}", create=False).close()


@pytest.mark.parametrize("content", [b"hello, this is no database at all\n" * 100, b"x", b"\0" * 5000])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    assert "not a store of deskui" in _refused(f"sqlite:///{path}").text.en
    assert path.read_bytes() == content


def test_a_truncated_file_is_damaged(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)
    assert "damaged" in _after_opening(file).text.en


def test_a_file_with_garbage_inside_is_damaged(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(os.urandom(file.stat().st_size - 4096))
    assert "damaged" in _after_opening(file).text.en


def _after_opening(file: Path) -> StoreFailure:
    def use() -> None:
        store = open_store(f"sqlite:///{file}")
        try:
            with store.uow(write=True) as uow:
                list(uow.customers.get(range(1, 500)))
                uow.customers.search(["customer 9"], 1000)
                uow.customers.add([CustomerRecord(0, "new", "new")])
                uow.commit()
        finally:
            store.close()

    with pytest.raises(StoreFailure) as refused:
        use()
    return refused.value


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    assert "cannot be opened" in _refused(f"sqlite:///{tmp_path}").text.en


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot be opened" in _refused(f"sqlite:///{tmp_path}/file/desk.sqlite").text.en


def test_a_file_or_folder_that_may_not_be_written_is_told(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for closed in (file, file.parent):
        with monkeypatch.context() as rights:
            rights.setattr(os, "access", lambda path, mode, closed=closed: mode == os.R_OK or path != closed)
            assert "read-only" in _refused(f"sqlite:///{file}").text.en


def test_a_disk_that_turned_read_only_is_told(file: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection,
        pytest.raises(sqlite3.OperationalError) as refused,
    ):
        connection.execute("DELETE FROM agent")
    told = failure.from_driver(refused.value, str(file)).text
    assert "read-only" in told.en
    assert str(file) in told.th


def test_a_full_disk_is_told_and_nothing_is_half_done(file: Path) -> None:
    store = open_store(f"sqlite:///{file}")

    def grow() -> None:
        with store.uow(write=True) as uow:
            raw = uow.customers._work.connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.execute("PRAGMA max_page_count = 1")
            uow.customers.add([CustomerRecord(0, f"D{n}", "x" * 1000) for n in range(2000)])
            uow.commit()

    with pytest.raises(StoreFailure, match="full") as refused:
        grow()
    assert "เต็ม" in refused.value.text.th
    with store.uow() as uow:
        assert uow.customers.get(range(1001, 1400)) == []
    store.close()


def test_a_store_that_stays_busy_is_told_after_a_while(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(f"sqlite:///{file}")
    ticks = iter(range(1000))
    with store.uow(write=True), monkeypatch.context() as hurried:
        hurried.setattr("deskui.store.engine.time.monotonic", lambda: float(next(ticks)))
        with pytest.raises(StoreFailure, match="busy"), store.uow(write=True):
            pass
    store.close()


def test_an_sqlite_file_on_a_network_drive_is_refused(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    share = tmp_path / "a share"
    share.mkdir()
    blank = str(share).replace(" ", "\\040")
    mounts.write_text(
        f"/dev/vda / ext4 rw 0 0\nbad\n//host/x {blank} cifs rw 0 0\nh:/ {tmp_path}/n nfs4 rw 0 0\n"
    )
    for path in (share / "desk.sqlite", tmp_path / "n" / "deep" / "desk.sqlite"):
        with pytest.raises(StoreFailure, match="network drive"):
            place.prepare(path, create=True, mounts=mounts)
        assert not path.exists()
    assert place.prepare(tmp_path / "nn.sqlite", create=True, mounts=mounts)
    (share / "link").symlink_to(tmp_path)
    assert place.file_system(tmp_path / "desk.sqlite", mounts) == "ext4"
    assert place.file_system(tmp_path, tmp_path / "absent") is None


def test_a_link_to_a_network_drive_is_refused(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    (tmp_path / "share").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "share")
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\nsshfs {tmp_path}/share fuse.sshfs rw 0 0\n")
    with pytest.raises(StoreFailure, match=r"fuse\.sshfs"):
        place.prepare(tmp_path / "link" / "desk.sqlite", create=True, mounts=mounts)


def test_an_unreachable_server_is_told(tmp_path: Path) -> None:
    words = _refused(f"postgresql://nok:secret@/desk?host={tmp_path}").text
    assert "cannot be reached" in words.en
    assert "secret" not in words.en + words.th


@only_on("postgresql")
def test_a_database_that_is_not_there_is_told(db_url: str) -> None:
    address = engine.parse(db_url).set(database="nowhere")
    assert "no database" in _refused(address.render_as_string(hide_password=False)).text.en


@only_on("postgresql")
def test_connections_that_were_lost_while_nobody_used_them_are_made_anew(store: Store, db_url: str) -> None:
    with store.uow() as one, store.uow() as other:
        assert one.agents.all() == other.agents.all() == []
    ends = text(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
        "WHERE application_name = 'deskui' AND datname = current_database() AND pid <> pg_backend_pid()"
    )
    watcher = engine.create_engine(engine.parse(db_url))
    with watcher.connect() as connection:
        assert all(connection.scalars(ends).all())
    watcher.dispose()
    assert store.last_change() == 0
    with store.uow(write=True) as uow:
        assert uow.agents.all() == []


@only_on("postgresql")
def test_a_role_that_is_not_there_is_told(db_url: str) -> None:
    address = engine.parse(db_url).set(username="nobody_here")
    assert "let you in" in _refused(address.render_as_string(hide_password=False)).text.en


@only_on("postgresql")
def test_a_database_that_cannot_hold_thai_is_refused(db_url: str) -> None:
    address = engine.parse(db_url)
    name = f"{address.database}_latin"
    admin = engine.create_engine(address).execution_options(isolation_level="AUTOCOMMIT")
    try:
        with admin.connect() as connection:
            connection.execute(
                text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
            )
        assert "UTF8" in _refused(address.set(database=name).render_as_string(hide_password=False)).text.en
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        admin.dispose()


def test_words_hold_none_of_the_values_that_were_stored(store: Store) -> None:
    def twice() -> None:
        with store.uow(write=True) as uow:
            uow.customers.add(
                [CustomerRecord(0, "SECRET-1", "Somsri"), CustomerRecord(0, "SECRET-1", "Somsri")]
            )

    with pytest.raises(StoreFailure) as refused:
        twice()
    assert "SECRET" not in refused.value.text.en + refused.value.text.th
    assert "Somsri" not in refused.value.text.en + refused.value.text.th


class _ServerError(Exception):
    def __init__(self, state: str) -> None:
        super().__init__("the server's words")
        self.sqlstate = state


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("08006", "cannot be reached"),
        ("57P01", "cannot be reached"),
        ("28P01", "let you in"),
        ("3D000", "no database"),
        ("53100", "full"),
        ("53300", "busy"),
        ("22003", "larger than"),
        ("25006", "read-only"),
        ("40P01", "busy"),
        ("40001", "busy"),
        ("55P03", "busy"),
        ("57014", "too long"),
        ("42501", "let you in"),
        ("XX001", "damaged"),
        ("42P01", "the server's words"),
    ],
)
def test_what_a_server_says_is_told_in_words(state: str, words: str) -> None:
    told = failure.from_driver(_ServerError(state), "host/desk").text
    assert words in told.en
    assert "host/desk" in told.en
    assert "host/desk" in told.th


def test_a_number_no_column_holds_is_told_in_words(store: Store) -> None:
    """SQLite's driver says so in words of Python, PostgreSQL by a state of its own."""
    with store.uow() as uow, pytest.raises(StoreFailure) as refused:
        uow.customers.get([10**30])
    told = refused.value.text
    assert "larger than" in told.en
    assert "ใหญ่เกิน" in told.th


def test_a_backup_can_be_read_while_the_store_is_open(file: Path) -> None:
    store = open_store(f"sqlite:///{file}")
    with store.uow(write=True) as uow, closing(engine.open_sqlite(file)) as reader:
        uow.customers.add([CustomerRecord(0, "new", "new")])
        assert reader.execute("SELECT count(*) FROM customer").fetchone() == (1000,)
    store.close()
