"""What the client tells when the registry refuses: the code and the words."""

from collections.abc import Callable
from typing import Any

import pytest
from mlflow import MlflowClient
from mlflow.entities.model_registry import ModelVersion, RegisteredModel
from mlflow.exceptions import MlflowException

Ask = Callable[[MlflowClient, str], Any]


def refusal_of(ask: Callable[[], Any]) -> tuple[str, str]:
    """The code and the words of the refusal."""
    with pytest.raises(MlflowException) as refusal:
        ask()
    code = refusal.value.error_code
    return code, refusal.value.message.removeprefix(f"{code}: ")


OF_A_MODEL: dict[str, Ask] = {
    "get": lambda client, name: client.get_registered_model(name),
    "update": lambda client, name: client.update_registered_model(name, "new"),
    "rename": lambda client, name: client.rename_registered_model(name, f"{name}-new"),
    "delete": lambda client, name: client.delete_registered_model(name),
    "latest versions": lambda client, name: client.get_latest_versions(name),
    "set tag": lambda client, name: client.set_registered_model_tag(name, "team", "wine"),
    "delete tag": lambda client, name: client.delete_registered_model_tag(name, "team"),
    "delete alias": lambda client, name: client.delete_registered_model_alias(name, "champion"),
    "get alias": lambda client, name: client.get_model_version_by_alias(name, "champion"),
    "get alias latest": lambda client, name: client.get_model_version_by_alias(name, "latest"),
    "create version": lambda client, name: client.create_model_version(name, "s3://bucket/path"),
}

OF_A_VERSION: dict[str, Ask] = {
    "get": lambda client, name: client.get_model_version(name, "9"),
    "update": lambda client, name: client.update_model_version(name, "9", "new"),
    "delete": lambda client, name: client.delete_model_version(name, "9"),
    "transition": lambda client, name: client.transition_model_version_stage(name, "9", "Staging"),
    "set tag": lambda client, name: client.set_model_version_tag(name, "9", "kind", "tree"),
    "delete tag": lambda client, name: client.delete_model_version_tag(name, "9", "kind"),
    "set alias": lambda client, name: client.set_registered_model_alias(name, "champion", "9"),
    "download": lambda client, name: client.get_model_version_download_uri(name, "9"),
}


@pytest.mark.parametrize("ask", OF_A_MODEL.values(), ids=OF_A_MODEL)
def test_a_model_that_does_not_exist_is_not_found(client: MlflowClient, name: str, ask: Ask) -> None:
    assert refusal_of(lambda: ask(client, name)) == (
        "RESOURCE_DOES_NOT_EXIST",
        f"Registered Model with name={name} not found",
    )


@pytest.mark.parametrize("ask", OF_A_VERSION.values(), ids=OF_A_VERSION)
def test_a_version_that_does_not_exist_is_not_found(client: MlflowClient, model: RegisteredModel, ask: Ask) -> None:
    assert refusal_of(lambda: ask(client, model.name)) == (
        "RESOURCE_DOES_NOT_EXIST",
        f"Model Version (name={model.name}, version=9) not found",
    )


@pytest.mark.parametrize("ask", OF_A_VERSION.values(), ids=OF_A_VERSION)
def test_a_deleted_version_is_not_found(
    client: MlflowClient, new_version: Callable[..., ModelVersion], ask: Ask
) -> None:
    for _ in range(9):
        name = new_version().name
    client.delete_model_version(name, "9")
    assert refusal_of(lambda: ask(client, name)) == (
        "RESOURCE_DOES_NOT_EXIST",
        f"Model Version (name={name}, version=9) not found",
    )


def test_a_version_of_a_model_that_does_not_exist_is_not_found(client: MlflowClient, name: str) -> None:
    assert refusal_of(lambda: client.get_model_version(name, "1")) == (
        "RESOURCE_DOES_NOT_EXIST",
        f"Model Version (name={name}, version=1) not found",
    )


@pytest.mark.parametrize("number", ["abc", "1.0", "1a", "one"])
def test_a_version_must_be_an_integer(client: MlflowClient, model: RegisteredModel, number: str) -> None:
    assert refusal_of(lambda: client.get_model_version(model.name, number)) == (
        "INVALID_PARAMETER_VALUE",
        f"Parameter 'version' must be an integer, got '{number}'.",
    )


