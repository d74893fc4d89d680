"""A PostgreSQL server of our own: started in half a second, thrown away at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg

_PROGRAMS = ("initdb", "pg_ctl", "postgres")
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "listen_addresses": "",
    "max_connections": "200",
    "timezone": "UTC",
}
_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
_numbers = count(1)


def find_binaries() -> Path | None:
    """The folder with initdb, pg_ctl and postgres, or None when no installation has all three."""
    candidates = []
    if on_path := shutil.which("initdb"):
        candidates.append(Path(on_path).parent)
    if pg_config := shutil.which("pg_config"):
        told = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        candidates.append(Path(told.stdout.strip() or os.devnull))
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(debian, key=lambda folder: float(folder.parent.name), reverse=True)
    for folder in candidates:
        if all((folder / name).exists() for name in _PROGRAMS):
            return folder
    return None


def _unprivileged() -> str | None:
    """Whom to run the server as: it refuses root. None means as we are."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@dataclass(frozen=True)
class Server:
    """A running server that listens on a Unix socket only and trusts whoever reaches it."""

    folder: Path

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy URL of one database on this server."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[Server]:
    """Starts a server and stops it at the end; a `durable` one loses nothing that was committed.

    Raises FileNotFoundError when PostgreSQL is not installed and RuntimeError, with the server's own
    words, when it does not start.
    """
    binaries = find_binaries()
    if binaries is None:
        raise FileNotFoundError("PostgreSQL's server programs are missing: apt-get install postgresql")
    # not below pytest's folders: those are closed to the server's user, and too long for a socket's name
    folder = Path(tempfile.mkdtemp(prefix="deskui-pg-", dir="/tmp"))
    user = _unprivileged()
    if user is not None:
        shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
    kept = dict.fromkeys(_DURABLE, "on") if durable else {}
    settings = _SETTINGS | kept | {"unix_socket_directories": str(folder)}

    def run(*command: str) -> None:
        with (folder / "output").open("ab") as output:
            done = subprocess.run(
                [str(binaries / command[0]), *command[1:]],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=folder,
                user=user,
                group=None if user is None else pwd.getpwnam(user).pw_gid,
                extra_groups=None if user is None else [],
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
                check=False,
            )
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} failed:\n{(folder / 'output').read_text(errors='replace')}")

    data = str(folder / "data")
    try:
        run(
            *("initdb", "--no-sync", "--username=postgres", "--auth=trust"),
            *("--encoding=UTF8", "--locale=C.UTF-8", f"--pgdata={data}"),
        )
        with (folder / "data" / "postgresql.auto.conf").open("a", encoding="utf-8") as conf:
            conf.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        run("pg_ctl", "start", "-w", "-D", data, "-l", str(folder / "log"))
        try:
            yield Server(folder)
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)
    finally:
        shutil.rmtree(folder)


def _admin(server_url: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(server_url.replace("+psycopg", "", 1), autocommit=True)


@contextmanager
def fresh_database(server_url: str) -> Iterator[str]:
    """Makes an empty database on the server of `server_url` and drops it at the end; gives its URL."""
    name = f"desk_{os.getpid()}_{next(_numbers)}"
    with _admin(server_url) as admin:
        # template0: nobody can be connected to it, so several test processes may copy it at once
        admin.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
    try:
        yield server_url.replace("@/postgres?", f"@/{name}?", 1)
    finally:
        with _admin(server_url) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
