"""Whether the port of a node is free."""

import socket

from comity.errors import LocalError


class PortTakenError(LocalError):
    """Something else listens on the node's port."""

    code = "port-taken"


def refuse_taken_port(host: str, port: int) -> None:
    """Look whether the port is free: the server itself would share it with another node without a word.

    Raises:
        PortTakenError: somebody listens there.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTakenError(
                f"The port {port} of {host} cannot be used: {error.strerror}.",
                remedy="Stop what listens there, or choose another port in node.toml.",
            ) from error