@pytest.mark.parametrize("number", [" 1 ", "01", "+1"])
def test_an_integer_may_be_written_in_many_ways(client: MlflowClient, version: ModelVersion, number: str) -> None:
    assert client.get_model_version(version.name, number).version == "1"


def test_a_version_that_is_not_found_is_told_as_the_integer_it_is(client: MlflowClient, model: RegisteredModel) -> None:
    assert refusal_of(lambda: client.get_model_version(model.name, " 07 ")) == (
        "RESOURCE_DOES_NOT_EXIST",
        f"Model Version (name={model.name}, version=7) not found",
    )


def test_a_name_is_taken_once(client: MlflowClient, model: RegisteredModel) -> None:
    assert refusal_of(lambda: client.create_registered_model(model.name)) == (
        "RESOURCE_ALREADY_EXISTS",
        f"Registered Model (name={model.name}) already exists.",
    )


def test_a_taken_name_cannot_be_had_by_a_rename(
    client: MlflowClient, model: RegisteredModel, new_name: Callable[[], str]
) -> None:
    taken = client.create_registered_model(new_name()).name
    code, words = refusal_of(lambda: client.rename_registered_model(model.name, taken))
    assert code == "RESOURCE_ALREADY_EXISTS"
    assert words.startswith(f"Registered Model (name={taken}) already exists.")
    assert client.get_registered_model(model.name).name == model.name


@pytest.mark.parametrize("bad", ["a/b", "a:b", "/", ":"])
def test_names_with_slash_or_colon_are_refused(client: MlflowClient, bad: str) -> None:
    expected = "INVALID_PARAMETER_VALUE", f"Invalid model name '{bad}'. Names cannot contain '/' or ':'."
    assert refusal_of(lambda: client.create_registered_model(bad)) == expected
    assert refusal_of(lambda: client.get_registered_model(bad)) == expected
    assert refusal_of(lambda: client.get_model_version(bad, "1")) == expected


@pytest.mark.parametrize("bad", [".", "..", "...", "..hidden"])
def test_names_that_are_paths_are_refused(client: MlflowClient, bad: str) -> None:
    assert refusal_of(lambda: client.create_registered_model(bad)) == (
        "INVALID_PARAMETER_VALUE",
        f"Invalid value \"{bad}\" for parameter 'name' supplied: Names may be treated as files in certain cases, and "
        f"must not resolve to other names when treated as such. This name would resolve to '{bad}'",
    )


def test_an_empty_name_is_missing(client: MlflowClient) -> None:
    assert refusal_of(lambda: client.create_registered_model("")) == (
        "INVALID_PARAMETER_VALUE",
        "Missing value for required parameter 'name'. See the API docs for more information about request parameters.",
    )


@pytest.mark.parametrize("blank", [" ", "\t\n", "\u00a0"])
def test_a_blank_name_is_missing(client: MlflowClient, blank: str) -> None:
    assert refusal_of(lambda: client.create_registered_model(blank)) == (
        "INVALID_PARAMETER_VALUE",
        "Missing value for required parameter 'name'.",
    )


@pytest.mark.parametrize("bad", ["bogus", "Deleted_Internal", "Production "])
def test_stages_are_four(client: MlflowClient, version: ModelVersion, bad: str) -> None:
    expected = (
        "INVALID_PARAMETER_VALUE",
        f"Invalid Model Version stage: {bad}. Value must be one of None, Staging, Production, Archived.",
    )
    assert refusal_of(lambda: client.transition_model_version_stage(version.name, "1", bad)) == expected
    assert refusal_of(lambda: client.transition_model_version_stage(version.name, "9", bad, True)) == expected
    assert refusal_of(lambda: client.get_latest_versions(version.name, [bad])) == expected


def test_an_alias_that_is_not_there_is_an_invalid_value(client: MlflowClient, version: ModelVersion) -> None:
    assert refusal_of(lambda: client.get_model_version_by_alias(version.name, "champion")) == (
        "INVALID_PARAMETER_VALUE",
        "Registered model alias champion not found.",
    )


