"""Makes a node ready: tables, people, one-time links, the edition of the law. Runs before the node does, in a process of its own.

`python -m comity.node.prepare` reads a JSON list of people from standard input, adds those that are not there yet, and
prints a JSON object with the address of a fresh one-time link for each of them.
"""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime

import django
from django.core.management import call_command

from comity.errors import ComityError
from comity.node import clock


def set_up() -> None:
    """Load Django for the home in COMITY_HOME."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.node.settings")
    django.setup()


def migrate() -> None:
    """Bring the tables up to date; does nothing when they are."""
    call_command("migrate", verbosity=0, interactive=False)


def welcome(people: Sequence[Mapping[str, object]], now: datetime) -> dict[str, str]:
    """Add the people that are missing and return the address of a one-time link for each.

    Args:
        people: each with username, name, roles, and perhaps function and language.
        now: when the links are made.
    """
    from django.conf import settings

    from comity.node.models import Person
    from comity.node.usecases.add_person import add_person
    from comity.node.usecases.sign_in import make_sign_in_link

    links = {}
    for each in people:
        known = Person.objects.filter(username=each["username"]).first()
        person = known or add_person(None, **each)  # type: ignore[arg-type]
        links[person.username] = f"{settings.HOME.url}/sign-in/{make_sign_in_link(None, person, now=now)}"
    return links


def main() -> None:
    """Prepare the node and print the links."""
    set_up()
    from comity.node.editions import remember_law

    migrate()
    remember_law()
    people = json.loads(sys.stdin.read() or "[]")
    sys.stdout.write(json.dumps(welcome(people, clock.now())))


if __name__ == "__main__":
    try:
        main()
    except ComityError as error:
        sys.exit(error.diagnostics())
