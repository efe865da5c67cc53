"""Registered models: create, read, update, rename, delete."""

from collections.abc import Callable

import pytest
from mlflow import MlflowClient
from mlflow.entities.model_registry import ModelVersion, RegisteredModel
from mlflow.exceptions import MlflowException

from raw_registry import wait_for_the_next_millisecond


def test_a_created_model_has_what_it_was_given(client: MlflowClient, name: str) -> None:
    created = client.create_registered_model(name, tags={"team": "wine", "cost": "low"}, description="Red and white")
    assert (created.name, created.description, created.tags) == (
        name,
        "Red and white",
        {"team": "wine", "cost": "low"},
    )


def test_a_created_model_was_last_updated_when_it_was_created(model: RegisteredModel) -> None:
    assert model.last_updated_timestamp == model.creation_timestamp > 0


def test_a_model_created_with_its_name_alone_has_nothing_else(model: RegisteredModel) -> None:
    assert (model.description, model.tags, model.aliases, model.latest_versions) == ("", {}, {}, [])


def test_a_created_model_can_be_read(client: MlflowClient, name: str) -> None:
    created = client.create_registered_model(name, tags={"team": "wine"}, description="Red and white")
    assert dict(client.get_registered_model(name)) == dict(created)


def test_tag_values_are_turned_into_text(client: MlflowClient, name: str) -> None:
    assert client.create_registered_model(name, tags={"count": 3}).tags == {"count": "3"}


@pytest.mark.parametrize(
    "odd",
    [
        "Wine Quality",
        " blank in front",
        "blank behind ",
        "naïve 模型 😀",
        'it\'s "quoted" `thrice`',
        "100% #1? a=b&c=d+e;f",
        ".hidden",
        "dots...",
        "back\\slash",
        "at@sign",
        "two\nlines",
    ],
)
def test_names_may_hold_any_letters_but_slash_and_colon(
    client: MlflowClient, new_name: Callable[[], str], odd: str
) -> None:
    name = f"{odd}{new_name()}" if not odd.endswith((" ", ".")) else f"{new_name()}{odd}"
    client.create_registered_model(name)
    client.create_model_version(name, "s3://bucket/path")
    client.set_registered_model_alias(name, "champion", "1")
    assert client.get_registered_model(name).name == name
    assert client.get_model_version_by_alias(name, "champion").name == name


def test_names_that_differ_in_case_are_different_names(client: MlflowClient, name: str) -> None:
    client.create_registered_model(name)
    client.create_registered_model(name.upper())
    assert client.get_registered_model(name.upper()).name == name.upper()


def test_names_that_look_alike_but_are_composed_differently_are_different_names(
    client: MlflowClient, name: str
) -> None:
    composed, decomposed = f"{name}\u00e9", f"{name}e\u0301"
    client.create_registered_model(composed)
    client.create_registered_model(decomposed)
    assert client.get_registered_model(decomposed).name == decomposed


def test_an_update_changes_the_description(client: MlflowClient, model: RegisteredModel) -> None:
    assert client.update_registered_model(model.name, "new").description == "new"
    assert client.get_registered_model(model.name).description == "new"


def test_an_update_without_description_clears_it(client: MlflowClient, name: str) -> None:
    client.create_registered_model(name, description="old")
    client.update_registered_model(name, "")
    assert client.get_registered_model(name).description == ""


def test_an_update_leaves_the_tags(client: MlflowClient, name: str) -> None:
    client.create_registered_model(name, tags={"team": "wine"})
    assert client.update_registered_model(name, "new").tags == {"team": "wine"}


def test_an_update_is_seen_in_the_time_of_the_last_update(client: MlflowClient, model: RegisteredModel) -> None:
    wait_for_the_next_millisecond()
    updated = client.update_registered_model(model.name, "new")
    assert updated.creation_timestamp == model.creation_timestamp
    assert updated.last_updated_timestamp > model.last_updated_timestamp


def test_a_new_version_is_seen_in_the_models_time_of_the_last_update(
    client: MlflowClient, model: RegisteredModel, new_version: Callable[..., ModelVersion]
) -> None:
    wait_for_the_next_millisecond()
    version = new_version()
    assert client.get_registered_model(model.name).last_updated_timestamp == version.creation_timestamp


