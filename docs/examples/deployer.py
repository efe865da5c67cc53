"""Prints "deploy fraud v7" when a version reaches Production.

    ANNALS_WEBHOOK_ALLOW=127.0.0.1 npm start     # Annals may send to this machine, which it may not by itself
    pip install standardwebhooks
    python docs/examples/deployer.py

ANNALS_URL says where Annals is, and PORT where to listen.
"""

import json
import os
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.request import Request, urlopen

from standardwebhooks import Webhook, WebhookVerificationError

API = os.environ.get("ANNALS_URL", "http://127.0.0.1:5000") + "/api/v1"
PORT = int(os.environ.get("PORT", "8098"))


def ask(method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    data = None if body is None else json.dumps(body).encode()
    request = Request(API + path, data, {"Content-Type": "application/json"}, method=method)
    with urlopen(request) as answer:
        return json.loads(answer.read() or b"{}")


def deploy(notice: dict[str, Any]) -> None:
    """A notice may come twice; to deploy what is deployed changes nothing. Who is in Production now is what counts."""
    model, occupants = notice["data"]["model"], notice["data"]["occupants"]["Production"]
    print(f"deploy {model} v{occupants[-1]}" if occupants else f"undeploy {model}", flush=True)


class Deployer(BaseHTTPRequestHandler):
    signatures: Webhook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            self.signatures.verify(body, dict(self.headers))
        except WebhookVerificationError:
            self.send_response(401)
        else:
            if not self.headers["Annals-Test"]:
                deploy(json.loads(body))
            self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """The answers are in Annals' delivery log."""


if __name__ == "__main__":
    server = HTTPServer(("127.0.0.1", PORT), Deployer)
    created = ask(
        "POST",
        "/webhooks",
        {
            "name": "deployer",
            "url": f"http://127.0.0.1:{PORT}/",
            "filter": {"types": ["io.annals.registry.production.changed.v1"]},
        },
    )
    Deployer.signatures = Webhook(created["secret"])
    print(f"told by webhook {created['webhook']['id']}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        ask("DELETE", f"/webhooks/{created['webhook']['id']}")
