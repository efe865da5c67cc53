"""Requests and cases of requests, in words.

Strings may hold these marks, which are replaced before sending and put back into the answers:

<new>     a name that only this case uses, the same on both servers
<zoo>     the common beginning of the names prepared by `prepared_data`
<run>, <artifacts>                a run of the server's tracking server, and its artifact URI
<webhook>                         the id of the last webhook that this case has created
<logged model>, <its artifacts>   a logged model of the server's tracking server, and its artifact URI
"""

from typing import Any, NamedTuple

ABSENT = object()


class Request(NamedTuple):
    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: Any = ABSENT
    """A value to send as JSON, or bytes to send as they are."""
    content_type: str | None = "application/json"


class Case(NamedTuple):
    name: str
    requests: list[Request]


def get(path: str, query: dict[str, Any] | None = None, body: Any = ABSENT) -> Request:
    pairs: list[tuple[str, str]] = []
    for key, value in (query or {}).items():
        pairs.extend((key, one) for one in (value if isinstance(value, list) else [value]))
    return Request("GET", path, tuple(pairs), body)


def post(path: str, body: Any, content_type: str | None = "application/json") -> Request:
    return Request("POST", path, (), body, content_type)


def patch(path: str, body: Any) -> Request:
    return Request("PATCH", path, (), body)


def delete(path: str, body: Any) -> Request:
    return Request("DELETE", path, (), body)


def create_model(name: str = "<new>", **more: Any) -> Request:
    return post("registered-models/create", {"name": name, **more})


def create_version(name: str = "<new>", **more: Any) -> Request:
    return post("model-versions/create", {"name": name, "source": "s3://bucket/path", **more})


def model_tag(name: str, key: str, value: str) -> Request:
    return post("registered-models/set-tag", {"name": name, "key": key, "value": value})


def version_tag(name: str, version: str, key: str, value: str) -> Request:
    return post("model-versions/set-tag", {"name": name, "version": version, "key": key, "value": value})


def move(version: str, stage: str, archive: bool = False, name: str = "<new>") -> Request:
    body = {"name": name, "version": version, "stage": stage, "archive_existing_versions": archive}
    return post("model-versions/transition-stage", body)


def alias(name: str, word: str, version: str) -> Request:
    return post("registered-models/alias", {"name": name, "alias": word, "version": version})


def get_model(name: str = "<new>") -> Request:
    return get("registered-models/get", {"name": name})


def get_version(version: str, name: str = "<new>") -> Request:
    return get("model-versions/get", {"name": name, "version": version})


TWO_VERSIONS = [create_model(), create_version(), create_version()]


def shown(text: str) -> str:
    return ascii(text if len(text) < 60 else f"{text[:12]}…{len(text)}")
