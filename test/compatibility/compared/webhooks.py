"""Webhooks: every field, every name of an event, and the words of refusals. All are disabled: nothing is sent."""

from collections.abc import Iterator
from typing import Any

from compared.fields import MISSING_VALUES, VALUES_OF_OTHER_TYPES, with_field
from compared.request import ABSENT, Case, Request, delete, get, patch, post, shown

EVENT = {"entity": "PROMPT", "action": "CREATED"}
WEBHOOK: dict[str, Any] = {
    "name": "<new>",
    "url": "https://1.1.1.1/hook",
    "events": [EVENT],
    "description": "d",
    "secret": "s",
    "status": "DISABLED",
}
CREATED = post("webhooks", WEBHOOK)
ANOTHER = {"name": "other", "url": "https://8.8.8.8/", "events": [{"entity": 2, "action": 1}], "secret": "t"}

ENTITIES = ["REGISTERED_MODEL", "MODEL_VERSION_TAG", "PROMPT_ALIAS", "BUDGET_POLICY", "prompt", "NOPE", "", *range(12)]
ACTIONS = ["CREATED", "UPDATED", "DELETED", "SET", "EXCEEDED", "set", "NOPE", "", *range(7)]
OTHER_EVENTS: list[Any] = [[{}], [None], ["PROMPT"], [7], [[EVENT]], [EVENT, EVENT], [{"entity": "PROMPT"}], {"0": EVENT}]
NAMES = ["a", "7", "a.b_c-D", "a..b", "h" * 63, "h" * 64, "x y", "-a", "a-", ".a", "a!", "\xe4", "a\n", " a", "a/b"]
URLS = ["https://u:p@1.1.1.1/", "https://1.1.1.1:8443/a?b=c#d", "HTTPS://1.1.1.1", "https://", "https:///x", "https://?x"]
STATUSES = ["ACTIVE", 1, 2, "2", 0, 3, "0", "3", "active", "", "NOPE", None, 1.5, True]


def webhooks() -> Iterator[Case]:
    yield Case("webhook made, read, changed and deleted", a_life())
    yield from fields()
    for entity in ENTITIES:
        yield Case(f"webhook with the entity {entity!r}", made_and_changed(events=[{**EVENT, "entity": entity}]))
    for action in ACTIONS:
        events = [{"entity": "PROMPT_TAG", "action": action}]
        yield Case(f"webhook with the action {action!r}", made_and_changed(events=events))
    for index, events in enumerate(OTHER_EVENTS):
        yield Case(f"webhook with other events {index}", made_and_changed(events=events))
    for name in NAMES:
        yield Case(f"webhook called {shown(name)}", made_and_changed(name=name))
    for url in URLS:
        yield Case(f"webhook at {url}", made_and_changed(url=url))
    for status in STATUSES:
        yield Case(f"webhook of status {status!r}", [*made_and_changed(status=status), delete("webhooks/<webhook>", {})])
    yield from pages()
    for request in (get("webhooks/nope"), patch("webhooks/nope", {"name": "x y"}), delete("webhooks/nope", {})):
        yield Case(f"webhook that never was, {request.method}", [request])
    yield Case("webhook that never was, test", [post("webhooks/nope/test", {})])
    for index, event in enumerate([{}, {"entity": "X", "action": "Y"}, {"entity": "PROMPT", "action": "SET"}, "PROMPT", 7]):
        yield Case(f"webhook tried with another event {index}", [CREATED, post("webhooks/<webhook>/test", {"event": event})])
    yield Case("webhook tried without a content type", [CREATED, post("webhooks/<webhook>/test", ABSENT, None)])


def a_life() -> list[Request]:
    return [
        CREATED,
        get("webhooks/<webhook>"),
        patch("webhooks/<webhook>", ANOTHER),
        get("webhooks/<webhook>"),
        patch("webhooks/<webhook>", {"name": "", "url": "", "events": [], "description": "e"}),
        patch("webhooks/<webhook>", {"description": ""}),
        patch("webhooks/<webhook>", {"webhookId": "x", "unknown": 1, "name": "again"}),
        get("webhooks/<webhook>"),
        delete("webhooks/<webhook>", {}),
        get("webhooks/<webhook>"),
        patch("webhooks/<webhook>", ANOTHER),
        delete("webhooks/<webhook>", {}),
        post("webhooks/<webhook>/test", {}),
    ]


def made_and_changed(**field: Any) -> list[Request]:
    """One that gets it, and one created with it."""
    return [CREATED, patch("webhooks/<webhook>", {"description": "e", **field}), post("webhooks", {**WEBHOOK, **field})]


def fields() -> Iterator[Case]:
    for field in WEBHOOK:
        for words, value in MISSING_VALUES:
            yield Case(f"webhook with {field} {words}", [post("webhooks", with_field(WEBHOOK, field, value))])
            yield Case(
                f"webhook changed with {field} {words}",
                [CREATED, patch("webhooks/<webhook>", with_field(ANOTHER, field, value)), get("webhooks/<webhook>")],
            )
        for value in VALUES_OF_OTHER_TYPES:
            yield Case(f"webhook with {field} {value!r}", made_and_changed(**{field: value}))


def pages() -> Iterator[Case]:
    for size in ["-1", "1001", "x", "1.5", "", "99999999999999999999"]:
        yield Case(f"webhooks, at most {size!r}", [get("webhooks", {"max_results": size})])
    for token in ["xx", "====", "e30=", "W10="]:
        yield Case(f"webhooks from the page {token!r}", [get("webhooks", {"page_token": token})])
