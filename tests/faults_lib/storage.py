"""Faults of the process, of migrations, and of what the program keeps."""

from __future__ import annotations

import random
import subprocess
import threading
import time

from .databases import Sqlite
from .program import Installation, wait_until
from .stage import Fault, Stage

READ_IN = 0.5
"""Seconds in which the mail server reads what a killed program still sent."""


def killed_under_load(stage: Stage) -> str:
    """Residents submit in parallel; the server is killed; everybody who got no answer sends again with the same key."""
    app = stage.installation
    receipts: dict[int, dict[str, str]] = {}
    sent: list[int] = []

    def resident() -> None:
        status = 201
        while status == 201:  # Until the line breaks.
            number = app.number()
            sent.append(number)
            answer = app.submit(number)
            status = answer.status
            if status == 201:
                receipts[number] = answer.json()
            stage.hold(status in (0, 201), f"status {status} under load")

    before = stage.count("select count(*) from submission")
    kills: list[float] = []
    for _ in range(stage.times(2, 50)):
        app.start()
        known = len(receipts)
        residents = [threading.Thread(target=resident) for _ in range(4)]
        for thread in residents:
            thread.start()
        stage.hold(wait_until(lambda known=known: len(receipts) > known, 20), "no receipt in 20 s")  # type: ignore[misc]
        time.sleep(random.uniform(0, 1))
        app.kill()
        kills.append(time.monotonic())
        for thread in residents:
            thread.join()
    acknowledged = dict(receipts)
    if stage.short:  # A job that was being done when the server was killed waits for its lease of a minute.
        stage.database.query("update job set leased_until = null where state = 'queued'")
    app.start()
    lost = [n for n, receipt in acknowledged.items() if app.request("GET", f"/api/v1/receipts/{receipt['receiptCode']}").status != 200]
    stage.hold(not lost, f"{len(lost)} of {len(acknowledged)} receipts lost")
    changed = 0
    again = [number for number in sent if number not in acknowledged] + random.sample(sorted(acknowledged), min(100, len(acknowledged)))
    for number in again:
        wait_until(lambda number=number: keep(receipts, number, app), 20)  # type: ignore[misc]
        changed += number in acknowledged and receipts[number]["reference"] != acknowledged[number]["reference"]
    stage.hold(changed == 0, f"{changed} keys gave another receipt")
    rows = stage.count("select count(*) from submission") - before
    stage.hold(rows == len(sent), f"{rows} messages of {len(sent)} keys")
    stage.hold(stage.drain(240, hasten=stage.short), "jobs do not go on")
    unsent = stage.count("select count(*) from mail where sent_at is null")
    stage.hold(unsent == 0, f"{unsent} mails not sent")
    stage.hold(not stage.not_taken(), f"{len(stage.not_taken())} noted as sent, not taken")
    # Whether a mail left is in doubt when a kill falls between the answer of the mail server and its note: it is sent again.
    # A server that goes on running sends no mail again.
    pairs = [pair for times in stage.mail.taken_at.values() for pair in zip(times, times[1:])]
    gaps = [min((kill - taken for kill in kills if taken - READ_IN < kill < again), default=-1.0) for taken, again in pairs]
    stage.hold(-1.0 not in gaps, f"{gaps.count(-1.0)} mails twice without a kill between")
    longest = f" ({max(gaps):.1f} s)" if gaps else ""
    return f"{len(kills)} kills, {len(acknowledged)} receipts, {len(pairs)} mails twice{longest}"


def keep(receipts: dict[int, dict[str, str]], number: int, app: Installation) -> bool:
    """Sends a complaint again, and keeps its receipt."""
    answer = app.submit(number)
    if answer.status == 201:
        receipts[number] = answer.json()
    return answer.status == 201


