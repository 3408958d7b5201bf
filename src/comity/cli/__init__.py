"""The command `comity`."""

import importlib

import click

from comity import __version__

COMMANDS = {
    "init": "comity.cli.init:init",
    "person": "comity.cli.init:person",
    "run": "comity.cli.run:run",
    "sign-in-link": "comity.cli.init:sign_in_link",
    "work": "comity.cli.run:work",
}
"""Command -> where it is; loaded when it is asked for, so that `comity verify` does not wait for a web framework."""


class Commands(click.Group):
    """A group that imports a command's module only when that command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in alphabetical order."""
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, or None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="comity")
def main() -> None:
    """Cooperation between states against cross-border cybercrime: the lawful route, the request, the evidence, the proof."""