def test_without_versions_there_is_no_latest(client: MlflowClient, model: RegisteredModel) -> None:
    assert refusal_of(lambda: client.get_model_version_by_alias(model.name, "latest")) == (
        "RESOURCE_DOES_NOT_EXIST",
        f"Latest version not found for model {model.name}.",
    )


MODEL_FILTERS = {
    "garbage": "Invalid clause(s) in filter string: garbage",
    "name =": "Invalid clause(s) in filter string: name, =",
    "name = 'x' OR name = 'y'": "Invalid clause(s) in filter string: OR",
    "(name = 'x')": "Invalid clause(s) in filter string: (name = 'x')",
    "name = 'x'; name = 'y'": "Search filter contained multiple expression",
    "name = wine": "Parameter value is either not quoted or unidentified quote types used for string value wine. "
    "Use either single or double quotes.",
    "name = 5": "Expected a quoted string value or a list of quoted string values for attributes. Got value 5",
    "name > 'a'": "Invalid comparator for attribute: >",
    "tags.team > 'a'": "Invalid comparator for tag: >",
    "tags.team = 5": "Expected a quoted string value for tag (e.g. 'my-value'). Got value 5",
    "tags.team IN ('a')": "Expected a quoted string value for tag (e.g. 'my-value'). Got value ('a')",
    "tags.key-dash = 'a'": "Invalid comparison clause. Expected 'Identifier' found 'tags.key-dash'",
    "foo.bar = 'x'": "Invalid entity type 'foo'. Valid entity types are ('attribute', 'tag', 'tags')",
    "run_id = 'x'": "Invalid attribute key 'run_id' specified. Valid keys are '{'name'}'",
    "'x' = name": "Invalid comparison clause. Expected 'Identifier' found ''x''",
    "name IN ()": "While parsing a list in the query, expected a non-empty list of string values, but got empty list",
    "name IN (1, 2)": "While parsing a list in the query, expected string value, punctuation, or whitespace, "
    "but got different type in list: (1, 2)",
}

VERSION_FILTERS = {
    "garbage": "Invalid clause(s) in filter string: garbage",
    "  ": "Invalid filter '  '. Could not be parsed.",
    "version = '1'": "Invalid clause(s) in filter string: version, =, '1'",
    "stage = 'Production'": "Invalid attribute key 'stage' specified. Valid keys are '{",
    "name = 5": "attributes support comparison with numeric values.",
    "source_path IN ('x')": "Only ['name', 'run_id'] attributes support comparison with a list of quoted string values",
    "version_number LIKE '1'": "Invalid comparator for attribute version_number: LIKE",
    "version_number = 'x'": "Invalid value for numeric attribute 'version_number': 'x'",
    "version_number > 1.5": "Invalid value for numeric attribute 'version_number': 1.5",
    "run_id > 'x'": "Invalid comparator for attribute: >",
    "run_id IN ()": "While parsing a list in the query, expected a non-empty list of string values, but got empty list",
}


@pytest.mark.parametrize(("clause", "words"), MODEL_FILTERS.items(), ids=MODEL_FILTERS)
def test_bad_filters_for_models_are_explained(client: MlflowClient, clause: str, words: str) -> None:
    code, told = refusal_of(lambda: client.search_registered_models(clause))
    assert (code, words in told) == ("INVALID_PARAMETER_VALUE", True), told


@pytest.mark.parametrize(("clause", "words"), VERSION_FILTERS.items(), ids=VERSION_FILTERS)
def test_bad_filters_for_versions_are_explained(client: MlflowClient, clause: str, words: str) -> None:
    code, told = refusal_of(lambda: client.search_model_versions(clause))
    assert (code, words in told) == ("INVALID_PARAMETER_VALUE", True), told


