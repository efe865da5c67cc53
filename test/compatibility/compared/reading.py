"""How requests are read: content types, bodies, spellings of fields, queries, routes."""

import json
from collections.abc import Iterator
from typing import Any

from compared.request import ABSENT, TWO_VERSIONS, Case, Request, create_model, get, get_model, move, post


def reading_of_requests() -> Iterator[Case]:
    create = "registered-models/create"
    model = {"name": "<new>"}

    def text(value: Any) -> bytes:
        return json.dumps(value).encode()

    for word, content_type in [
        ("no content type", None),
        ("a form's content type", "application/x-www-form-urlencoded"),
        ("plain text", "text/plain"),
        ("a charset", "application/json; charset=utf-8"),
        ("a blank before the semicolon", "application/json ;charset=utf-8"),
        ("capital letters", "Application/JSON"),
        ("a JSON suffix type", "application/vnd.api+json"),
    ]:
        yield Case(f"POST with {word}", [post(create, text(model), content_type)])
        update = Request("PATCH", "registered-models/update", (), text(model), content_type)
        yield Case(f"PATCH with {word}", [create_model(), update])
        removal = Request("DELETE", "registered-models/delete", (), text(model), content_type)
        yield Case(f"DELETE with {word}", [create_model(), removal])

    for word, body in [
        ("an empty body", b""),
        ("blanks", b"   "),
        ("no JSON", b"name=x"),
        ("half a JSON object", b'{"name": "<new>"'),
        ("a trailing comma", b'{"name": "<new>",}'),
        ("the null value", b"null"),
        ("an empty object", b"{}"),
        ("a JSON string that holds JSON", json.dumps(json.dumps(model)).encode()),
        ("the same key twice", b'{"name": "<new>-a", "name": "<new>-b"}'),
        ("a byte order mark", b'\xef\xbb\xbf{"name": "<new>"}'),
        ("letters that are no UTF-8", b'{"name": "<new>\xff"}'),
        ("escaped letters", b'{"name": "<new>\\u00e9"}'),
        ("a top-level list", b'[{"name": "<new>"}]'),
        ("an empty top-level list", b"[]"),
        ("a top-level number", b"1"),
        ("a top-level true", b"true"),
        ("a JSON string that is no JSON", b'"name"'),
        ("a JSON string that holds a list", b'"[]"'),
    ]:
        yield Case(f"POST create with {word}", [post(create, body)])
        yield Case(
            f"PATCH update with {word}", [create_model(), Request("PATCH", "registered-models/update", (), body)]
        )

    for word, body in [
        ("an unknown field", {"name": "<new>", "colour": "red"}),
        ("a tag with an unknown field", {"name": "<new>", "tags": [{"key": "k", "value": "v", "colour": "red"}]}),
        ("a tag without value", {"name": "<new>", "tags": [{"key": "k"}]}),
        ("a tag whose value is null", {"name": "<new>", "tags": [{"key": "k", "value": None}]}),
        ("a tag whose value is a number", {"name": "<new>", "tags": [{"key": "k", "value": 1}]}),
        ("a tag without key", {"name": "<new>", "tags": [{"value": "v"}]}),
        ("a tag whose key is null", {"name": "<new>", "tags": [{"key": None, "value": "v"}]}),
        ("a tag whose key is empty", {"name": "<new>", "tags": [{"key": "", "value": "v"}]}),
        ("a tag that is a string", {"name": "<new>", "tags": ["k"]}),
        ("a tag that is null", {"name": "<new>", "tags": [None]}),
        ("a tag that is empty", {"name": "<new>", "tags": [{}]}),
        ("tags as an object", {"name": "<new>", "tags": {"k": "v"}}),
        ("the same tag twice", {"name": "<new>", "tags": [{"key": "k", "value": "1"}, {"key": "k", "value": "2"}]}),
        ("a deployment job", {"name": "<new>", "deployment_job_id": "7"}),
        ("a deployment job of the wrong type", {"name": "<new>", "deployment_job_id": 7}),
        ("a bad unknown field and a bad name", {"name": 5, "colour": []}),
        ("two wrong types", {"name": 5, "description": 6}),
        ("a wrong type and a missing name", {"description": 6}),
    ]:
        yield Case(f"create a model with {word}", [post(create, body), get_model()])

    version = "model-versions/create"
    camel = {"name": "<new>", "source": "s3://b/p", "runId": "r", "runLink": "l"}
    yield Case("camelCase in a body", [create_model(), post(version, camel)])
    both = {"name": "<new>", "source": "s3://b/p", "runId": "r", "run_id": "s"}
    yield Case("camelCase and snake_case of one field", [create_model(), post(version, both)])
    same = {"name": "<new>", "source": "s3://b/p", "runId": "r", "run_id": "r"}
    yield Case("camelCase and snake_case of one field with one value", [create_model(), post(version, same)])
    yield Case(
        "camelCase of a required field",
        [create_model(), post("registered-models/rename", {"name": "<new>", "newName": "<new>-b"})],
    )
    yield Case(
        "run_uuid instead of run_id",
        [create_model(), post(version, {"name": "<new>", "source": "s3://b/p", "run_uuid": "r"})],
    )
    yield Case(
        "a user in a body", [create_model(), post(version, {"name": "<new>", "source": "s3://b/p", "user_id": "me"})]
    )
    yield Case(
        "camelCase in a query",
        [get("registered-models/search", {"maxResults": "1", "filter": "name LIKE '<zoo>%'"})],
    )
    yield Case(
        "archiveExistingVersions in camelCase",
        [
            *TWO_VERSIONS,
            move("1", "Production"),
            post(
                "model-versions/transition-stage",
                {"name": "<new>", "version": "2", "stage": "Production", "archiveExistingVersions": True},
            ),
            get_model(),
        ],
    )
    for word, flag in [
        ("the text true", "true"),
        ("the text FALSE", "FALSE"),
        ("one", 1),
        ("null", None),
        ("a list", []),
    ]:
        body = {"name": "<new>", "version": "2", "stage": "Production", "archive_existing_versions": flag}
        yield Case(
            f"the archive flag is {word}",
            [*TWO_VERSIONS, move("1", "Production"), post("model-versions/transition-stage", body), get_model()],
        )

    yield Case(
        "a DELETE whose fields are in the query",
        [create_model(), Request("DELETE", "registered-models/delete", (("name", "<new>"),))],
    )
    yield Case(
        "a PATCH whose fields are in the query",
        [create_model(), Request("PATCH", "registered-models/update", (("name", "<new>"),))],
    )
    yield Case("a POST whose fields are in the query", [Request("POST", create, (("name", "<new>"),))])
    yield Case(
        "a GET with a query and a body", [get("registered-models/get", {"name": "<zoo>-alpha"}, {"name": "<zoo>-Beta"})]
    )
    yield Case(
        "a GET with an unknown argument and a body", [get("registered-models/get", {"x": "1"}, {"name": "<zoo>-Beta"})]
    )
    yield Case("a GET with an unknown argument", [get("registered-models/get", {"name": "<zoo>-Beta", "x": "1"})])
    yield Case(
        "stages by repeated keys",
        [get("registered-models/get-latest-versions", {"name": "<zoo>-alpha", "stages": ["Staging", "Production"]})],
    )
    yield Case(
        "stages by a comma",
        [get("registered-models/get-latest-versions", {"name": "<zoo>-alpha", "stages": "Staging,Production"})],
    )
    yield Case(
        "stages with brackets",
        [get("registered-models/get-latest-versions", {"name": "<zoo>-alpha", "stages[]": "Staging"})],
    )
    yield Case("a GET body that is a list", [get("registered-models/get", body=[1])])
    yield Case("a GET body that is no JSON", [get("registered-models/get", body=b"name")])

    for method, path in [
        ("GET", "registered-models/list"),
        ("GET", "registered-models/search/"),
        ("GET", "registered-models"),
        ("GET", "registered-models/nothing"),
        ("GET", "model-versions/list"),
        ("GET", "nothing"),
        ("POST", "nothing"),
        ("GET", "registered-models/create"),
        ("PUT", "registered-models/create"),
        ("DELETE", "registered-models/create"),
        ("POST", "registered-models/get"),
        ("POST", "registered-models/update"),
        ("PUT", "registered-models/alias"),
        ("POST", "registered-models/delete"),
        ("GET", "model-versions/transition-stage"),
        ("POST", "model-versions/get"),
        ("POST", "model-versions/get-download-uri"),
        ("POST", "registered-models/search"),
        ("POST", "model-versions/search"),
    ]:
        yield Case(f"route {method} {path}", [Request(method, path, (), {} if method in ("POST", "PUT") else ABSENT)])
