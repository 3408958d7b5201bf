"""Fictional evidence for a demo without files of one's own: what a hosting provider might hold of one account."""

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

ACCOUNT = "harbour-records@mail.example"
ADDRESS = "192.0.2.15"
BEGIN = datetime(2026, 9, 14, 1, 2, 3, tzinfo=UTC)
LOGINS = 400
MAILS = (
    ("The crane schedule", "Please find the schedule of berth 7 attached. Do not forward it."),
    ("Re: The crane schedule", "Received. The rest by Thursday, as agreed."),
    ("港口记录", "文件已收到，请于周四前寄出其余部分。"),
)


def make_evidence(folder: Path) -> Path:
    """Write a few small files, the same ones each time, and return the folder."""
    account = folder / "account"
    (account / "mail").mkdir(parents=True)
    (account / "subscriber.json").write_text(json.dumps(_subscriber(), indent=1, ensure_ascii=False), encoding="utf-8")
    _write_logins(account / "logins.csv")
    for number, (subject, body) in enumerate(MAILS, 1):
        (account / "mail" / f"{number:03}.eml").write_text(_mail(number, subject, body), encoding="utf-8")
    (account / "read me.txt").write_text(
        "All names, addresses and words in these files are invented.\n", encoding="utf-8"
    )
    return account


def _subscriber() -> dict[str, object]:
    return {
        "account": ACCOUNT,
        "name": "Robin Sample",
        "created_at": "2026-08-30T09:41:00Z",
        "recovery": "robin.sample@post.example",
        "payment": {"kind": "prepaid", "reference": "EX-0042"},
    }


def _write_logins(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("at", "address", "port", "result", "client"))
        for number in range(LOGINS):
            at = BEGIN + timedelta(minutes=17 * number)
            address = ADDRESS if number % 5 == 0 else f"198.51.100.{number % 200 + 1}"
            result = "ok" if number % 5 == 0 else "wrong password"
            rows.writerow((at.strftime("%Y-%m-%dT%H:%M:%SZ"), address, 40000 + number, result, "IMAP"))


def _mail(number: int, subject: str, body: str) -> str:
    at = BEGIN + timedelta(days=number)
    return (
        f"From: {ACCOUNT}\nTo: robin.sample@post.example\nSubject: {subject}\n"
        f"Date: {at.strftime('%d %b %Y %H:%M:%S')} +0000\nMessage-ID: <{number}@mail.example>\n"
        f"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{body}\n"
    )
