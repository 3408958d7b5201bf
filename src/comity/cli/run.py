"""`comity run` and `comity work`: a node, or the practice network of three, with their processes watched over."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

from comity.cli.supervisor import Child, Supervisor
from comity.errors import ComityError
from comity.node.home import Home, read_home
from comity.node.port import refuse_taken_port

WAIT_SECONDS = 60.0
PROCESSES = {"web": "comity.node.serve", "worker": "comity.node.worker"}


@click.command()
@click.option("--home", type=click.Path(path_type=Path), help="Folder of one node, made by `comity init`.")
@click.option("--practice", type=click.Path(path_type=Path), help="Folder of the practice network; made when missing.")
@click.option(
    "--port", default=8701, show_default=True, help="Of the first practice node, when the network is founded."
)
@click.option("--json", "as_json", is_flag=True, help="Print the addresses as one JSON line, for programs.")
def run(home: Path | None, practice: Path | None, port: int, as_json: bool) -> None:
    """Run a node, or three that practise with each other. Ctrl-C stops; the next run goes on where this one stopped."""
    if (home is None) == (practice is None):
        raise click.UsageError("Name either --home or --practice.")
    try:
        if practice is not None:
            run_practice(practice, port, as_json=as_json)
        elif home is not None:
            run_home(read_home(home))
    except ComityError as error:
        raise click.ClickException(error.diagnostics()) from error


@click.command()
@click.option("--home", type=click.Path(path_type=Path), required=True, help="Folder of the node.")
def work(home: Path) -> None:
    """Run one more worker for a node; several may run beside each other."""
    os.environ["COMITY_HOME"] = str(home)
    os.execv(sys.executable, [sys.executable, "-m", PROCESSES["worker"]])  # noqa: S606 - our own interpreter and module


def run_home(home: Home) -> None:
    """Run the web and worker processes of one node until told to stop."""
    refuse_taken_port(home.host, home.port)
    prepare(home.path, [])
    supervisor = Supervisor(children_of(home), _say)
    supervisor.start()
    if wait_until_up([home], supervisor):
        click.echo(f"{home.name('en')}: {home.url}")
    supervisor.run()


def run_practice(folder: Path, port: int, *, as_json: bool) -> None:
    """Found the practice network if it is not there, run its three nodes, and say what to try first."""
    from comity.cli.practice import found_practice, practice_people, renew_practice

    homes = found_practice(folder.absolute(), port)
    for home in homes:
        refuse_taken_port(home.host, home.port)
    with ThreadPoolExecutor(len(homes)) as pool:
        links = list(pool.map(lambda home: prepare(home.path, practice_people(home.office)), homes))
    supervisor = Supervisor([child for home in homes for child in children_of(home)], _say)
    supervisor.start()
    if wait_until_up(homes, supervisor):
        _greet(homes, links, as_json=as_json)
    supervisor.run(every_second=lambda: renew_practice(folder.absolute()))


def children_of(home: Home) -> list[Child]:
    """Return the processes of a node."""
    return [Child(f"{home.office} ({name})", module, home.path) for name, module in PROCESSES.items()]


def prepare(home: Path, people: Sequence[Mapping[str, object]]) -> dict[str, str]:
    """Bring a node's tables up to date, add people, and return their one-time links.

    Raises:
        ClickException: the node cannot be prepared; the reason was printed by it.
    """
    done = subprocess.run(
        [sys.executable, "-m", "comity.node.prepare"],
        input=json.dumps(people).encode(),
        env={**os.environ, "COMITY_HOME": str(home)},
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        raise click.ClickException(f"The node in {home} cannot be prepared.")
    links: dict[str, str] = json.loads(done.stdout)
    return links


def wait_until_up(homes: Sequence[Home], supervisor: Supervisor) -> bool:
    """Wait until every node answers; False when somebody asked to stop meanwhile or it takes too long."""
    deadline = time.monotonic() + WAIT_SECONDS
    waiting = list(homes)
    while waiting and time.monotonic() < deadline and not supervisor.stopping:
        waiting = [home for home in waiting if not answers(home)]
        time.sleep(0.1)
    for home in waiting:
        _say(f"{home.office} does not answer at {home.url}.")
    return not waiting


def answers(home: Home) -> bool:
    """Return whether the node's web process answers."""
    try:
        with urllib.request.urlopen(f"http://{home.host}:{home.port}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _greet(homes: Sequence[Home], links: Sequence[Mapping[str, str]], *, as_json: bool) -> None:
    from comity.cli.practice import practice_roles

    if as_json:
        nodes = [
            {"office": home.office, "url": home.url, "links": each} for home, each in zip(homes, links, strict=True)
        ]
        click.echo(json.dumps({"nodes": nodes}))
        return
    for home, each in zip(homes, links, strict=True):
        click.echo(f"\n{home.name('en')} · {home.name('zh')}\n{home.url}")
        roles = practice_roles(home.office)
        for username, link in each.items():
            click.echo(f"  {username:<8} {roles[username]:<22} {link}")
    first = homes[0]
    click.echo(f"\nTry first: sign in at {first.url} as the officer, open a case, ask what you can get from France,")
    click.echo("and draft a preservation request; then approve it as the second person. Ctrl-C stops everything.")


def _say(text: str) -> None:
    click.echo(text, err=True)
