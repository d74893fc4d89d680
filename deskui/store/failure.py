"""Every way the store can say no, in words for people: what happened, where, what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from deskui.desk.errors import StoreFailure
from deskui.policy.decision import Text

_UNCHANGED = Text("ไม่มีข้อมูลใดถูกเปลี่ยน", "Nothing was changed.")


def failure(th: str, en: str) -> StoreFailure:
    """A StoreFailure with the same sentence in both languages."""
    return StoreFailure(Text(th, en))


def _busy(where: str) -> StoreFailure:
    return failure(
        f"ฐานข้อมูล {where} ถูกใช้งานจากที่อื่นนานเกินไป {_UNCHANGED.th} กรุณาลองอีกครั้ง",
        f"The store {where} is kept busy by somebody else. {_UNCHANGED.en} Try again.",
    )


def _full(where: str) -> StoreFailure:
    return failure(
        f"พื้นที่ดิสก์ของฐานข้อมูล {where} เต็ม {_UNCHANGED.th} กรุณาเพิ่มพื้นที่ว่างแล้วลองอีกครั้ง",
        f"The disk that holds the store {where} is full. {_UNCHANGED.en} Free some space and try again.",
    )


def _read_only(where: str) -> StoreFailure:
    return failure(
        f"ฐานข้อมูล {where} อ่านได้อย่างเดียว กรุณาขอสิทธิ์เขียนไฟล์และโฟลเดอร์",
        f"The store {where} is read-only. Give yourself the right to write the file and its folder.",
    )


def _damaged(where: str) -> StoreFailure:
    return failure(
        f"ฐานข้อมูล {where} เสียหาย กรุณาหยุดใช้งานและนำไฟล์สำรองกลับมาใช้",
        f"The store {where} is damaged. Stop using it and put the last backup in its place.",
    )


def not_a_store(where: str) -> StoreFailure:
    """The file is no SQLite database, or the database is not deskui's."""
    return failure(
        f"{where} ไม่ใช่ฐานข้อมูลของ deskui กรุณาตรวจสอบที่อยู่หลัง --db หรือใน DESKUI_DB",
        f"{where} is not a store of deskui. Check the address given with --db or in DESKUI_DB.",
    )


def _unreachable(where: str) -> StoreFailure:
    return failure(
        f"เปิดฐานข้อมูล {where} ไม่ได้ กรุณาตรวจสอบว่ามีอยู่จริงและคุณมีสิทธิ์อ่านและเขียน",
        f"The store {where} cannot be opened. Check that it exists and that you may read and write it.",
    )


def _disk_error(where: str) -> StoreFailure:
    return failure(
        f"อ่านหรือเขียนดิสก์ของฐานข้อมูล {where} ไม่สำเร็จ {_UNCHANGED.th} กรุณาตรวจสอบดิสก์และพื้นที่ว่าง",
        f"The disk of the store {where} cannot be read or written. {_UNCHANGED.en} Check it and its space.",
    )


def _lost(where: str) -> StoreFailure:
    return failure(
        f"ติดต่อฐานข้อมูล {where} ไม่ได้ กรุณาตรวจสอบเครือข่ายและว่าเซิร์ฟเวอร์ทำงานอยู่ แล้วลองอีกครั้ง",
        f"The store {where} cannot be reached. Check the network and that the server runs, then try again.",
    )


def _denied(where: str) -> StoreFailure:
    return failure(
        f"ฐานข้อมูล {where} ไม่ให้เข้าใช้ กรุณาตรวจสอบชื่อผู้ใช้ รหัสผ่าน และสิทธิ์",
        f"The store {where} does not let you in. Check the user name, the password and the rights.",
    )


def _absent(where: str) -> StoreFailure:
    return failure(
        f"ไม่มีฐานข้อมูล {where} บนเซิร์ฟเวอร์ กรุณาให้ผู้ดูแลสร้างก่อน",
        f"There is no database {where} on the server. Ask its administrator to create it.",
    )


