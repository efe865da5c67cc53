"""Searches for registered models."""

from collections.abc import Callable

import mlflow
import pytest
from mlflow import MlflowClient

from raw_registry import wait_for_the_next_millisecond

ZOO = {
    "ant": {"legs": "6", "team": "small"},
    "bee": {"legs": "6", "team": "Small", "eats-what": "honey"},
    "Cat": {"legs": "4", "mlflow.note": "soft"},
    "dog": {"legs": "4", "team": "large", "said": "it's me"},
    "eel": {},
}


@pytest.fixture(scope="module")
def zoo(client: MlflowClient, new_zoo: str) -> str:
    """What the names of the animals begin with."""
    for animal, tags in ZOO.items():
        client.create_registered_model(f"{new_zoo}{animal}", tags=tags)
        wait_for_the_next_millisecond()
    for animal in ("bee", "ant"):
        client.create_model_version(f"{new_zoo}{animal}", "s3://bucket/path")
        wait_for_the_next_millisecond()
    client.set_registered_model_alias(f"{new_zoo}ant", "champion", "1")
    client.set_model_version_tag(f"{new_zoo}ant", "1", "team", "hidden")
    return new_zoo


@pytest.fixture
def found(client: MlflowClient, zoo: str) -> Callable[..., list[str]]:
    """The animals found by a filter, in order."""

    def search(clause: str = "", **more: object) -> list[str]:
        clauses = [f"name LIKE '{zoo}%'", *([clause.replace("zoo-", zoo)] if clause else [])]
        models = client.search_registered_models(filter_string=" AND ".join(clauses), **more)
        return [model.name.removeprefix(zoo) for model in models]

    return search


@pytest.mark.parametrize(
    ("clause", "animals"),
    [
        ("name = 'zoo-ant'", ["ant"]),
        ("name = 'zoo-ANT'", []),
        ('name = "zoo-ant"', ["ant"]),
        ("name != 'zoo-ant'", ["Cat", "bee", "dog", "eel"]),
        ("attribute.name = 'zoo-ant'", ["ant"]),
        ("name LIKE 'zoo-%e%'", ["bee", "eel"]),
        ("name LIKE 'zoo-_at'", ["Cat"]),
        ("name LIKE 'zoo-C%'", ["Cat"]),
        ("name LIKE 'zoo-c%'", []),
        ("name ILIKE '%CAT'", ["Cat"]),
        ("name ilike '%cat'", ["Cat"]),
        ("name IN ('zoo-ant', 'zoo-dog')", ["ant", "dog"]),
        ("name NOT IN ('zoo-ant', 'zoo-dog')", ["Cat", "bee", "eel"]),
        ("name LIKE 'zoo-%e%' AND name LIKE '%l'", ["eel"]),
        ("name LIKE 'zoo-%e%' and name != 'zoo-eel'", ["bee"]),
        ("name LIKE 'zoo-%e%' name != 'zoo-eel'", ["bee"]),
    ],
)
def test_models_are_found_by_name(found: Callable[..., list[str]], clause: str, animals: list[str]) -> None:
    assert found(clause) == animals


@pytest.mark.parametrize(
    ("clause", "animals"),
    [
        ("tags.legs = '6'", ["ant", "bee"]),
        ("tag.legs = '6'", ["ant", "bee"]),
        ("tags.team = 'small'", ["ant"]),
        ("tags.team LIKE 'small'", ["ant"]),
        ("tags.team ILIKE 'small'", ["ant", "bee"]),
        ("tags.team LIKE '%r%'", ["dog"]),
        ("tags.legs = '6' AND tags.team = 'Small'", ["bee"]),
        ("tags.legs = '6' AND tags.legs = '4'", []),
        ("tags.`eats-what` = 'honey'", ["bee"]),
        ("tags.\"eats-what\" = 'honey'", ["bee"]),
        ("tags.mlflow.note = 'soft'", ["Cat"]),
        ("tags.`mlflow.note` = 'soft'", ["Cat"]),
        ('tags.said = "it\'s me"', ["dog"]),
        ("tags.team = 'hidden'", []),
        ("tags.unknown = 'x'", []),
    ],
)
def test_models_are_found_by_their_own_tags(found: Callable[..., list[str]], clause: str, animals: list[str]) -> None:
    assert found(clause) == animals


def test_a_tag_unlike_something_must_be_there(found: Callable[..., list[str]]) -> None:
    assert found("tags.team != 'small'") == ["bee", "dog"]


@pytest.mark.parametrize(
    ("order", "animals"),
    [
        ([], ["Cat", "ant", "bee", "dog", "eel"]),
        (["name"], ["Cat", "ant", "bee", "dog", "eel"]),
        (["name ASC"], ["Cat", "ant", "bee", "dog", "eel"]),
        (["name desc"], ["eel", "dog", "bee", "ant", "Cat"]),
        (["timestamp"], ["Cat", "dog", "eel", "bee", "ant"]),
        (["timestamp DESC"], ["ant", "bee", "eel", "dog", "Cat"]),
        (["last_updated_timestamp ASC"], ["Cat", "dog", "eel", "bee", "ant"]),
        (["last_updated_timestamp DESC", "name"], ["ant", "bee", "eel", "dog", "Cat"]),
    ],
)
def test_models_come_in_the_order_asked_for(
    found: Callable[..., list[str]], order: list[str], animals: list[str]
) -> None:
    assert found(order_by=order) == animals


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6])
def test_pages_together_hold_every_model_once(client: MlflowClient, zoo: str, size: int) -> None:
    names: list[str] = []
    token = None
    while True:
        page = client.search_registered_models(f"name LIKE '{zoo}%'", size, page_token=token)
        assert len(page) <= size
        names += [model.name for model in page]
        token = page.token
        if not token:
            break
    assert names == [f"{zoo}{animal}" for animal in ("Cat", "ant", "bee", "dog", "eel")]


def test_the_last_page_has_no_token(client: MlflowClient, zoo: str) -> None:
    assert not client.search_registered_models(f"name LIKE '{zoo}%'", 5).token


def test_found_models_show_their_tags_aliases_and_latest_versions(client: MlflowClient, zoo: str) -> None:
    [ant] = client.search_registered_models(f"name = '{zoo}ant'")
    assert dict(ant) == dict(client.get_registered_model(f"{zoo}ant"))


def test_the_fluent_function_finds_the_same(zoo: str) -> None:
    found = mlflow.search_registered_models(filter_string=f"name LIKE '{zoo}%'", order_by=["name DESC"], max_results=2)
    assert [model.name for model in found] == [f"{zoo}eel", f"{zoo}dog"]


def test_renamed_and_deleted_models_are_found_as_they_are_now(
    client: MlflowClient, new_name: Callable[[], str]
) -> None:
    old, new, gone = new_name(), new_name(), new_name()
    client.create_registered_model(old)
    client.create_registered_model(gone)
    client.rename_registered_model(old, new)
    client.delete_registered_model(gone)
    assert [model.name for model in client.search_registered_models(f"name LIKE '{old[:-2]}%'")] == [new]
