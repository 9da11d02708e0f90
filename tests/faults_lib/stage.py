"""What a fault gets to work with, and what it reports."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

from .databases import Database
from .mail_server import MailServer, usual
from .program import Installation


@dataclass
class Stage:
    """An installation that a fault injures, and what it found wrong."""

    program: Path
    folder: Path
    database: Database
    mail: MailServer
    installation: Installation
    short: bool
    spare: Callable[[], Database]
    """Makes an empty database of the same kind."""
    wrong: list[str] = field(default_factory=list)

    def hold(self, holds: bool, figures: str) -> None:
        """Something must hold; `figures` say what was seen."""
        if not holds and figures not in self.wrong:
            self.wrong.append(figures)

    def times(self, short: int, long: int) -> int:
        """How often something is tried."""
        return short if self.short else long

    def reset(self) -> None:
        """The mail server takes mail again, and the program does not run."""
        self.mail.behaviour, self.mail.delay = usual, 0.0
        self.installation.stop()
        # A municipality mails 500 receipts in an hour; those of an earlier fault count as old.
        self.database.query("update mail set created_at = '2000-01-01T00:00:00+00:00'")

    def count(self, statement: str) -> int:
        """The number that a statement gives."""
        return int(self.database.query(statement)[0][0])

    def drain(self, seconds: float, hasten: bool) -> bool:
        """Whether all jobs that wait come to an end in time; `hasten` lets them be tried at once. Notices wait for the office to open."""
        waits = "state = 'queued' and kind <> 'inbox.send'"
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.count(f"select count(*) from job where {waits}") == 0:
                return True
            if hasten:
                self.database.query(f"update job set run_at = created_at where {waits} and leased_until is null")
            time.sleep(0.5)
        return False

    def not_taken(self) -> list[str]:
        """Mails that are noted as sent and that the mail server never took."""
        sent = self.database.query("select message_id from mail where sent_at is not null")
        return [identity for (identity,) in sent if not self.mail.taken[identity]]


@dataclass(frozen=True)
class Fault:
    """A fault: what it is, what must hold, and how it is tried. `run` gives back what was tried."""

    name: str
    must: str
    run: Callable[[Stage], str]
    databases: tuple[str, ...] = ("SQLite", "PostgreSQL")
    short_databases: tuple[str, ...] = ("SQLite", "PostgreSQL")