def _too_slow(where: str) -> StoreFailure:
    return failure(
        f"ฐานข้อมูล {where} ตอบช้าเกินกำหนด {_UNCHANGED.th} กรุณาลองอีกครั้ง",
        f"The store {where} took too long to answer. {_UNCHANGED.en} Try again.",
    )


def _too_large(where: str) -> StoreFailure:
    return failure(
        f"ตัวเลขใหญ่เกินกว่าที่ฐานข้อมูล {where} เก็บได้ {_UNCHANGED.th} กรุณาตรวจสอบตัวเลขที่ให้มา",
        f"A number is larger than the store {where} can hold. {_UNCHANGED.en} Look at the numbers given.",
    )


def unexpected(where: str, detail: str) -> StoreFailure:
    """Anything the store refused that none of the others names; `detail` is the database's own words."""
    brief = " ".join(detail.split())[:300]
    return failure(
        f"ฐานข้อมูล {where} ไม่ยอมทำรายการ ({brief}) {_UNCHANGED.th} กรุณาแจ้งผู้ดูแลระบบ",
        f"The store {where} refused ({brief}). {_UNCHANGED.en} Tell the administrator.",
    )


_SQLITE: dict[int, Callable[[str], StoreFailure]] = {
    sqlite3.SQLITE_PERM: _unreachable,
    sqlite3.SQLITE_BUSY: _busy,
    sqlite3.SQLITE_LOCKED: _busy,
    sqlite3.SQLITE_READONLY: _read_only,
    sqlite3.SQLITE_IOERR: _disk_error,
    sqlite3.SQLITE_CORRUPT: _damaged,
    sqlite3.SQLITE_FULL: _full,
    sqlite3.SQLITE_CANTOPEN: _unreachable,
    sqlite3.SQLITE_NOTADB: not_a_store,
}
# longest prefix of the SQLSTATE wins
_POSTGRESQL: dict[str, Callable[[str], StoreFailure]] = {
    "08": _lost,
    "22003": _too_large,
    "25006": _read_only,
    "28": _denied,
    "3D000": _absent,
    "40": _busy,
    "42501": _denied,
    "53": _busy,
    "53100": _full,
    "55P03": _busy,
    "57014": _too_slow,
    "57P": _lost,
    "58": _disk_error,
    "XX001": _damaged,
    "XX002": _damaged,
}

_REFUSALS: dict[str, Callable[[str], StoreFailure]] = {
    "authentication failed": _denied,
    "no pg_hba.conf entry": _denied,
    "role ": _denied,
    "password": _denied,
    "FATAL:  database ": _absent,
    "too many": _busy,
}


