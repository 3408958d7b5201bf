"""How the demo comes to act for people: it gives their one-time links in exchange for tokens."""

from collections.abc import Mapping

import httpx

from comity.cli.demo.client import LostAnswerError

NAME = "comity demo"


def tokens_for(url: str, links: Mapping[str, str]) -> dict[str, str]:
    """Return username -> token.

    Args:
        url: of the node.
        links: username -> one-time link; each is used up.

    Raises:
        LostAnswerError: the node gave no token.
    """
    with httpx.Client(base_url=url, timeout=30, trust_env=False) as http:
        return {username: _token(http, link) for username, link in links.items()}


def _token(http: httpx.Client, link: str) -> str:
    try:
        answer = http.post("/api/tokens", json={"link": link, "name": NAME}).raise_for_status()
    except httpx.HTTPError as error:
        raise LostAnswerError(f"The node gave no token: {error}", where=str(http.base_url)) from error
    return str(answer.json()["token"])