def test_a_model_shows_the_latest_version_of_each_stage(
    client: MlflowClient, model: RegisteredModel, new_version: Callable[..., ModelVersion]
) -> None:
    for _ in range(4):
        new_version()
    client.transition_model_version_stage(model.name, "1", "Production")
    client.transition_model_version_stage(model.name, "2", "Production")
    shown = client.get_registered_model(model.name).latest_versions
    assert {version.current_stage: version.version for version in shown} == {"Production": "2", "None": "4"}


def test_a_model_shows_its_aliases(client: MlflowClient, version: ModelVersion) -> None:
    client.set_registered_model_alias(version.name, "champion", version.version)
    assert client.get_registered_model(version.name).aliases == {"champion": "1"}


def test_a_renamed_model_is_found_under_the_new_name_alone(
    client: MlflowClient, model: RegisteredModel, new_name: Callable[[], str]
) -> None:
    client.rename_registered_model(model.name, new := new_name())
    assert client.get_registered_model(new).name == new
    with pytest.raises(MlflowException, match=f"Registered Model with name={model.name} not found"):
        client.get_registered_model(model.name)


def test_versions_tags_and_aliases_follow_a_rename(
    client: MlflowClient, version: ModelVersion, new_name: Callable[[], str]
) -> None:
    client.set_registered_model_tag(version.name, "team", "wine")
    client.set_model_version_tag(version.name, "1", "kind", "tree")
    client.set_registered_model_alias(version.name, "champion", "1")
    client.rename_registered_model(version.name, new := new_name())
    model, followed = client.get_registered_model(new), client.get_model_version(new, "1")
    assert (model.tags, model.aliases) == ({"team": "wine"}, {"champion": "1"})
    assert (followed.name, followed.tags, followed.aliases) == (new, {"kind": "tree"}, ["champion"])


def test_a_rename_is_seen_in_the_times_of_the_model_and_of_every_version(
    client: MlflowClient, model: RegisteredModel, new_version: Callable[..., ModelVersion], new_name: Callable[[], str]
) -> None:
    new_version()
    new_version()
    wait_for_the_next_millisecond()
    client.rename_registered_model(model.name, new := new_name())
    renamed = client.get_registered_model(new)
    times = {client.get_model_version(new, number).last_updated_timestamp for number in ("1", "2")}
    assert times == {renamed.last_updated_timestamp}
    assert renamed.last_updated_timestamp > renamed.creation_timestamp


def test_a_model_may_be_renamed_to_the_name_it_has(client: MlflowClient, model: RegisteredModel) -> None:
    client.rename_registered_model(model.name, model.name)
    assert client.get_registered_model(model.name).name == model.name


def test_a_name_left_by_a_rename_is_free(
    client: MlflowClient, version: ModelVersion, new_name: Callable[[], str]
) -> None:
    client.rename_registered_model(version.name, new_name())
    client.create_registered_model(version.name)
    assert client.create_model_version(version.name, "s3://bucket/path").version == "1"


def test_a_deleted_model_is_gone_with_all_its_versions(client: MlflowClient, version: ModelVersion) -> None:
    client.delete_registered_model(version.name)
    with pytest.raises(MlflowException, match="Registered Model with name=.* not found"):
        client.get_registered_model(version.name)
    with pytest.raises(MlflowException, match="Model Version .* not found"):
        client.get_model_version(version.name, "1")
    assert client.search_model_versions(f"name = '{version.name}'") == []


def test_a_model_with_a_version_in_production_may_be_deleted(client: MlflowClient, version: ModelVersion) -> None:
    client.transition_model_version_stage(version.name, "1", "Production")
    client.delete_registered_model(version.name)
    assert client.search_registered_models(f"name = '{version.name}'") == []


def test_a_name_used_again_after_a_delete_begins_anew(client: MlflowClient, version: ModelVersion) -> None:
    name = version.name
    client.set_registered_model_tag(name, "team", "wine")
    client.set_registered_model_alias(name, "champion", "1")
    client.delete_registered_model(name)
    client.create_registered_model(name)
    again = client.get_registered_model(name)
    assert (again.tags, again.aliases, again.latest_versions) == ({}, {}, [])
    assert client.create_model_version(name, "s3://bucket/path").version == "1"
