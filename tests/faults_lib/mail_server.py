"""A mail server that goes wrong when a fault asks for it."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Callable

HANG = "hang"
CUT = "cut"

Behaviour = Callable[[str], str]
"""What is answered to a line (`CONNECT`, a command, or `.` for the end of a message): an answer, nothing for the usual one, HANG or CUT."""


def usual(_line: str) -> str:
    """Takes every mail."""
    return ""


def answering(step: str, answer: str) -> Behaviour:
    """The usual answers, but this one at one step."""
    return lambda line: answer if line.upper().startswith(step) else ""


@dataclass
class MailServer:
    """Listens on a port of its own and remembers which mails it took."""

    behaviour: Behaviour = usual
    delay: float = 0.0
    taken: Counter[str] = field(default_factory=Counter)
    """How often each Message-ID was taken."""
    taken_at: dict[str, list[float]] = field(default_factory=dict)
    """When each Message-ID was taken, on the clock of `time.monotonic`."""

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._lock = threading.Lock()
        self._ended = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Its address for the settings."""
        return f"smtp://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        """Ends it, and every dialogue that hangs."""
        self._ended.set()
        self._listener.close()

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket, line: str, normal: str) -> str:
        answer = self.behaviour(line) or normal
        if answer == HANG:
            self._ended.wait()
        if answer in (HANG, CUT):
            raise ConnectionAbortedError
        time.sleep(self.delay)
        connection.sendall(f"{answer}\r\n".encode())
        return answer

    def _talk(self, connection: socket.socket) -> None:
        try:
            with connection, connection.makefile("rb") as lines:
                self._answer(connection, "CONNECT", "220 test")
                while raw := lines.readline():
                    line = raw.decode().strip()
                    normal = {"DATA": "354 go on", "QUIT": "221 bye"}.get(line[:4].upper(), "250 fine")
                    if self._answer(connection, line, normal).startswith("354"):
                        self._message(connection, lines)
        except OSError:
            return  # The dialogue is over, for this fault or because the program was killed.

    def _message(self, connection: socket.socket, lines: object) -> None:
        text = b""
        while (raw := lines.readline()) != b".\r\n":  # type: ignore[attr-defined]
            if not raw:
                raise ConnectionAbortedError
            text += raw
        found = re.search(rb"(?im)^message-id:\s*<([^>]+)>", text)
        identity = found.group(1).decode() if found else "none"
        # Taken is what was answered with 250, whether or not the program lived to read it.
        if self._answer(connection, ".", "250 taken").startswith("250"):
            with self._lock:
                self.taken[identity] += 1
                self.taken_at.setdefault(identity, []).append(time.monotonic())
