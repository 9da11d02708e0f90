"""The program as a process, with a municipality, and requests to it."""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import time
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Mapping

from .databases import Database
from .mail_server import MailServer

HOST = "waterdam.localhost"
ACCOUNT = "beheer@waterdam.example"
PASSWORD = "een wachtwoord voor tests"
FORM = "/api/v1/forms/klacht-tip-compliment"


def free_port() -> int:
    """A free port below those that the system gives to connections, so that no client takes it before the server does."""
    for port in random.sample(range(15000, 32000), 17000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port is free")


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether a condition came true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def complaint(number: int) -> dict[str, object]:
    """A complaint of a resident with a mailbox of their own."""
    return {
        "answers": {
            "soort": "klacht",
            "kort": f"De lift is stuk ({number})",
            "verhaal": "Ik kom niet boven.",
            "reactie": "bellen",
            "wanneer": ["middag"],
            "naam": "Truus Bakema",
            "telefoon": "06 12 34 56 78",
            "email": f"truus{number}@voorbeeld.example",
        }
    }


def multipart(fields: Mapping[str, str], name: str, file: bytes) -> tuple[bytes, str]:
    """A body with fields and a file, and its content type."""
    parts = [f'--grens\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()]
    parts.append(f'--grens\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n')
    return "".join(parts).encode() + file + b"\r\n--grens--\r\n", "multipart/form-data; boundary=grens"


@dataclass
class Answer:
    """An answer; status 0 when the line broke."""

    status: int
    body: bytes = b""
    seconds: float = 0.0
    headers: list[tuple[str, str]] = field(default_factory=list)

    def json(self) -> dict[str, str]:
        """Its body."""
        return json.loads(self.body)


class Installation:
    """The program with a database, a data folder and a mail server of its own."""

    def __init__(self, program: Path, folder: Path, database: Database, mail: MailServer) -> None:
        self.program, self.folder, self.database, self.mail = program, folder, database, mail
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.cookies: dict[str, str] = {}
        self._numbers = iter(range(1, 10**9))
        folder.mkdir(exist_ok=True)

    def environment(self) -> dict[str, str]:
        """Its settings, and nothing of the settings of whoever runs this."""
        kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG", "TMPDIR")}
        return kept | {
            "GEHOORD_DATA_FOLDER": str(self.folder),
            "GEHOORD_DATABASE__URL": self.database.url,
            "GEHOORD_DATABASE__OWNER_URL": self.database.owner_url,
            "GEHOORD_MAIL__SMTP_URL": self.mail.url,
            "GEHOORD_HTTP__BIND": f"127.0.0.1:{self.port}",
            "GEHOORD_HTTP__BEHIND_PROXY": "true",
            "GEHOORD_HTTP__CHANGES_A_MINUTE": "1000000",
            "GEHOORD_INTAKE__LEAST_SECONDS": "0",
            "GEHOORD_INTAKE__MOST_FROM_ONE_ADDRESS": "1000000",
        }

    def begin(self, *command: str) -> subprocess.Popen[bytes]:
        """Starts a command and does not wait for it."""
        log = (self.folder / "log").open("ab")
        with log:
            return subprocess.Popen([self.program, *command], env=self.environment(), stdout=log, stderr=log)

    def command(self, *command: str, text: str = "", seconds: float = 90) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end."""
        return subprocess.run(
            [self.program, *command], env=self.environment(), input=text, capture_output=True, text=True, timeout=seconds, check=False
        )

    def found(self) -> None:
        """Makes the tables, a municipality, and an account that may do everything."""
        steps: list[tuple[list[str], str]] = [
            (["migrate"], ""),
            (["tenant", "add", "waterdam", "--name", "Gemeente Waterdam", "--host", HOST, "--email", "post@waterdam.example"], ""),
            (
                ["staff", "add", ACCOUNT, "--tenant", "waterdam", "--name", "N. Amrani", "--role", "tenantAdmin", "--role", "lead"]
                + ["--password-stdin"],
                f"{PASSWORD}\n",
            ),
        ]
        for command, text in steps:
            done = self.command(*command, text=text)
            if done.returncode:
                raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")

    def ready(self) -> Answer:
        """What `/health/ready` says."""
        return self.request("GET", "/health/ready", timeout=10)

    def start(self) -> None:
        """Serves, until [`Installation.stop`] or [`Installation.kill`]."""
        process = self.process = self.begin("serve")
        if not wait_until(lambda: process.poll() is not None or self.ready().status == 200, 60) or process.poll() is not None:
            raise RuntimeError(f"the program does not serve: {self.log_end()}")

    def log_end(self) -> str:
        """The last line that the program wrote."""
        return ((self.folder / "log").read_text(errors="replace").splitlines() or [""])[-1]

    def kill(self) -> None:
        """Ends the server at once."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process = None

    def stop(self) -> float:
        """Asks the server to end; gives back how many seconds that took, 60 when it did not."""
        if self.process is None:
            return 0.0
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            pass
        self.kill()
        return time.monotonic() - started

    def memory(self) -> float:
        """Megabytes of memory that the server has."""
        if self.process is None:
            return 0.0
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(found.group(1)) / 1000 if found else 0.0

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None, timeout: float = 30
    ) -> Answer:
        """Sends a request to the municipality."""
        started = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, {"Host": HOST, "X-Forwarded-For": "198.51.100.1", **(headers or {})})
            reply = connection.getresponse()
            return Answer(reply.status, reply.read(), time.monotonic() - started, reply.getheaders())
        except (OSError, http.client.HTTPException):
            return Answer(0, b"", time.monotonic() - started)
        finally:
            connection.close()

    def number(self) -> int:
        """A number that nobody had."""
        return next(self._numbers)

    def submit(self, number: int, address: str | None = None) -> Answer:
        """A resident sends complaint `number`, with a key of that number."""
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": f"key-{number}",
            "X-Forwarded-For": address or f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        }
        return self.request("POST", f"{FORM}/submissions", json.dumps(complaint(number)).encode(), headers)

    def upload(self, file: bytes, address: str) -> Answer:
        """A resident uploads a photo."""
        body, kind = multipart({"field": "bijlagen"}, "foto.png", file)
        return self.request("POST", f"{FORM}/files", body, {"Content-Type": kind, "X-Forwarded-For": address})

    def browse(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Answer:
        """As the browser of a member of staff, which keeps cookies."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        answer = self.request(method, path, body, headers | ({"Content-Type": kind} if kind else {}))
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                cookie, _, content = value.split(";")[0].partition("=")
                self.cookies[cookie] = content
        return answer

    def csrf_token(self, path: str) -> str:
        """The token of the forms on a page."""
        found = re.search(rb'name="_csrf"\s+value="([^"]+)"', self.browse("GET", path).body)
        return found.group(1).decode() if found else ""

    def sign_in(self) -> bool:
        """The account signs in on the page."""
        fields = {"_csrf": self.csrf_token("/inloggen"), "email": ACCOUNT, "password": PASSWORD, "verder": "/account"}
        body = urllib.parse.urlencode(fields).encode()
        return self.browse("POST", "/inloggen", body, "application/x-www-form-urlencoded").status == 303
