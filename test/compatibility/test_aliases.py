"""Aliases: names of versions that can be moved."""

from collections.abc import Callable

import pytest
from mlflow import MlflowClient
from mlflow.entities.model_registry import ModelVersion
from mlflow.exceptions import MlflowException

from raw_registry import wait_for_the_next_millisecond

NewVersion = Callable[..., ModelVersion]


def test_an_alias_leads_to_its_version(client: MlflowClient, version: ModelVersion) -> None:
    client.set_registered_model_alias(version.name, "champion", "1")
    found = client.get_model_version_by_alias(version.name, "champion")
    assert (found.version, found.aliases) == ("1", ["champion"])


def test_a_version_may_have_many_aliases(client: MlflowClient, version: ModelVersion) -> None:
    for alias in ("champion", "best", "oldest"):
        client.set_registered_model_alias(version.name, alias, "1")
    assert sorted(client.get_model_version(version.name, "1").aliases) == ["best", "champion", "oldest"]


def test_an_alias_set_again_moves(client: MlflowClient, new_version: NewVersion) -> None:
    name = new_version().name
    new_version()
    client.set_registered_model_alias(name, "champion", "1")
    client.set_registered_model_alias(name, "champion", "2")
    assert client.get_model_version_by_alias(name, "champion").version == "2"
    assert client.get_model_version(name, "1").aliases == []
    assert client.get_registered_model(name).aliases == {"champion": "2"}


def test_a_deleted_alias_is_gone(client: MlflowClient, version: ModelVersion) -> None:
    client.set_registered_model_alias(version.name, "champion", "1")
    client.delete_registered_model_alias(version.name, "champion")
    assert client.get_registered_model(version.name).aliases == {}


def test_an_alias_that_is_not_there_can_be_deleted(client: MlflowClient, version: ModelVersion) -> None:
    client.delete_registered_model_alias(version.name, "champion")
    assert client.get_registered_model(version.name).aliases == {}


def test_an_alias_may_be_set_to_where_it_is(client: MlflowClient, version: ModelVersion) -> None:
    client.set_registered_model_alias(version.name, "champion", "1")
    client.set_registered_model_alias(version.name, "champion", "1")
    assert client.get_registered_model(version.name).aliases == {"champion": "1"}


def test_aliases_that_differ_in_case_are_different(client: MlflowClient, new_version: NewVersion) -> None:
    name = new_version().name
    new_version()
    client.set_registered_model_alias(name, "champion", "1")
    client.set_registered_model_alias(name, "Champion", "2")
    assert client.get_registered_model(name).aliases == {"champion": "1", "Champion": "2"}


@pytest.mark.parametrize(
    "alias", ["a-b", "a_b", "-", "1", "v1a", "v", "LATEST_ok", "meilleur-modèle", "模型", "a" * 255]
)
def test_aliases_may_hold_letters_digits_underscores_and_dashes(
    client: MlflowClient, version: ModelVersion, alias: str
) -> None:
    client.set_registered_model_alias(version.name, alias, "1")
    assert client.get_model_version_by_alias(version.name, alias).version == "1"


@pytest.mark.parametrize("alias", ["a b", "a.b", "a/b", "a:b", "a@b", " "])
def test_aliases_with_other_signs_are_refused(client: MlflowClient, version: ModelVersion, alias: str) -> None:
    words = f"Invalid alias name: '{alias}'. Names may only contain alphanumerics, underscores"
    with pytest.raises(MlflowException) as refusal:
        client.set_registered_model_alias(version.name, alias, "1")
    assert refusal.value.error_code == "INVALID_PARAMETER_VALUE"
    assert words in refusal.value.message


def test_aliases_of_more_than_255_letters_are_refused(client: MlflowClient, version: ModelVersion) -> None:
    words = "'Registered model alias name' exceeds the maximum length of 255 characters"
    with pytest.raises(MlflowException, match=words):
        client.set_registered_model_alias(version.name, "a" * 256, "1")


@pytest.mark.parametrize("alias", ["latest", "Latest", "LATEST"])
def test_latest_is_reserved(client: MlflowClient, version: ModelVersion, alias: str) -> None:
    with pytest.raises(MlflowException, match=r"'latest' alias name \(case insensitive\) is reserved."):
        client.set_registered_model_alias(version.name, alias, "1")


@pytest.mark.parametrize("alias", ["v1", "V12"])
def test_aliases_that_look_like_versions_are_reserved(client: MlflowClient, version: ModelVersion, alias: str) -> None:
    with pytest.raises(MlflowException, match=f"Version alias name '{alias}' is reserved."):
        client.set_registered_model_alias(version.name, alias, "1")


@pytest.mark.parametrize("alias", ["latest", "LATEST"])
def test_latest_leads_to_the_highest_version_whatever_its_stage(
    client: MlflowClient, new_version: NewVersion, alias: str
) -> None:
    name = new_version().name
    new_version()
    new_version()
    client.transition_model_version_stage(name, "2", "Production")
    client.delete_model_version(name, "3")
    assert client.get_model_version_by_alias(name, alias).version == "2"


def test_aliases_are_not_seen_in_any_time(client: MlflowClient, version: ModelVersion) -> None:
    wait_for_the_next_millisecond()
    client.set_registered_model_alias(version.name, "champion", "1")
    client.delete_registered_model_alias(version.name, "champion")
    assert client.get_registered_model(version.name).last_updated_timestamp == version.creation_timestamp
    assert client.get_model_version(version.name, "1").last_updated_timestamp == version.creation_timestamp
