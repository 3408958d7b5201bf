"""The command `comity`."""

import click

from comity import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="comity")
def main() -> None:
    """Cooperation between states against cross-border cybercrime: the lawful route, the request, the evidence, the proof."""
