"""A program's way to one office's desk: the REST interface, for several people, patient with a node that is just restarting."""

import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import httpx

from comity.errors import LocalError, TransportError

PATIENCE_SECONDS = 90.0
PAUSE_SECONDS = 0.15
BUSY = frozenset({429, 502, 503, 504})
T = TypeVar("T")


class RefusedCallError(LocalError):
    """A node understood what was asked and does not do it.

    Attributes:
        status: of the answer.
        body: the problem document.
    """

    code = "refused-call"

    def __init__(self, status: int, body: Mapping[str, Any], where: str) -> None:
        self.reason = str(body.get("code") or body.get("title") or status)
        detail = str(body.get("detail") or body.get("title") or "")
        super().__init__(f"{status} {self.reason}: {detail}", remedy=str(body.get("remedy", "")), where=where)
        self.status = status
        self.body = body


class LostAnswerError(TransportError):
    """The connection broke after something was sent: it may have been done or not."""

    code = "lost-answer"


class ImpatientError(TransportError):
    """What was waited for did not come in time."""

    code = "impatient"


class Desk:
    """One office's node, as a program with its people's tokens reaches it."""

    def __init__(self, office: str, url: str, tokens: Mapping[str, str]) -> None:
        self.office = office
        self.url = url
        self.tokens = tokens
        self._http = httpx.Client(base_url=url, timeout=httpx.Timeout(60, connect=2), trust_env=False)

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def get(self, person: str, path: str) -> Any:
        """Read something; tried again for as long as the node does not answer."""
        return self._patiently("GET", person, path, None)

    def send(self, person: str, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Change something; tried again only when it cannot have been done.

        Raises:
            LostAnswerError: it may have been done; look before asking again.
            RefusedCallError: it was not done.
        """
        return self._patiently(method, person, path, body)

    def settle(self, do: Callable[[], T], look: Callable[[], T | None]) -> T:
        """Do something once, whatever happens to the answer: look whether it was done before doing it again.

        What was lost may also be done while it is asked again; then the second call is refused, and there is something to see.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        lost = False
        while True:
            try:
                return do()
            except (LostAnswerError, RefusedCallError) as error:
                lost = lost or isinstance(error, LostAnswerError)
                found = look() if lost else None
                if found is not None:
                    return found
                if isinstance(error, RefusedCallError) or time.monotonic() > deadline:
                    raise

    def wait(self, look: Callable[[], T | None], what: str, seconds: float = PATIENCE_SECONDS) -> T:
        """Look again and again until there is something to see.

        Raises:
            ImpatientError: nothing came.
        """
        deadline = time.monotonic() + seconds
        while (found := look()) is None:
            if time.monotonic() > deadline:
                raise ImpatientError(f"{what} did not happen within {seconds:.0f} seconds.", where=self.office)
            time.sleep(PAUSE_SECONDS)
        return found

    def _patiently(self, method: str, person: str, path: str, body: Mapping[str, Any] | None) -> Any:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                answer = self._http.request(method, path, json=body, headers=self._headers(person))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                self._give_up(deadline, error, path)
                continue
            except httpx.TransportError as error:
                if method != "GET":
                    raise LostAnswerError("The connection broke.", where=f"{self.office} {path}") from error
                self._give_up(deadline, error, path)
                continue
            if answer.status_code in BUSY and time.monotonic() < deadline:
                time.sleep(PAUSE_SECONDS)
                continue
            if not answer.is_success:
                raise RefusedCallError(answer.status_code, _problem(answer), f"{self.office} {method} {path}")
            return answer.json() if answer.content else None

    def _give_up(self, deadline: float, error: Exception, path: str) -> None:
        if time.monotonic() > deadline:
            raise ImpatientError(f"The node does not answer: {error}", where=f"{self.office} {path}") from error
        time.sleep(PAUSE_SECONDS)

    def _headers(self, person: str) -> dict[str, str]:
        token = self.tokens.get(person, "")
        return {"Authorization": f"Bearer {token}"} if token else {}


def _problem(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        value = answer.json()
    except ValueError:
        return {"title": answer.text[:200]}
    return value if isinstance(value, dict) else {"title": str(value)[:200]}
