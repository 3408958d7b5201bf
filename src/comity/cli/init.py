"""`comity init` makes a node's home and keys; `comity person` and `comity sign-in-link` let people in from the machine itself."""

import os
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from comity.acts.act import OFFICE_ID
from comity.errors import ComityError
from comity.exchange.offices import encode_office
from comity.node.home import FILE, Home, make_home, read_home
from comity.node.keys import create_keys, describe_office

HOME = click.option("--home", type=click.Path(path_type=Path), required=True, help="Folder of the node.")


@click.command()
@HOME
@click.option("--office", required=True, help="Id of the office, such as gh/national-prosecutor.")
@click.option("--name", required=True, help="Name of the office in English.")
@click.option("--name-zh", default="", help="Name of the office in Chinese.")
@click.option(
    "--actor", "actors", multiple=True, default=("requesting", "requested"), help="Parts it may play; repeatable."
)
@click.option(
    "--language", "languages", multiple=True, default=("en",), help="Languages it accepts, best first; repeatable."
)
@click.option("--url", default="http://127.0.0.1:8701", show_default=True, help="Where partners reach the node.")
@click.option("--port", default=8701, show_default=True, help="Where the web process listens.")
@click.option("--time-zone", default="UTC", show_default=True, help="IANA name, for showing times.")
@click.option("--directory", default="", help="Folder or address from which the directory is fetched.")
@click.option(
    "--root", type=click.Path(path_type=Path, exists=True), help="The directory's root, from a trusted source."
)
def init(home: Path, office: str, name: str, name_zh: str, root: Path | None, **more: object) -> None:
    """Make the home and keys of a node, and print the entry that its state has to publish in the directory."""
    if not OFFICE_ID.fullmatch(office):
        raise click.UsageError("An office id is the state's code, a slash and a name: gh/national-prosecutor.")
    if (home / FILE).exists():
        raise click.UsageError(f"{home} is the home of a node already.")
    names = {"en": name, **({"zh": name_zh} if name_zh else {})}
    url = str(more.pop("url")).rstrip("/")
    if urlsplit(url).scheme not in ("http", "https"):
        raise click.UsageError("The address begins with http:// or https://.")
    made = make_home(Home(path=home.absolute(), office=office, state=office[:2].upper(), names=names, url=url, **more))  # type: ignore[arg-type]
    entry = encode_office(describe_office(made, create_keys(made, datetime.now(UTC))))
    (made.path / "office.json").write_bytes(entry)
    if root is not None:
        (made.directory_folder / "root.json").write_bytes(root.read_bytes())
    click.echo(f"{made.path / 'office.json'}: have the keeper of your state's list publish this entry.")
    click.echo(f"Then: comity person --home {home} NAME --role administrator, and comity run --home {home}")


@click.command()
@HOME
@click.argument("username")
@click.option("--name", default="", help="As acts show it.")
@click.option("--function", default="", help="What stands beside the name on acts.")
@click.option(
    "--role", "roles", multiple=True, required=True,
    type=click.Choice(["officer", "approver", "custodian", "administrator"]), help="Repeatable.",
)  # fmt: skip
@click.option("--language", default="en", show_default=True, help="Language of the pages.")
def person(home: Path, username: str, name: str, function: str, roles: tuple[str, ...], language: str) -> None:
    """Add a person and print a one-time link."""
    described: dict[str, object] = {
        "username": username,
        "name": name or username.capitalize(),
        "function": function,
        "roles": list(roles),
        "language": language,
    }
    _welcome(home, described)


@click.command("sign-in-link")
@HOME
@click.argument("username")
def sign_in_link(home: Path, username: str) -> None:
    """Print a new one-time link for somebody who works here already."""
    _set_up(home)
    from comity.node.models import Person

    if not Person.objects.filter(username=username).exists():
        raise click.ClickException(f"Nobody here is called {username}.")
    _welcome(home, {"username": username})


@click.command()
@HOME
@click.argument("username")
@click.option("--name", default="command line", show_default=True, help="What the token is for.")
def token(home: Path, username: str, name: str) -> None:
    """Print a bearer token with which a program acts for a person through the REST interface."""
    _set_up(home)
    from comity.node.models import Person
    from comity.node.usecases.make_token import make_token

    found = Person.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise click.ClickException(f"Nobody here is called {username}.")
    click.echo(make_token(found, name))


def _set_up(home: Path) -> None:
    from comity.node.prepare import migrate, set_up

    try:
        os.environ["COMITY_HOME"] = str(read_home(home).path)
        set_up()
        migrate()
    except ComityError as error:
        raise click.ClickException(error.diagnostics()) from error


def _welcome(home: Path, described: dict[str, object]) -> None:
    _set_up(home)
    from comity.node.prepare import welcome

    try:
        links = welcome([described], datetime.now(UTC))
    except ComityError as error:
        raise click.ClickException(error.diagnostics()) from error
    click.echo(next(iter(links.values())))
