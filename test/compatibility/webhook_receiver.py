"""A receiver of webhooks, which checks what it gets as MLflow's documentation tells receivers to."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WAIT_SECONDS = 30
SECRET = "s3cret ünd more"


@dataclass(frozen=True)
class Delivery:
    """One request that arrived."""

    path: str
    headers: dict[str, str]
    body: str

    @property
    def message(self) -> dict[str, Any]:
        return json.loads(self.body)

    @property
    def event(self) -> str:
        return f"{self.message['entity']}.{self.message['action']}"

    def is_signed_with(self, secret: str) -> bool:
        """HMAC-SHA256 over `<delivery id>.<timestamp>.<body>`, the text of the secret being the key."""
        signed = f"{self.headers['x-mlflow-delivery-id']}.{self.headers['x-mlflow-timestamp']}.{self.body}"
        digest = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()
        expected = f"v1,{base64.b64encode(digest).decode()}"
        return hmac.compare_digest(self.headers.get("x-mlflow-signature", ""), expected)

    def is_fresh(self) -> bool:
        """Whether it was sent within the last five minutes, which is what receivers accept."""
        return abs(time.time() - int(self.headers["x-mlflow-timestamp"])) < 300


class Receiver:
    """A server that keeps what it gets. It answers 200, except under /status/<code>/…."""

    def __init__(self) -> None:
        self._arrived: list[Delivery] = []
        self._changed = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def at(self, path: str) -> list[Delivery]:
        """What has arrived under a path, in the order in which it did."""
        with self._changed:
            return [one for one in self._arrived if one.path == path]

    def wait(self, path: str, is_meant: Callable[[Delivery], bool]) -> Delivery:
        """The first delivery of this kind under a path, as soon as it is there."""

        def first() -> Delivery | None:
            return next((one for one in self._arrived if one.path == path and is_meant(one)), None)

        with self._changed:
            arrived = self._changed.wait_for(first, WAIT_SECONDS)
        assert arrived is not None, f"Nothing of the kind has arrived: {self.at(path)}"
        return arrived

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                headers = {name.lower(): value for name, value in self.headers.items()}
                with receiver._changed:
                    receiver._arrived.append(Delivery(self.path, headers, body))
                    receiver._changed.notify_all()
                parts = self.path.split("/")
                status = int(parts[2]) if parts[1] == "status" else 200
                self.send_response(status)
                self.send_header("Content-Type", "text/plain")
                self.send_header("Content-Length", "4")
                self.end_headers()
                self.wfile.write(b"told")

            def log_message(self, *_: Any) -> None:
                pass

        return Handler