def migrate_killed(stage: Stage) -> str:
    """`migrate` is killed at random moments, and run to its end."""
    database = stage.spare()
    try:
        folder = stage.folder / f"migrate-{stage.database.kind}"
        app = Installation(stage.program, folder, database, stage.mail)
        for _ in range(2):  # The second time the program is in memory.
            database.recreate()
            started = time.monotonic()
            stage.hold(app.command("migrate").returncode == 0, "an empty database is not migrated")
            usual = time.monotonic() - started
        schema = database.schema()
        stage.hold(bool(schema), "no schema to compare with")
        database.recreate()
        kills, ended, times = 0, 0, stage.times(4, 80)
        while kills < times:
            process = app.begin("migrate")
            time.sleep(random.uniform(0, usual * 1.2))  # Up to its end, and a little later.
            if process.poll() is None:
                process.kill()
                kills += 1
            process.wait()
            if process.returncode >= 0:
                ended += 1
                stage.hold(process.returncode == 0, f"migrate after a kill: {app.log_end()}")
                stage.hold(database.schema() == schema, "another schema after kills")
                database.recreate()
        done = app.command("migrate")
        stage.hold(done.returncode == 0, f"migrate after kills: {done.stderr.strip()}")
        stage.hold(database.schema() == schema, "another schema after kills")
        doctor = app.command("doctor").stdout
        stage.hold("ok    migrations" in doctor, "doctor: migrations are not ok")
        return f"{kills} kills, {ended} too late"
    finally:
        database.drop()


def migrate_thrice(stage: Stage) -> str:
    """Three migrate an empty database at once."""
    database = stage.spare()
    rounds = stage.times(1, 10)
    try:
        app = Installation(stage.program, stage.folder / f"thrice-{stage.database.kind}", database, stage.mail)
        for _ in range(rounds):
            database.recreate()
            processes = [app.begin("migrate") for _ in range(3)]
            codes = [process.wait() for process in processes]
            stage.hold(codes == [0, 0, 0], f"exit codes {codes}: {app.log_end()}")
        stage.hold("ok    migrations" in app.command("doctor").stdout, "doctor: migrations are not ok")
        return f"{rounds} times three"
    finally:
        database.drop()


def migrate_beside(stage: Stage) -> str:
    """`migrate` runs while residents submit."""
    app = stage.installation
    app.start()
    app.submit(app.number())
    over = threading.Event()
    slowest, answered = 0.0, 0

    def resident() -> None:
        nonlocal slowest, answered
        while not over.is_set():
            answer = app.submit(app.number())
            slowest, answered = max(slowest, answer.seconds), answered + 1
            stage.hold(answer.status == 201, f"status {answer.status}")

    thread = threading.Thread(target=resident)
    thread.start()
    times = stage.times(3, 20)
    for _ in range(times):
        done = app.command("migrate")
        stage.hold(done.returncode == 0, done.stderr.strip())
    over.set()
    thread.join()
    stage.hold(slowest < 5, f"an answer took {slowest:.1f} s")
    stage.hold(app.ready().status == 200, "not ready afterwards")
    return f"{times} times, {answered} messages, slowest {slowest:.1f} s"


def database_moved(stage: Stage) -> str:
    """The file of the database is moved away and back."""
    app = stage.installation
    file = stage.folder / "SQLite" / "gehoord.db"
    away = file.with_name("elsewhere")
    times = stage.times(2, 10)
    receipts: list[dict[str, str]] = []
    app.start()
    for _ in range(times):
        receipts.append(app.submit(app.number()).json())
        file.rename(away)
        stage.hold(wait_until(lambda: app.ready().status == 503, 10), "no 503 in 10 s")
        while_away = app.submit(app.number())
        stage.hold(while_away.status == 503, f"status {while_away.status} while away")
        if file.exists():
            stage.hold(False, "made another database")
            break
        away.rename(file)
        stage.hold(wait_until(lambda: app.ready().status == 200, 15), "no 200 in 15 s")
        after = app.submit(app.number())
        stage.hold(after.status == 201, f"status {after.status} afterwards")
        receipts.append(after.json() if after.status == 201 else {"receiptCode": "none"})
    lost = sum(app.request("GET", f"/api/v1/receipts/{receipt['receiptCode']}").status != 200 for receipt in receipts)
    stage.hold(lost == 0, f"{lost} of {len(receipts)} receipts lost")
    return f"{times} times, {len(receipts)} receipts"


