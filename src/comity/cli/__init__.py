"""The command `comity`. Each verb is a module of its own, imported only when it is called, so that the command starts fast."""

import importlib

import click

from comity import __version__

COMMANDS = {
    "acquire": "comity.cli.acquire:acquire_command",
    "atlas": "comity.cli.atlas:atlas",
    "compare": "comity.cli.compare:compare",
    "conflict": "comity.cli.conflict:conflict",
    "demo": "comity.cli.demo.command:demo",
    "gap": "comity.cli.gap:gap",
    "holder": "comity.cli.holder:holder",
    "identity": "comity.cli.seal:identity_command",
    "init": "comity.cli.init:init",
    "law": "comity.cli.law:law",
    "person": "comity.cli.init:person",
    "route": "comity.cli.route:route",
    "run": "comity.cli.run:run",
    "seal": "comity.cli.seal:seal_command",
    "sign-in-link": "comity.cli.init:sign_in_link",
    "token": "comity.cli.init:token",
    "unseal": "comity.cli.seal:unseal_command",
    "verify": "comity.cli.verify:verify",
    "watch": "comity.cli.watch:watch",
    "work": "comity.cli.run:work",
}


class LazyGroup(click.Group):
    """A group that knows the names of its commands and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command; None where there is none of that name."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="comity")
def main() -> None:
    """Cooperation between states against cross-border cybercrime: the lawful route, the request, the evidence, the proof."""
