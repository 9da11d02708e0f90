"""A database of the program's own, and what only its owner may read and write."""

from __future__ import annotations

import glob
import shutil
import sqlite3
import subprocess
import uuid
from contextlib import closing
from pathlib import Path
from typing import Protocol

WORKING_ROLE = "gehoord_test_app"


class Database(Protocol):
    """A database that can be emptied, and read beside the program."""

    kind: str
    url: str
    owner_url: str

    def recreate(self) -> None:
        """Makes it empty."""

    def query(self, statement: str) -> list[tuple[str, ...]]:
        """Runs a statement as the owner; values come as text, nothing as an empty text."""

    def schema(self) -> list[tuple[str, ...]]:
        """Every table, column, index, trigger and policy."""

    def drop(self) -> None:
        """Removes it."""


class Sqlite:
    """A file."""

    kind = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.file = folder / "gehoord.db"
        self.url = self.owner_url = f"sqlite://{self.file}?mode=rwc"

    def recreate(self) -> None:
        for file in self.file.parent.glob("gehoord.db*"):
            file.unlink()

    def query(self, statement: str) -> list[tuple[str, ...]]:
        with closing(sqlite3.connect(self.file, timeout=20)) as connection, connection:
            rows = connection.execute(statement).fetchall()
        return [tuple("" if value is None else str(value) for value in row) for row in rows]

    def schema(self) -> list[tuple[str, ...]]:
        return self.query("select type, name, coalesce(sql, '') from sqlite_master order by type, name")

    def drop(self) -> None:
        self.recreate()


class Postgres:
    """A database on a server whose owner may make databases and trusts connections of this machine."""

    kind = "PostgreSQL"

    def __init__(self, server: str) -> None:
        scheme, place = server.rstrip("/").split("://", 1)
        self.name = f"gehoord_faults_{uuid.uuid4().hex}"
        self.server = f"{scheme}://{place}"
        self.owner_url = f"{self.server}/{self.name}"
        self.url = f"{scheme}://{WORKING_ROLE}@{place.split('@')[-1]}/{self.name}"
        known = sorted(glob.glob("/usr/lib/postgresql/*/bin/psql"))
        self.psql = shutil.which("psql") or (known or ["psql"])[-1]
        if not self._run("postgres", f"select 1 from pg_roles where rolname = '{WORKING_ROLE}'"):
            self._run("postgres", f"create role {WORKING_ROLE} login")
        self.recreate()

    def _run(self, database: str, statement: str) -> list[tuple[str, ...]]:
        command = [self.psql, "-XqAt", "-F", "\x1f", "-v", "ON_ERROR_STOP=1", "-d", f"{self.server}/{database}"]
        done = subprocess.run([*command, "-c", statement], capture_output=True, text=True, timeout=60, check=False)
        if done.returncode:
            raise RuntimeError(f"{statement}: {done.stderr.strip()}")
        return [tuple(line.split("\x1f")) for line in done.stdout.splitlines()]

    def recreate(self) -> None:
        self.drop()
        self._run("postgres", f"create database {self.name}")

    def query(self, statement: str) -> list[tuple[str, ...]]:
        return self._run(self.name, statement)

    def schema(self) -> list[tuple[str, ...]]:
        return self.query(
            "select table_name, column_name, data_type || is_nullable from information_schema.columns"
            " where table_schema = 'public'"
            " union all select tablename, indexname, indexdef from pg_indexes where schemaname = 'public'"
            " union all select tablename, policyname, coalesce(qual, '') from pg_policies"
            " union all select table_name, grantee, privilege_type from information_schema.role_table_grants"
            " where table_schema = 'public'"
            " union all select tgrelid::regclass::text, tgname, '' from pg_trigger where not tgisinternal"
            " order by 1, 2, 3"
        )

    def drop(self) -> None:
        self._run("postgres", f"drop database if exists {self.name} with (force)")