def sqlite_code(error: BaseException) -> int | None:
    """The primary result code of an SQLite error, or None for any other error."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def from_driver(error: BaseException, where: str) -> StoreFailure:
    """Turns an error of either database driver into the words for it."""
    if isinstance(error, OverflowError):
        return _too_large(where)
    code = sqlite_code(error)
    if code is not None:
        wording = _SQLITE.get(code)
        return wording(where) if wording is not None else unexpected(where, str(error))
    if isinstance(error, sqlite3.Error):
        return unexpected(where, str(error))
    state = getattr(error, "sqlstate", None)
    if state is None:
        if type(error).__name__ != "OperationalError":
            return unexpected(where, str(error))
        # a connection that was refused has a reason in words only, in the server's language
        reason = str(error)
        return next((wording(where) for words, wording in _REFUSALS.items() if words in reason), _lost(where))
    for length in range(5, 1, -1):
        if (wording := _POSTGRESQL.get(state[:length])) is not None:
            return wording(where)
    # the other parts of its words show the values that were being stored
    primary = getattr(getattr(error, "diag", None), "message_primary", None)
    return unexpected(where, primary or str(error))


def pool_empty(where: str) -> StoreFailure:
    """All connections of this process are in use."""
    return _busy(where)


def unreadable(where: str) -> StoreFailure:
    """The file or its folder cannot be opened."""
    return _unreachable(where)


def read_only(where: str) -> StoreFailure:
    """The file or its folder cannot be written."""
    return _read_only(where)


def damaged(where: str) -> StoreFailure:
    """What the store says contradicts itself."""
    return _damaged(where)


def missing(where: str) -> StoreFailure:
    """There is no store at the address, and none was to be made."""
    return failure(
        f"ไม่พบฐานข้อมูล {where} กรุณาตรวจสอบที่อยู่หลัง --db หรือใน DESKUI_DB",
        f"There is no store at {where}. Check the address given with --db or in DESKUI_DB.",
    )


def newer(where: str, revision: str) -> StoreFailure:
    """A newer deskui has written the store."""
    return failure(
        f"ฐานข้อมูล {where} เป็นรุ่น {revision} ซึ่งใหม่กว่า deskui นี้ กรุณาอัปเดต deskui",
        f"The store {where} is of version {revision}, newer than this deskui. Update deskui.",
    )


def in_memory() -> StoreFailure:
    """An SQLite store in memory would be another, empty one in each thread."""
    return failure(
        "ใช้ฐานข้อมูลในหน่วยความจำไม่ได้ กรุณาระบุไฟล์ เช่น sqlite:////home/me/desk.sqlite",
        "A store in memory cannot be used. Name a file, such as sqlite:////home/me/desk.sqlite",
    )


def network_drive(where: str, kind: str) -> StoreFailure:
    """SQLite's locks do not hold over a network."""
    return failure(
        f"ไฟล์ {where} อยู่บนไดรฟ์เครือข่าย ({kind}) ข้อมูลอาจเสียหาย กรุณาใช้ดิสก์ในเครื่อง หรือใช้ PostgreSQL",
        f"The file {where} lies on a network drive ({kind}), where SQLite can be damaged. "
        "Put it on a local disk, or use PostgreSQL.",
    )


def bad_address(address: str) -> StoreFailure:
    """The address is not one of the two kinds."""
    return failure(
        f"ไม่เข้าใจที่อยู่ฐานข้อมูล {address} กรุณาใช้ sqlite:////โฟลเดอร์/ไฟล์ หรือ postgresql://ผู้ใช้@เครื่อง/ฐานข้อมูล",
        f"The address {address} is not understood. Use sqlite:////folder/file or postgresql://user@host/database",
    )


def no_driver() -> StoreFailure:
    """The package for PostgreSQL is not installed."""
    return failure(
        "ยังไม่ได้ติดตั้งส่วนเชื่อมต่อ PostgreSQL กรุณาติดตั้งด้วย pip install 'deskui[postgresql]'",
        "The driver for PostgreSQL is not installed. Install it with pip install 'deskui[postgresql]'",
    )


def no_wal(where: str) -> StoreFailure:
    """The file system lacks the shared memory that several readers and a writer need."""
    return failure(
        f"ดิสก์ของ {where} ไม่รองรับการทำงานพร้อมกันหลายหน้าจอ (WAL) กรุณาย้ายไฟล์ไปไว้บนดิสก์อื่นในเครื่อง",
        f"The disk of {where} does not support working from several screens (WAL). Move it to a local disk.",
    )


def wrong_encoding(where: str, encoding: str) -> StoreFailure:
    """The database cannot hold Thai."""
    return failure(
        f"ฐานข้อมูล {where} ใช้รหัส {encoding} ซึ่งเก็บภาษาไทยไม่ได้ กรุณาสร้างใหม่ด้วย ENCODING 'UTF8'",
        f"The database {where} is encoded as {encoding}, not fit for Thai. Make it with ENCODING 'UTF8'.",
    )


def opened_for_reading(where: str) -> StoreFailure:
    """A use case writes in a unit of work it opened for reading: a fault of the program, not the user."""
    return unexpected(where, "write in a unit of work that was opened for reading")
