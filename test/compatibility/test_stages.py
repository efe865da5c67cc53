"""Stages: transitions, archiving, and the latest versions of each stage."""

from collections.abc import Callable

import pytest
from mlflow import MlflowClient
from mlflow.entities.model_registry import ModelVersion, RegisteredModel
from mlflow.exceptions import MlflowException

from raw_registry import RawRegistry, is_error, wait_for_the_next_millisecond

NewVersion = Callable[..., ModelVersion]
STAGES = ["None", "Staging", "Production", "Archived"]


@pytest.fixture
def three_versions(new_version: NewVersion) -> list[ModelVersion]:
    return [new_version() for _ in range(3)]


def stages(client: MlflowClient, name: str) -> dict[str, str]:
    return {one.version: one.current_stage for one in client.search_model_versions(f"name = '{name}'")}


@pytest.mark.parametrize("start", STAGES)
@pytest.mark.parametrize("end", STAGES)
def test_every_stage_may_follow_every_stage(client: MlflowClient, version: ModelVersion, start: str, end: str) -> None:
    client.transition_model_version_stage(version.name, "1", start)
    assert client.transition_model_version_stage(version.name, "1", end).current_stage == end
    assert client.get_model_version(version.name, "1").current_stage == end


@pytest.mark.parametrize(("sent", "stored"), [("staging", "Staging"), ("PRODUCTION", "Production"), ("nOnE", "None")])
def test_stages_are_stored_in_one_spelling(client: MlflowClient, version: ModelVersion, sent: str, stored: str) -> None:
    assert client.transition_model_version_stage(version.name, "1", sent).current_stage == stored


def test_versions_share_a_stage_unless_archiving_is_asked_for(
    client: MlflowClient, model: RegisteredModel, three_versions: list[ModelVersion]
) -> None:
    client.transition_model_version_stage(model.name, "1", "Production")
    client.transition_model_version_stage(model.name, "2", "Production")
    assert stages(client, model.name) == {"1": "Production", "2": "Production", "3": "None"}


@pytest.mark.parametrize("stage", ["Staging", "Production", "production"])
def test_archiving_moves_every_other_version_out_of_the_stage(
    client: MlflowClient, model: RegisteredModel, three_versions: list[ModelVersion], stage: str
) -> None:
    client.transition_model_version_stage(model.name, "1", stage)
    client.transition_model_version_stage(model.name, "2", stage)
    client.transition_model_version_stage(model.name, "3", stage, archive_existing_versions=True)
    assert stages(client, model.name) == {"1": "Archived", "2": "Archived", "3": stage.capitalize()}


def test_archiving_leaves_versions_in_other_stages(
    client: MlflowClient, model: RegisteredModel, three_versions: list[ModelVersion]
) -> None:
    client.transition_model_version_stage(model.name, "1", "Staging")
    client.transition_model_version_stage(model.name, "2", "Production", archive_existing_versions=True)
    assert stages(client, model.name) == {"1": "Staging", "2": "Production", "3": "None"}


def test_archiving_leaves_other_models(
    client: MlflowClient, version: ModelVersion, new_name: Callable[[], str]
) -> None:
    other = client.create_registered_model(new_name()).name
    client.create_model_version(other, "s3://bucket/path")
    client.transition_model_version_stage(other, "1", "Production")
    client.transition_model_version_stage(version.name, "1", "Production", archive_existing_versions=True)
    assert stages(client, other) == {"1": "Production"}


def test_a_version_is_not_archived_by_its_own_transition(client: MlflowClient, version: ModelVersion) -> None:
    client.transition_model_version_stage(version.name, "1", "Production")
    client.transition_model_version_stage(version.name, "1", "Production", archive_existing_versions=True)
    assert stages(client, version.name) == {"1": "Production"}


def test_a_transition_is_seen_in_the_times_of_the_version_and_the_model(
    client: MlflowClient, version: ModelVersion
) -> None:
    wait_for_the_next_millisecond()
    moved = client.transition_model_version_stage(version.name, "1", "Staging")
    assert moved.last_updated_timestamp > version.last_updated_timestamp
    assert client.get_registered_model(version.name).last_updated_timestamp == moved.last_updated_timestamp