def disk_read_only(stage: Stage) -> str:
    """The file system of the database and the files gives up and becomes read-only, as ext4 does on errors of the disk."""
    image, disk = stage.folder / "disk.img", stage.folder / "disk"

    def system(*command: str) -> bool:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    disk.mkdir()
    with image.open("wb") as file:
        file.truncate(200_000_000)
    mount = ("mount", "-o", "loop,errors=remount-ro", str(image), str(disk))
    if not (system("mkfs.ext4", "-q", str(image)) and system(*mount)):
        return "not tried: needs root, ext4 and a loop device"
    own = disk / "own"
    own.mkdir()
    app = Installation(stage.program, own, Sqlite(own), stage.mail)
    try:
        app.found()
        app.start()
        receipts = [app.submit(app.number()).json() for _ in range(5)]
        stage.hold(system("mount", "-o", "remount,abort", str(disk)), "the disk does not give up")
        for _ in range(3):
            refused = app.submit(app.number())
            stage.hold(refused.status == 503, f"status {refused.status} while read-only")
        app.kill()
        stage.hold(system("umount", str(disk)), "not unmounted")
        system("fsck.ext4", "-y", str(image))
        stage.hold(system(*mount), "not mounted again")
        app.start()
        lost = sum(app.request("GET", f"/api/v1/receipts/{receipt['receiptCode']}").status != 200 for receipt in receipts)
        stage.hold(lost == 0, f"{lost} of {len(receipts)} receipts lost")
        after = app.submit(app.number())
        stage.hold(after.status == 201, f"status {after.status} afterwards")
        return f"{len(receipts)} receipts, 3 refused"
    finally:
        app.kill()
        system("umount", str(disk))


def refuses(stage: Stage, why: str, word: str) -> None:
    """`serve` ends at once, with one line that has a word."""
    try:
        done = stage.installation.command("serve", seconds=20)
    except subprocess.TimeoutExpired:
        stage.hold(False, f"{why}: serves")
        return
    lines = done.stderr.strip().splitlines()
    stage.hold(done.returncode == 1, f"{why}: exit code {done.returncode}")
    stage.hold(len(lines) == 1 and word in lines[0], f"{why}: {len(lines)} lines, {(lines or ['nothing'])[0]}")


def wrong_secret(stage: Stage) -> str:
    """The secret is lost, and then another one."""
    app = stage.installation
    app.start()
    app.stop()
    secret = app.folder / "secret"
    right = secret.read_text(encoding="ascii")
    try:
        secret.unlink()
        refuses(stage, "lost", "secret_file")
        stage.hold(not secret.exists(), "made a new secret")
        secret.write_text("ab" * 32 + "\n", encoding="ascii")
        secret.chmod(0o600)
        refuses(stage, "changed", "secret_file")
        secret.write_text("nonsense\n", encoding="ascii")
        refuses(stage, "damaged", "secret")
    finally:
        secret.write_text(right, encoding="ascii")
    app.start()
    return "lost, changed, damaged; then put back"


def newer_schema(stage: Stage) -> str:
    """A newer program migrated the database."""
    app = stage.installation
    stage.database.query("insert into seaql_migrations (version, applied_at) values ('m20991231_000001_later', 1)")
    try:
        refuses(stage, "newer", "newer")
        done = app.command("migrate")
        lines = done.stderr.strip().splitlines()
        stage.hold(done.returncode != 0 and len(lines) == 1, f"migrate: exit code {done.returncode}, {len(lines)} lines")
    finally:
        stage.database.query("delete from seaql_migrations where version = 'm20991231_000001_later'")
    app.start()
    return "serve and migrate; then as before"


FAULTS = [
    Fault("killed under load", "every receipt is there, no key twice, jobs go on", killed_under_load),
    Fault("migrate killed", "the next one completes the same schema", migrate_killed),
    Fault("three migrate at once", "all exit with 0", migrate_thrice),
    Fault("migrate beside a server", "messages are taken, each in 5 s", migrate_beside),
    Fault("database file moved away", "503, then 200; no receipt lost", database_moved, ("SQLite",), ("SQLite",)),
    Fault("disk becomes read-only", "503, and no receipt lost", disk_read_only, ("SQLite",), ("SQLite",)),
    Fault("secret lost or changed", "does not start, says so in one line", wrong_secret),
    Fault("older program, newer schema", "does not start, says so in one line", newer_schema),
]
