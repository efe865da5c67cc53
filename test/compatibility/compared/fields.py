"""Every field of every endpoint: left out, empty and of the wrong type."""

from collections.abc import Iterator
from typing import Any

from compared.request import ABSENT, TWO_VERSIONS, Case, Request, get, get_model

# endpoint: method, path, a request that works on a model <new> with the versions 1 and 2
BODY_ENDPOINTS: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "registered-models/create", {"name": "<new>-b", "description": "d", "tags": [{"key": "k", "value": "v"}]}),
    ("POST", "registered-models/rename", {"name": "<new>", "new_name": "<new>-b"}),
    ("PATCH", "registered-models/update", {"name": "<new>", "description": "d"}),
    ("DELETE", "registered-models/delete", {"name": "<new>"}),
    ("POST", "registered-models/get-latest-versions", {"name": "<new>", "stages": ["None"]}),
    ("POST", "registered-models/set-tag", {"name": "<new>", "key": "k", "value": "v"}),
    ("DELETE", "registered-models/delete-tag", {"name": "<new>", "key": "k"}),
    ("POST", "registered-models/alias", {"name": "<new>", "alias": "best", "version": "1"}),
    ("DELETE", "registered-models/alias", {"name": "<new>", "alias": "best"}),
    (
        "POST",
        "model-versions/create",
        {
            "name": "<new>",
            "source": "s3://b/p",
            "run_id": "r",
            "run_link": "l",
            "description": "d",
            "tags": [{"key": "k", "value": "v"}],
        },
    ),
    ("PATCH", "model-versions/update", {"name": "<new>", "version": "1", "description": "d"}),
    (
        "POST",
        "model-versions/transition-stage",
        {"name": "<new>", "version": "1", "stage": "Staging", "archive_existing_versions": True},
    ),
    ("DELETE", "model-versions/delete", {"name": "<new>", "version": "1"}),
    ("POST", "model-versions/set-tag", {"name": "<new>", "version": "1", "key": "k", "value": "v"}),
    ("DELETE", "model-versions/delete-tag", {"name": "<new>", "version": "1", "key": "k"}),
]

QUERY_ENDPOINTS: list[tuple[str, dict[str, Any]]] = [
    ("registered-models/get", {"name": "<zoo>-alpha"}),
    ("registered-models/alias", {"name": "<zoo>-alpha", "alias": "champion"}),
    ("registered-models/get-latest-versions", {"name": "<zoo>-alpha", "stages": "Production"}),
    ("model-versions/get", {"name": "<zoo>-alpha", "version": "1"}),
    ("model-versions/get-download-uri", {"name": "<zoo>-alpha", "version": "1"}),
]

MISSING_VALUES: list[tuple[str, Any]] = [("left out", ABSENT), ("null", None), ("empty", ""), ("blank", "  ")]

VALUES_OF_OTHER_TYPES: list[Any] = [1, 1.5, True, ["x"], [], {"a": 1}]


def with_field(body: dict[str, Any], field: str, value: Any) -> dict[str, Any]:
    changed = {key: one for key, one in body.items() if key != field}
    return changed if value is ABSENT else {**changed, field: value}


def fields_of_every_endpoint() -> Iterator[Case]:
    for method, path, body in BODY_ENDPOINTS:
        yield Case(f"{method} {path} works", [*TWO_VERSIONS, Request(method, path, (), body), get_model()])
        values = [value for _, value in MISSING_VALUES] + VALUES_OF_OTHER_TYPES
        refused = [Request(method, path, (), with_field(body, "name", value)) for value in values]
        yield Case(f"{method} {path} without a name", refused)
        for field in [field for field in body if field != "name"]:
            for word, value in MISSING_VALUES:
                request = Request(method, path, (), with_field(body, field, value))
                yield Case(f"{method} {path} with {field} {word}", [*TWO_VERSIONS, request, get_model()])
            wrong = [Request(method, path, (), with_field(body, field, value)) for value in VALUES_OF_OTHER_TYPES]
            yield Case(f"{method} {path} with {field} of other types", [*TWO_VERSIONS, *wrong, get_model()])
    for path, query in QUERY_ENDPOINTS:
        yield Case(f"GET {path} works", [get(path, query)])
        yield Case(f"GET {path} with a body instead of a query", [get(path, body=as_body(query))])
        yield Case(f"GET {path} with neither", [get(path)])
        for field in query:
            for word, value in MISSING_VALUES:
                if value is not None:
                    yield Case(f"GET {path} with {field} {word}", [get(path, with_field(query, field, value))])
            twice = {**query, field: [query[field], "other"]}
            yield Case(f"GET {path} with {field} twice", [get(path, twice)])
        for word, value in (("a number", 1), ("null", None), ("a list", ["x"])):
            body = with_field(as_body(query), "name", value)
            yield Case(f"GET {path} with a body whose name is {word}", [get(path, body=body)])


def as_body(query: dict[str, Any]) -> dict[str, Any]:
    return {key: [value] if key == "stages" else value for key, value in query.items()}