def test_an_archived_version_has_the_time_of_the_transition_that_archived_it(
    client: MlflowClient, model: RegisteredModel, three_versions: list[ModelVersion]
) -> None:
    client.transition_model_version_stage(model.name, "1", "Production")
    wait_for_the_next_millisecond()
    moved = client.transition_model_version_stage(model.name, "2", "Production", archive_existing_versions=True)
    assert client.get_model_version(model.name, "1").last_updated_timestamp == moved.last_updated_timestamp


def test_a_transition_to_the_stage_it_has_is_seen_in_the_time(client: MlflowClient, version: ModelVersion) -> None:
    first = client.transition_model_version_stage(version.name, "1", "Staging")
    wait_for_the_next_millisecond()
    second = client.transition_model_version_stage(version.name, "1", "Staging")
    assert second.last_updated_timestamp > first.last_updated_timestamp


def test_a_transition_answers_with_the_versions_aliases(client: MlflowClient, version: ModelVersion) -> None:
    client.set_registered_model_alias(version.name, "champion", "1")
    assert client.transition_model_version_stage(version.name, "1", "Staging").aliases == ["champion"]


def test_a_refused_transition_archives_nothing(client: MlflowClient, version: ModelVersion) -> None:
    client.transition_model_version_stage(version.name, "1", "Production")
    with pytest.raises(MlflowException, match="not found"):
        client.transition_model_version_stage(version.name, "9", "Production", archive_existing_versions=True)
    assert stages(client, version.name) == {"1": "Production"}


@pytest.mark.improves_on_mlflow
@pytest.mark.parametrize("stage", ["None", "Archived", "archived"])
def test_archiving_is_refused_for_stages_that_are_not_active(
    registry: RawRegistry, version: ModelVersion, stage: str
) -> None:
    """MLflow answers 500 with the same words, which its Python client repeats and then hides."""
    answer = registry.post(
        "model-versions/transition-stage", name=version.name, version="1", stage=stage, archive_existing_versions=True
    )
    assert is_error(
        answer,
        400,
        "INVALID_PARAMETER_VALUE",
        f"Model version transition cannot archive existing model versions because '{stage}' is not an Active stage. "
        "Valid stages are ['Staging', 'Production']",
    )


@pytest.mark.improves_on_mlflow
def test_the_python_client_shows_why_archiving_was_refused(client: MlflowClient, version: ModelVersion) -> None:
    """MLflow answers 500, of which the Python client only says that there were too many."""
    with pytest.raises(MlflowException, match="'Archived' is not an Active stage"):
        client.transition_model_version_stage(version.name, "1", "Archived", archive_existing_versions=True)


def test_the_latest_version_of_each_stage_is_the_one_with_the_highest_number(
    client: MlflowClient, model: RegisteredModel, three_versions: list[ModelVersion]
) -> None:
    client.transition_model_version_stage(model.name, "2", "Production")
    client.transition_model_version_stage(model.name, "1", "Production")
    latest = client.get_latest_versions(model.name)
    assert {one.current_stage: one.version for one in latest} == {"Production": "2", "None": "3"}


def test_the_latest_versions_of_some_stages_can_be_asked_for(
    client: MlflowClient, model: RegisteredModel, three_versions: list[ModelVersion]
) -> None:
    client.transition_model_version_stage(model.name, "1", "Production")
    client.transition_model_version_stage(model.name, "2", "Staging")
    latest = client.get_latest_versions(model.name, ["production", "STAGING", "Archived"])
    assert {one.current_stage: one.version for one in latest} == {"Production": "1", "Staging": "2"}


def test_the_latest_versions_come_with_their_aliases(client: MlflowClient, version: ModelVersion) -> None:
    client.set_registered_model_alias(version.name, "champion", "1")
    assert [one.aliases for one in client.get_latest_versions(version.name)] == [["champion"]]


def test_the_latest_versions_in_a_model_come_without_their_aliases(client: MlflowClient, version: ModelVersion) -> None:
    client.set_registered_model_alias(version.name, "champion", "1")
    assert [one.aliases for one in client.get_registered_model(version.name).latest_versions] == [[]]


def test_a_model_without_versions_has_no_latest_versions(client: MlflowClient, model: RegisteredModel) -> None:
    assert client.get_latest_versions(model.name) == []


def test_the_client_knows_the_stages(client: MlflowClient, version: ModelVersion) -> None:
    assert client.get_model_version_stages(version.name, "1") == STAGES
