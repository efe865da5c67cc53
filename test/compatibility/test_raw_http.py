"""The REST interface as clients of other languages and the browser see it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import requests
from mlflow import MlflowClient
from mlflow.entities.model_registry import ModelVersion, RegisteredModel

from raw_registry import RawRegistry, is_error

MISSING_NAME = (
    "Missing value for required parameter 'name'. See the API docs for more information about request parameters."
)


# --- routes


@pytest.mark.parametrize("prefix", ["/api/2.0/mlflow/", "/ajax-api/2.0/mlflow/"])
def test_both_prefixes_lead_to_the_registry(registry: RawRegistry, model: RegisteredModel, prefix: str) -> None:
    answer = registry.send("GET", "registered-models/get", prefix, params={"name": model.name})
    assert answer.json()["registered_model"]["name"] == model.name


@pytest.mark.parametrize("prefix", ["/api/2.0/mlflow/", "/ajax-api/2.0/mlflow/"])
def test_both_prefixes_take_changes(registry: RawRegistry, name: str, prefix: str) -> None:
    assert registry.send("POST", "registered-models/create", prefix, json={"name": name}).status_code == 200
    changed = registry.send("PATCH", "registered-models/update", prefix, json={"name": name, "description": "new"})
    assert changed.json()["registered_model"]["description"] == "new"
    assert registry.send("DELETE", "registered-models/delete", prefix, json={"name": name}).json() == {}


@pytest.mark.parametrize(
    ("prefix", "path"),
    [
        ("/api/2.0/preview/mlflow/", "registered-models/search"),
        ("/ajax-api/2.0/preview/mlflow/", "registered-models/search"),
        ("/api/2.1/mlflow/", "registered-models/search"),
        ("/api/3.0/mlflow/", "registered-models/search"),
        ("/api/2.0/mlflow/", "registered-models/list"),
        ("/api/2.0/mlflow/", "registered-models/search/"),
        ("/api/2.0/mlflow/", "registered-models"),
        ("/api/2.0/mlflow/", "model-versions"),
    ],
)
def test_other_routes_are_not_found(registry: RawRegistry, prefix: str, path: str) -> None:
    assert registry.send("GET", path, prefix).status_code == 404


@pytest.mark.improves_on_mlflow
@pytest.mark.parametrize("path", ["registered-models/list", "registered-models/search/", "nothing"])
def test_unknown_routes_are_told_as_json(registry: RawRegistry, path: str) -> None:
    """MLflow answers with a page of HTML."""
    answer = registry.get(path)
    assert (answer.status_code, answer.json()["error_code"]) == (404, "ENDPOINT_NOT_FOUND")


WRONG_METHODS = [
    ("GET", "registered-models/create", {"POST"}),
    ("POST", "registered-models/get", {"GET"}),
    ("POST", "registered-models/update", {"PATCH"}),
    ("POST", "registered-models/delete", {"DELETE"}),
    ("PUT", "registered-models/alias", {"GET", "POST", "DELETE"}),
    ("PUT", "registered-models/get-latest-versions", {"GET", "POST"}),
    ("GET", "model-versions/transition-stage", {"POST"}),
    ("PATCH", "model-versions/get-download-uri", {"GET"}),
]


@pytest.mark.parametrize(("method", "path", "allowed"), WRONG_METHODS)
def test_a_wrong_method_is_told_the_right_ones(
    registry: RawRegistry, method: str, path: str, allowed: set[str]
) -> None:
    answer = registry.send(method, path, json={})
    assert answer.status_code == 405
    assert methods_in(answer) - {"HEAD", "OPTIONS"} == allowed


@pytest.mark.improves_on_mlflow
@pytest.mark.parametrize(("method", "path", "allowed"), WRONG_METHODS)
def test_a_wrong_method_is_told_as_json(registry: RawRegistry, method: str, path: str, allowed: set[str]) -> None:
    """MLflow answers with a page of HTML."""
    assert registry.send(method, path, json={}).json()["error_code"] != ""


def methods_in(answer: requests.Response) -> set[str]:
    return {method.strip() for method in answer.headers["Allow"].split(",")}


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("registered-models/create", {"POST"}),
        ("registered-models/alias", {"GET", "POST", "DELETE"}),
        ("registered-models/get-latest-versions", {"GET", "POST"}),
        ("model-versions/update", {"PATCH"}),
    ],
)
def test_options_tells_the_methods(registry: RawRegistry, path: str, allowed: set[str]) -> None:
    answer = registry.send("OPTIONS", path)
    assert answer.status_code in (200, 204)
    assert methods_in(answer) - {"HEAD", "OPTIONS"} == allowed


@pytest.mark.parametrize("path", ["registered-models/get", "registered-models/search", "registered-models/alias"])
def test_head_answers_as_get_does_but_without_body(registry: RawRegistry, path: str) -> None:
    got = registry.get(path, name="..")
    head = registry.send("HEAD", path, params={"name": ".."})
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers["Content-Type"] == got.headers["Content-Type"]


def test_latest_versions_are_asked_by_post_and_by_get(registry: RawRegistry, version: ModelVersion) -> None:
    path = "registered-models/get-latest-versions"
    posted = registry.post(path, name=version.name, stages=["None"])
    assert posted.json() == registry.get(path, name=version.name, stages="None").json()
    assert posted.json()["model_versions"][0]["version"] == "1"


@pytest.mark.improves_on_mlflow
def test_searches_may_be_posted(registry: RawRegistry, version: ModelVersion) -> None:
    """MLflow answers 405, so that its own client for R cannot search."""
    clause = f"name = '{version.name}'"
    models = registry.post("registered-models/search", filter=clause, max_results=10)
    versions = registry.post("model-versions/search", filter=clause, order_by=["name"])
    assert models.json()["registered_models"][0]["name"] == version.name
    assert versions.json()["model_versions"][0]["version"] == "1"


# --- bodies and queries


CONTENT_TYPES = {"text/plain", "application/x-www-form-urlencoded", "application/vnd.api+json"}


@pytest.mark.parametrize("content_type", sorted(CONTENT_TYPES))
def test_a_post_must_be_json(registry: RawRegistry, name: str, content_type: str) -> None:
    body = json.dumps({"name": name})
    answer = registry.send("POST", "registered-models/create", data=body, headers={"Content-Type": content_type})
    words = "Bad Request. Content-Type must be one of ['application/json']."
    assert is_error(answer, 400, "INVALID_PARAMETER_VALUE", words)


def test_a_post_must_say_what_it_is(registry: RawRegistry, name: str) -> None:
    answer = registry.send("POST", "registered-models/create", data=json.dumps({"name": name}).encode())
    assert is_error(answer, 400, "INVALID_PARAMETER_VALUE", "Bad Request. Content-Type header is missing.")


@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8"])
def test_a_post_may_say_its_charset(registry: RawRegistry, name: str, content_type: str) -> None:
    body = json.dumps({"name": f"{name}é"}, ensure_ascii=False).encode()
    answer = registry.send("POST", "registered-models/create", data=body, headers={"Content-Type": content_type})
    assert answer.json()["registered_model"]["name"] == f"{name}é"


@pytest.mark.parametrize("content_type", [None, *sorted(CONTENT_TYPES)])
def test_patch_and_delete_need_not_say_what_they_are(
    registry: RawRegistry, model: RegisteredModel, content_type: str | None
) -> None:
    options: dict[str, Any] = {"data": json.dumps({"name": model.name}).encode()}
    if content_type is not None:
        options["headers"] = {"Content-Type": content_type}
    assert registry.send("PATCH", "registered-models/update", **options).status_code == 200
    assert registry.send("DELETE", "registered-models/delete", **options).json() == {}


@pytest.mark.parametrize("body", ["", "  ", "name=x", '{"name": ', "null", "{}"])
def test_a_body_that_cannot_be_read_is_an_empty_one(registry: RawRegistry, body: str) -> None:
    answer = registry.send(
        "POST", "registered-models/create", data=body.encode(), headers={"Content-Type": "application/json"}
    )
    assert is_error(answer, 400, "INVALID_PARAMETER_VALUE", MISSING_NAME)


def test_a_body_may_be_json_within_a_json_string(registry: RawRegistry, name: str) -> None:
    answer = registry.send("POST", "registered-models/create", json=json.dumps({"name": name}))
    assert answer.json()["registered_model"]["name"] == name


@pytest.mark.improves_on_mlflow
@pytest.mark.parametrize("body", [[], [{"name": "x"}], 1, True, "no json", "[]"])
def test_a_body_that_is_no_object_is_refused(registry: RawRegistry, body: Any) -> None:
    """MLflow answers 500 and a page of HTML."""
    answer = registry.send("POST", "registered-models/create", json=body)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")


def test_unknown_fields_are_ignored(registry: RawRegistry, name: str) -> None:
    answer = registry.post("registered-models/create", name=name, colour="red", user_id="somebody")
    assert answer.json()["registered_model"].keys() == {"name", "creation_timestamp", "last_updated_timestamp"}


def test_null_is_the_same_as_nothing(registry: RawRegistry, name: str) -> None:
    answer = registry.post("registered-models/create", name=name, description=None, tags=None)
    assert answer.json()["registered_model"].keys() == {"name", "creation_timestamp", "last_updated_timestamp"}


def test_optional_fields_may_be_written_in_camel_case(registry: RawRegistry, model: RegisteredModel) -> None:
    body = {"name": model.name, "source": "s3://bucket/path", "runId": "a run", "runLink": "a link"}
    created = registry.post("model-versions/create", **body).json()["model_version"]
    assert (created["run_id"], created["run_link"]) == ("a run", "a link")


@pytest.mark.improves_on_mlflow
def test_required_fields_may_be_written_in_camel_case_too(registry: RawRegistry, model: RegisteredModel) -> None:
    """MLflow reads them and then says that they are missing."""
    answer = registry.post("registered-models/rename", name=model.name, newName=f"{model.name}-new")
    assert answer.json()["registered_model"]["name"] == f"{model.name}-new"


def test_one_field_may_not_be_written_in_two_ways(registry: RawRegistry, model: RegisteredModel) -> None:
    body = {"name": model.name, "source": "s3://bucket/path", "runId": "one", "run_id": "two"}
    answer = registry.post("model-versions/create", **body)
    words = "Request specifies both 'run_id' and 'runId'; provide only one of them."
    assert is_error(answer, 400, "INVALID_PARAMETER_VALUE", words)


@pytest.mark.parametrize(
    ("value", "told", "kind"),
    [
        (5, "5", "int"),
        (1.5, "1.5", "float"),
        (True, "true", "bool"),
        (["x"], '["x"]', "list"),
        ({"a": 1, "b": "c"}, '{"a":1,"b":"c"}', "dict"),
    ],
)
def test_a_value_of_a_wrong_type_is_told_with_its_type(registry: RawRegistry, value: Any, told: str, kind: str) -> None:
    answer = registry.post("registered-models/create", name=value)
    words = (
        f"Invalid value {told} for parameter 'name' supplied:  Hint: Value was of type '{kind}'. "
        "See the API docs for more information about request parameters."
    )
    assert is_error(answer, 400, "INVALID_PARAMETER_VALUE", words)


def test_a_version_in_a_body_is_text(registry: RawRegistry, version: ModelVersion) -> None:
    answer = registry.patch("model-versions/update", name=version.name, version=1, description="new")
    words = "Invalid value 1 for parameter 'version' supplied:  Hint: Value was of type 'int'."
    assert answer.status_code == 400
    assert answer.json()["message"].startswith(words)


@pytest.mark.improves_on_mlflow
@pytest.mark.parametrize(("flag", "left"), [("true", "Archived"), ("TRUE", "Archived"), ("FALSE", "Production")])
def test_a_boolean_may_be_sent_as_text(
    registry: RawRegistry, new_version: Callable[..., ModelVersion], flag: str, left: str
) -> None:
    """MLflow refuses it, though its own client for R sends it."""
    name = new_version().name
    new_version()
    transition = {"name": name, "stage": "Production"}
    registry.post("model-versions/transition-stage", version="1", **transition)
    answer = registry.post("model-versions/transition-stage", version="2", archive_existing_versions=flag, **transition)
    assert answer.json()["model_version"]["current_stage"] == "Production"
    first = registry.get("model-versions/get", name=name, version="1").json()["model_version"]
    assert first["current_stage"] == left


def test_the_query_of_a_delete_is_not_read(registry: RawRegistry, model: RegisteredModel) -> None:
    answer = registry.send("DELETE", "registered-models/delete", params={"name": model.name})
    assert is_error(answer, 400, "INVALID_PARAMETER_VALUE", MISSING_NAME)


def test_the_body_of_a_get_is_read_when_there_is_no_query(registry: RawRegistry, model: RegisteredModel) -> None:
    answer = registry.send("GET", "registered-models/get", json={"name": model.name})
    assert answer.json()["registered_model"]["name"] == model.name


def test_the_body_of_a_get_is_not_read_when_there_is_a_query(registry: RawRegistry, model: RegisteredModel) -> None:
    answer = registry.send("GET", "registered-models/get", params={"other": "1"}, json={"name": model.name})
    assert is_error(answer, 400, "INVALID_PARAMETER_VALUE", MISSING_NAME)


def test_lists_in_a_query_are_repeated_keys(
    registry: RawRegistry, client: MlflowClient, new_version: Callable[..., ModelVersion]
) -> None:
    name = new_version().name
    new_version()
    client.transition_model_version_stage(name, "1", "Staging")
    path, stages = "registered-models/get-latest-versions", ["Staging", "None"]
    assert len(registry.get(path, name=name, stages=stages).json()["model_versions"]) == 2
    assert registry.get(path, name=name, stages="Staging,None").status_code == 400


def test_of_a_repeated_key_that_is_no_list_the_first_counts(registry: RawRegistry, model: RegisteredModel) -> None:
    answer = registry.get("registered-models/get", name=[model.name, "other"])
    assert answer.json()["registered_model"]["name"] == model.name


def test_the_value_of_a_tag_may_be_left_out(registry: RawRegistry, model: RegisteredModel) -> None:
    assert registry.post("registered-models/set-tag", name=model.name, key="team").json() == {}
    tags = registry.get("registered-models/get", name=model.name).json()["registered_model"]["tags"]
    assert tags == [{"key": "team", "value": ""}]


def test_the_last_of_two_tags_with_one_key_counts(registry: RawRegistry, name: str) -> None:
    tags = [{"key": "team", "value": "wine"}, {"key": "team", "value": "beer"}]
    created = registry.post("registered-models/create", name=name, tags=tags).json()["registered_model"]
    assert created["tags"] == [{"key": "team", "value": "beer"}]


# --- answers


def test_answers_are_json(registry: RawRegistry, model: RegisteredModel) -> None:
    answer = registry.get("registered-models/get", name=model.name)
    assert answer.headers["Content-Type"].split(";")[0] == "application/json"


@pytest.mark.parametrize("path", ["registered-models/search", "model-versions/search"])
def test_a_search_that_finds_nothing_answers_an_empty_object(registry: RawRegistry, name: str, path: str) -> None:
    assert registry.get(path, filter=f"name = '{name}'").json() == {}


def test_a_model_without_versions_has_an_empty_object_of_latest_ones(
    registry: RawRegistry, model: RegisteredModel
) -> None:
    assert registry.post("registered-models/get-latest-versions", name=model.name).json() == {}


def test_a_bare_model_has_three_fields(registry: RawRegistry, name: str) -> None:
    created = registry.post("registered-models/create", name=name).json()["registered_model"]
    assert list(created) == ["name", "creation_timestamp", "last_updated_timestamp"]


def test_a_full_model_has_its_fields_in_order(
    registry: RawRegistry, client: MlflowClient, version: ModelVersion
) -> None:
    client.update_registered_model(version.name, "good")
    client.set_registered_model_tag(version.name, "team", "wine")
    client.set_registered_model_alias(version.name, "champion", "1")
    model = registry.get("registered-models/get", name=version.name).json()["registered_model"]
    assert list(model) == [
        "name",
        "creation_timestamp",
        "last_updated_timestamp",
        "description",
        "latest_versions",
        "tags",
        "aliases",
    ]
    assert model["tags"] == [{"key": "team", "value": "wine"}]
    assert model["aliases"] == [{"alias": "champion", "version": "1"}]


def test_a_bare_version_has_empty_text_for_what_it_was_not_given(registry: RawRegistry, model: RegisteredModel) -> None:
    answer = registry.post("model-versions/create", name=model.name, source="s3://bucket/path")
    created = answer.json()["model_version"]
    times = created["creation_timestamp"], created["last_updated_timestamp"]
    assert list(created.items()) == [
        ("name", model.name),
        ("version", "1"),
        ("creation_timestamp", times[0]),
        ("last_updated_timestamp", times[1]),
        ("current_stage", "None"),
        ("description", ""),
        ("source", "s3://bucket/path"),
        ("run_id", ""),
        ("status", "READY"),
        ("run_link", ""),
    ]


def test_times_are_numbers_and_versions_are_text(registry: RawRegistry, version: ModelVersion) -> None:
    read = registry.get("model-versions/get", name=version.name, version="1").json()["model_version"]
    assert (type(read["creation_timestamp"]), type(read["last_updated_timestamp"]), read["version"]) == (int, int, "1")


def test_a_description_that_was_cleared_is_left_out_of_a_model(registry: RawRegistry, name: str) -> None:
    registry.post("registered-models/create", name=name, description="old")
    assert "description" not in registry.patch("registered-models/update", name=name).json()["registered_model"]


def test_a_description_that_was_cleared_is_left_out_of_a_version(
    registry: RawRegistry, new_version: Callable[..., ModelVersion]
) -> None:
    name = new_version(description="old").name
    cleared = registry.patch("model-versions/update", name=name, version="1").json()["model_version"]
    emptied = registry.patch("model-versions/update", name=name, version="1", description="").json()["model_version"]
    assert ("description" in cleared, emptied.get("description")) == (False, "")


def test_aliases_are_in_answers_about_one_version_and_about_latest_ones_alone(
    registry: RawRegistry, client: MlflowClient, version: ModelVersion
) -> None:
    client.set_registered_model_alias(version.name, "champion", "1")
    of_version = {"name": version.name, "version": "1"}
    by_alias = registry.get("registered-models/alias", name=version.name, alias="champion").json()
    read = registry.get("model-versions/get", **of_version).json()
    [latest] = registry.get("registered-models/get-latest-versions", name=version.name).json()["model_versions"]
    [found] = registry.get("model-versions/search", filter=f"name = '{version.name}'").json()["model_versions"]
    [shown] = registry.get("registered-models/get", name=version.name).json()["registered_model"]["latest_versions"]
    for single in (by_alias["model_version"], read["model_version"], latest):
        assert single["aliases"] == ["champion"]
    assert ("aliases" in found, "aliases" in shown) == (False, False)


def test_changes_that_have_nothing_to_tell_answer_an_empty_object(registry: RawRegistry, version: ModelVersion) -> None:
    name = version.name
    for answer in (
        registry.post("registered-models/set-tag", name=name, key="k", value="v"),
        registry.delete("registered-models/delete-tag", name=name, key="k"),
        registry.post("registered-models/alias", name=name, alias="a", version="1"),
        registry.delete("registered-models/alias", name=name, alias="a"),
        registry.post("model-versions/set-tag", name=name, version="1", key="k", value="v"),
        registry.delete("model-versions/delete-tag", name=name, version="1", key="k"),
        registry.delete("model-versions/delete", name=name, version="1"),
        registry.delete("registered-models/delete", name=name),
    ):
        assert (answer.status_code, answer.json()) == (200, {})


def test_a_page_token_comes_with_every_page_but_the_last(
    registry: RawRegistry, new_version: Callable[..., ModelVersion]
) -> None:
    name = new_version().name
    new_version()
    search = {"filter": f"name = '{name}'", "max_results": 1}
    first = registry.get("model-versions/search", **search).json()
    second = registry.get("model-versions/search", **search, page_token=first["next_page_token"]).json()
    assert [one["version"] for one in first["model_versions"] + second["model_versions"]] == ["2", "1"]
    assert "next_page_token" not in second


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        ("registered-models/get", {"name": "a/b"}, (400, "INVALID_PARAMETER_VALUE", "INVALID_PARAMETER_VALUE")),
        ("registered-models/get", {"name": "not there"}, (404, "RESOURCE_DOES_NOT_EXIST", "RESOURCE_NOT_FOUND")),
    ],
)
def test_errors_have_a_code_words_a_state_and_a_class(
    registry: RawRegistry, path: str, query: dict[str, str], expected: tuple[int, str, str]
) -> None:
    answer = registry.get(path, **query)
    body = answer.json()
    assert body.keys() == {"error_code", "message", "sqlstate", "error_class"}
    assert (answer.status_code, body["error_code"], body["error_class"]) == expected
    assert body["sqlstate"] == "KAM00"


def test_a_taken_name_is_a_400(registry: RawRegistry, model: RegisteredModel) -> None:
    answer = registry.post("registered-models/create", name=model.name)
    words = f"Registered Model (name={model.name}) already exists."
    assert is_error(answer, 400, "RESOURCE_ALREADY_EXISTS", words)


# --- beside the registry


def test_the_server_tells_that_it_is_well(registry: RawRegistry) -> None:
    answer = registry.send("GET", "health", "/")
    assert (answer.status_code, answer.text) == (200, "OK")


def test_the_server_tells_its_version(registry: RawRegistry) -> None:
    answer = registry.send("GET", "version", "/")
    assert (answer.status_code, answer.text != "") == (200, True)


@pytest.mark.parametrize("prefix", ["/api/3.0/mlflow/", "/ajax-api/3.0/mlflow/"])
def test_the_server_tells_that_it_has_no_workspaces(registry: RawRegistry, prefix: str) -> None:
    answer = registry.send("GET", "server-info", prefix)
    assert answer.status_code == 200
    assert answer.json()["workspaces_enabled"] is False


WORKSPACES_ARE_OFF = "Workspace APIs are not available: workspaces are not enabled on this server"


def test_a_workspace_is_refused(registry: RawRegistry) -> None:
    answer = registry.send("GET", "registered-models/search", headers={"X-MLFLOW-WORKSPACE": "lab"})
    assert (answer.json()["error_code"], answer.json()["message"]) == ("FEATURE_DISABLED", WORKSPACES_ARE_OFF)


@pytest.mark.improves_on_mlflow
def test_a_workspace_is_refused_as_a_mistake_of_the_client(registry: RawRegistry) -> None:
    """MLflow answers 500, which its Python client repeats and then hides."""
    answer = registry.send("GET", "registered-models/search", headers={"X-MLFLOW-WORKSPACE": "lab"})
    assert is_error(answer, 400, "FEATURE_DISABLED", WORKSPACES_ARE_OFF)


def test_an_empty_workspace_is_none(registry: RawRegistry, model: RegisteredModel) -> None:
    answer = registry.send(
        "GET", "registered-models/get", params={"name": model.name}, headers={"X-MLFLOW-WORKSPACE": ""}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("header", ["X-Content-Type-Options", "X-Frame-Options"])
def test_answers_carry_headers_that_protect_browsers(registry: RawRegistry, header: str) -> None:
    expected = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "SAMEORIGIN"}
    assert registry.get("registered-models/search", max_results="1").headers[header] == expected[header]


def test_changes_asked_by_pages_of_other_sites_are_refused(registry: RawRegistry, name: str) -> None:
    answer = registry.send(
        "POST", "registered-models/create", json={"name": name}, headers={"Origin": "https://elsewhere.example"}
    )
    assert answer.status_code == 403


def test_requests_for_other_hosts_are_refused(registry: RawRegistry) -> None:
    answer = registry.send("GET", "registered-models/search", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 403
