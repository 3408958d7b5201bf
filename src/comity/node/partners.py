"""How this node calls other nodes: one HTTP client for a process, short timeouts, no redirects, limits on what is read."""

from functools import lru_cache

import httpx

from comity.errors import TransportError

CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 30.0
MAX_ANSWER = 1024 * 1024


class NoAnswerError(TransportError):
    """A partner's node did not answer, or said more than is read."""

    code = "no-answer"


@lru_cache(maxsize=1)
def client() -> httpx.Client:
    """Return the client of this process; proxies and redirects are not followed, since addresses come from the directory."""
    return httpx.Client(
        timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
        follow_redirects=False,
        trust_env=False,
        headers={"User-Agent": "comity"},
    )


def call(
    method: str,
    url: str,
    *,
    content: bytes | None = None,
    content_type: str = "application/octet-stream",
    timeout: float = ANSWER_SECONDS,
    max_answer: int = MAX_ANSWER,
) -> httpx.Response:
    """Call a partner's node and read its answer up to a limit.

    Raises:
        NoAnswerError: nobody answered in time, or the answer is too long.
    """
    headers = {"Content-Type": content_type} if content is not None else {}
    limits = httpx.Timeout(timeout, connect=min(timeout, CONNECT_SECONDS))
    try:
        with client().stream(method, url, content=content, headers=headers, timeout=limits) as answer:
            body = bytearray()
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > max_answer:
                    raise NoAnswerError(f"The answer is longer than {max_answer} bytes.", where=url)
            return httpx.Response(answer.status_code, headers=_kept(answer.headers), content=bytes(body))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NoAnswerError(f"No answer: {type(error).__name__}.", where=url) from error


def _kept(headers: httpx.Headers) -> dict[str, str]:
    return {name: headers[name] for name in ("content-type", "retry-after") if name in headers}
