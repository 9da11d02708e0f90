"""Faults of mail servers and of strangers."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from .mail_server import CUT, HANG, answering, usual
from .program import ACCOUNT, FORM, HOST, PASSWORD, multipart, wait_until
from .stage import Fault, Stage


def unfinished_mail_server(stage: Stage) -> str:
    """The mail server stops answering in the middle of a dialogue, and the program is asked to end."""
    app = stage.installation
    slowest = 0.0
    steps = [".", "EHLO", "DATA"][: stage.times(1, 3)]
    for step in steps:
        reached = threading.Event()

        def behaviour(line: str, step: str = step, reached: threading.Event = reached) -> str:
            if not line.upper().startswith(step):
                return ""
            reached.set()
            return HANG

        stage.mail.behaviour = behaviour
        app.start()
        app.submit(app.number())
        stage.database.query("update job set run_at = created_at where state = 'queued'")
        stage.hold(reached.wait(15), f"no mail came to {step}")
        process = app.process
        seconds = app.stop()
        slowest = max(slowest, seconds)
        stage.hold(seconds < 25, f"{seconds:.0f} s at {step}")
        stage.hold(process is not None and process.returncode == 0, f"exit code {process.returncode if process else None}")
    stage.hold(not stage.not_taken(), f"{len(stage.not_taken())} noted as sent, not taken")
    return f"hangs at {', '.join(steps)}; slowest {slowest:.1f} s"


def mail_truth(stage: Stage) -> str:
    """Mail servers that refuse, are slow, or break off; then one that works."""
    app, mail = stage.installation, stage.mail
    app.start()
    stage.hold(stage.drain(60, hasten=True), "earlier jobs do not end")
    taken_before = mail.taken.copy()
    times, mails = stage.times(2, 20), 0
    untried = "select count(*) from job where kind = 'intake.receipt' and state = 'queued' and last_error is null"
    for name, behaviour, delay, is_final in [
        ("refused at RCPT", answering("RCPT", "550 no such mailbox"), 0.0, True),
        ("refused at the dot", answering(".", "554 no"), 0.0, True),
        ("not now", answering("RCPT", "451 later"), 0.0, False),
        ("cut off after DATA", answering(".", CUT), 0.0, False),
        ("slow", usual, stage.times(1, 10) / 10, False),
    ]:
        mail.behaviour, mail.delay = behaviour, delay
        before = mail.taken.total()
        numbers = [app.number() for _ in range(times)]
        mails += times
        for number in numbers:
            stage.hold(app.submit(number).status == 201, "a message is refused")
        names = ", ".join(f"'truus{number}@voorbeeld.example'" for number in numbers)
        stage.hold(wait_until(lambda: stage.count(untried) == 0, 60), f"{name}: not tried")
        stage.hold(not stage.not_taken(), f"{name}: {len(stage.not_taken())} noted as sent, not taken")
        mail.behaviour, mail.delay = usual, 0.0
        stage.hold(stage.drain(60, hasten=True), f"{name}: not tried again")
        sent = stage.count(f"select count(*) from mail where sent_at is not null and recipient in ({names})")
        wanted = 0 if is_final else times
        stage.hold(sent == wanted, f"{name}: {sent} of {times} noted as sent")
        taken = mail.taken.total() - before
        stage.hold(taken == wanted, f"{name}: {taken} of {times} taken")
    twice = sum(count > 1 for count in (mail.taken - taken_before).values())
    stage.hold(twice == 0, f"{twice} mails twice")
    return f"5 kinds of server, {mails} mails"


def picture() -> bytes:
    """A small PNG."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = b"".join(b"\0" + b"".join(bytes((x * 6, y * 8, 90)) for x in range(40)) for y in range(30))
    head = struct.pack(">IIBBBBB", 40, 30, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def slow_uploads(stage: Stage) -> str:
    """One address begins uploads that never end."""
    app = stage.installation
    app.start()
    stage.hold(app.upload(picture(), "198.51.100.3").status == 201, "no upload at all")
    app.submit(app.number())
    before = app.memory()
    head = (
        f"POST {FORM}/files HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-For: 203.0.113.7\r\n"
        "Content-Type: multipart/form-data; boundary=grens\r\nContent-Length: 40000000\r\n\r\n"
        '--grens\r\nContent-Disposition: form-data; name="field"\r\n\r\nbijlagen\r\n'
        '--grens\r\nContent-Disposition: form-data; name="file"; filename="foto.jpg"\r\n\r\n'
    ).encode()

    def begin(_: int) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", app.port), timeout=20)
        with suppress(OSError):  # What is over the share of this address is refused before its end.
            connection.sendall(head + b"\xff" * 6_000_000)
        return connection

    with ThreadPoolExecutor(8) as pool:
        unfinished = list(pool.map(begin, range(60)))
    other = app.upload(picture(), "198.51.100.4")
    message = app.submit(app.number(), address="203.0.113.7")
    grown = app.memory() - before
    for connection in unfinished:
        connection.close()
    stage.hold(other.status == 201 and other.seconds < 2, f"another address: {other.status} in {other.seconds:.1f} s")
    stage.hold(message.status == 201 and message.seconds < 2, f"a message: {message.status} in {message.seconds:.1f} s")
    stage.hold(grown < 60, f"{grown:.0f} MB more")
    return f"60 of 6 MB; another in {other.seconds:.1f} s; {grown:+.0f} MB"


def many_sign_ins(stage: Stage) -> str:
    """120 sign in at once."""
    app = stage.installation
    app.start()
    kind = {"Content-Type": "application/json"}

    def sign_in(number: int) -> int:
        account = ACCOUNT if number % 2 else f"nobody{number}@waterdam.example"
        body = json.dumps({"email": account, "password": PASSWORD}).encode()
        headers = kind | {"X-Forwarded-For": f"10.200.0.{number}"}
        return app.request("POST", "/api/v1/sessions", body, headers, timeout=120).status

    sign_in(1)
    before, most, slowest = app.memory(), 0.0, 0.0
    rounds, statuses = stage.times(1, 3), []
    for _ in range(rounds):
        with ThreadPoolExecutor(120) as pool:
            calls = [pool.submit(sign_in, number) for number in range(120)]
            while not all(call.done() for call in calls):
                ready = app.ready()
                slowest, most = max(slowest, ready.seconds), max(most, app.memory() - before)
                stage.hold(ready.status == 200, f"ready: {ready.status}")
                time.sleep(0.05)
            statuses += [call.result() for call in calls]
    unexpected = sorted(set(statuses) - {201, 401, 429, 503})
    stage.hold(not unexpected, f"statuses {unexpected}")
    stage.hold(201 in statuses, "nobody signs in")
    stage.hold(most < 200, f"{most:.0f} MB more")
    stage.hold(slowest < 2, f"ready in {slowest:.1f} s")
    return f"{rounds} times; {most:+.0f} MB; ready in {slowest:.1f} s; {statuses.count(201)} signed in"


def calendar_of_seconds(stage: Stage) -> str:
    """Staff upload calendar files with events of every second, minute or hour since 1900."""
    app = stage.installation
    app.start()
    stage.hold(app.sign_in(), "no sign-in")
    page = "/beheer/kalender/inlezen"
    token = app.csrf_token(page)
    rules = ["FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY;COUNT=2000000", "FREQ=YEARLY;BYSECOND=0,1,2;BYMINUTE=1,2;BYHOUR=1,2,3"]
    slowest, others = 0.0, 0.0
    for rule in rules:
        event = ["DTSTART;TZID=Europe/Amsterdam:19000101T090000", f"RRULE:{rule}", "SUMMARY:x"]
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:1", *event, "END:VEVENT", "END:VCALENDAR", ""]
        body, kind = multipart({"_csrf": token}, "agenda.ics", "\r\n".join(lines).encode())
        with ThreadPoolExecutor(4) as pool:
            uploads = [pool.submit(app.browse, "POST", page, body, kind) for _ in range(4)]
            while True:
                others = max(others, app.request("GET", "/api/v1/forms").seconds)
                if all(upload.done() for upload in uploads):
                    break
            answers = [upload.result() for upload in uploads]
        for answer in answers:
            slowest = max(slowest, answer.seconds)
            stage.hold(answer.status in (200, 400), f"{rule}: status {answer.status}")
    stage.hold(slowest < 3, f"answered in {slowest:.1f} s")
    stage.hold(others < 1, f"others in {others:.1f} s")
    return f"{len(rules)} files, 4 at once; {slowest:.1f} s, others {others:.1f} s"


FAULTS = [
    Fault("mail server hangs, SIGTERM", "the program ends in 25 s", unfinished_mail_server, short_databases=("SQLite",)),
    Fault("mail server refuses or breaks", "sent is what was taken, and once", mail_truth),
    Fault("slow uploads of one address", "others in 2 s, below 60 MB", slow_uploads, short_databases=("SQLite",)),
    Fault("120 sign-ins at once", "ready in 2 s, below 200 MB", many_sign_ins, short_databases=("SQLite",)),
    Fault("calendar of every second", "in 3 s, others in 1 s", calendar_of_seconds, short_databases=("SQLite",)),
]