@pytest.mark.improves_on_mlflow
@pytest.mark.parametrize("clause", ["name IS NULL", "tags.team IS NOT NULL", "name IN (wine)"])
def test_filters_that_are_beyond_the_language_are_refused(client: MlflowClient, clause: str) -> None:
    """MLflow answers such filters with 500 and a page of HTML."""
    assert refusal_of(lambda: client.search_registered_models(clause))[0] == "INVALID_PARAMETER_VALUE"
    assert refusal_of(lambda: client.search_model_versions(clause))[0] == "INVALID_PARAMETER_VALUE"


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("bogus", "Invalid order by key 'bogus' specified. Valid keys are '{"),
        ("creation_timestamp", "Invalid order by key 'creation_timestamp' specified. Valid keys are '{"),
        ("name foo", "Invalid ordering key in order_by clause 'name foo'."),
        ("name, timestamp", "Invalid order_by clause 'name, timestamp'. Could not be parsed."),
        ("", "Invalid order_by clause ''. Could not be parsed."),
        ("TIMESTAMP", "Invalid order_by clause 'TIMESTAMP'. Could not be parsed."),
    ],
)
def test_bad_orders_of_models_are_explained(client: MlflowClient, order: str, words: str) -> None:
    code, told = refusal_of(lambda: client.search_registered_models(order_by=[order]))
    assert (code, words in told) == ("INVALID_PARAMETER_VALUE", True), told


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("bogus", "Invalid attribute key 'bogus' specified. Valid keys are '{"),
        ("timestamp", "Invalid attribute key 'timestamp' specified. Valid keys are '{"),
        ("tags.kind", "Invalid order by key 'kind' specified. Valid keys are {"),
        ("version", "Invalid order_by clause 'version'. Could not be parsed."),
        ("name foo", "Invalid ordering key in order_by clause 'name foo'."),
    ],
)
def test_bad_orders_of_versions_are_explained(client: MlflowClient, order: str, words: str) -> None:
    code, told = refusal_of(lambda: client.search_model_versions(order_by=[order]))
    assert (code, words in told) == ("INVALID_PARAMETER_VALUE", True), told


@pytest.mark.improves_on_mlflow
@pytest.mark.parametrize("orders", [["name", "name DESC"], ["timestamp", "last_updated_timestamp"]])
def test_ordering_twice_by_one_field_is_refused(client: MlflowClient, orders: list[str]) -> None:
    """MLflow answers 500 with the same words, which its Python client repeats and then hides."""
    assert refusal_of(lambda: client.search_registered_models(order_by=orders)) == (
        "INVALID_PARAMETER_VALUE",
        f"`order_by` contains duplicate fields: {orders}",
    )


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("evilhax", "Invalid page token, could not base64-decode"),
        ("bm90anNvbg==", "Invalid page token, decoded value=b'notjson'"),
        ("eyJ4IjogMX0=", "Invalid page token, parsed value={'x': 1}"),
        ("eyJvZmZzZXQiOiAieCJ9", "Invalid page token, not stringable x"),
    ],
)
def test_bad_page_tokens_are_explained(client: MlflowClient, token: str, words: str) -> None:
    expected = "INVALID_PARAMETER_VALUE", words
    assert refusal_of(lambda: client.search_registered_models(page_token=token)) == expected
    assert refusal_of(lambda: client.search_model_versions(page_token=token)) == expected


@pytest.mark.parametrize(
    ("ask", "limit"),
    [
        (lambda client, limit: client.search_registered_models(max_results=limit), 1001),
        (lambda client, limit: client.search_model_versions(max_results=limit), 200_001),
    ],
    ids=["models", "versions"],
)
def test_a_page_has_a_greatest_size(client: MlflowClient, ask: Callable[[MlflowClient, int], Any], limit: int) -> None:
    assert refusal_of(lambda: ask(client, limit)) == (
        "INVALID_PARAMETER_VALUE",
        f"Invalid value \"{limit}\" for parameter 'max_results' supplied:  Hint: Value was of type 'str'. "
        "See the API docs for more information about request parameters.",
    )


@pytest.mark.parametrize("limit", [0, -1])
def test_a_page_of_versions_has_at_least_one(client: MlflowClient, limit: int) -> None:
    assert refusal_of(lambda: client.search_model_versions(max_results=limit)) == (
        "INVALID_PARAMETER_VALUE",
        f"Invalid value for max_results. It must be a positive integer, but got {limit}",
    )


def test_a_prompt_text_of_more_than_100000_letters_is_refused(client: MlflowClient, version: ModelVersion) -> None:
    assert refusal_of(lambda: client.set_model_version_tag(version.name, "1", "mlflow.prompt.text", "v" * 100_001)) == (
        "INVALID_PARAMETER_VALUE",
        "Prompt text exceeds max length of 100000 characters.",
    )
