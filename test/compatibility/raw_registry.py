"""The registry's REST interface as plain HTTP, for the facts that the Python client hides."""

import time
from typing import Any

import requests

API = "/api/2.0/mlflow/"
TIMEOUT_SECONDS = 30


class RawRegistry:
    """One registry server, asked without the MLflow client: nothing is retried, nothing is translated."""

    def __init__(self, uri: str) -> None:
        self.uri = uri.rstrip("/")
        self._session = requests.Session()

    def send(self, method: str, path: str, prefix: str = API, **options: Any) -> requests.Response:
        """Sends one request; `options` are those of `requests.request`."""
        options.setdefault("timeout", TIMEOUT_SECONDS)
        return self._session.request(method, f"{self.uri}{prefix}{path}", **options)

    def get(self, path: str, **query: Any) -> requests.Response:
        return self.send("GET", path, params=query)

    def post(self, path: str, **body: Any) -> requests.Response:
        return self.send("POST", path, json=body)

    def patch(self, path: str, **body: Any) -> requests.Response:
        return self.send("PATCH", path, json=body)

    def delete(self, path: str, **body: Any) -> requests.Response:
        return self.send("DELETE", path, json=body)


def is_error(answer: requests.Response, status: int, code: str, message: str) -> bool:
    """Says whether the answer is this error; shows the answer when it is not."""
    expected = (status, code, message)
    body = answer.json() if answer.headers["Content-Type"].startswith("application/json") else {}
    actual = (answer.status_code, body.get("error_code"), body.get("message", answer.text))
    assert actual == expected
    return True


def wait_for_the_next_millisecond() -> None:
    """Time in the registry is counted in milliseconds: what happens after this call has a later one."""
    now = time.time_ns() // 1_000_000
    while time.time_ns() // 1_000_000 <= now + 1:
        time.sleep(0.0005)
