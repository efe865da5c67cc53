"""Versions of a model: create, read, update, delete, and where to download them."""

from collections.abc import Callable

import pytest
from mlflow import MlflowClient
from mlflow.entities.model_registry import ModelVersion, RegisteredModel
from mlflow.exceptions import MlflowException

from conftest import SOURCE
from raw_registry import wait_for_the_next_millisecond

NewVersion = Callable[..., ModelVersion]


def test_versions_are_numbered_from_1(new_version: NewVersion) -> None:
    assert [new_version().version for _ in range(3)] == ["1", "2", "3"]


def test_a_created_version_has_what_it_was_given(new_version: NewVersion) -> None:
    created = new_version(
        source="s3://bucket/other",
        run_id="a run",
        run_link="http://tracking/run",
        description="first try",
        tags={"kind": "tree"},
    )
    assert (created.source, created.run_id, created.run_link, created.description, created.tags) == (
        "s3://bucket/other",
        "a run",
        "http://tracking/run",
        "first try",
        {"kind": "tree"},
    )


def test_a_created_version_is_ready_and_in_no_stage(version: ModelVersion) -> None:
    assert (version.status, version.current_stage) == ("READY", "None")


def test_a_version_created_with_its_source_alone_has_nothing_else(version: ModelVersion) -> None:
    assert (version.run_id, version.run_link, version.description, version.tags, version.aliases) == (
        "",
        "",
        "",
        {},
        [],
    )


def test_a_created_version_was_last_updated_when_it_was_created(version: ModelVersion) -> None:
    assert version.last_updated_timestamp == version.creation_timestamp > 0


def test_a_created_version_can_be_read(client: MlflowClient, new_version: NewVersion) -> None:
    created = new_version(tags={"kind": "tree"}, description="first try")
    assert dict(client.get_model_version(created.name, created.version)) == dict(created)


def test_an_update_changes_the_description(client: MlflowClient, version: ModelVersion) -> None:
    assert client.update_model_version(version.name, version.version, "new").description == "new"
    assert client.get_model_version(version.name, version.version).description == "new"


def test_an_update_is_seen_in_the_versions_time_but_not_in_the_models(
    client: MlflowClient, version: ModelVersion
) -> None:
    wait_for_the_next_millisecond()
    updated = client.update_model_version(version.name, version.version, "new")
    assert updated.last_updated_timestamp > version.last_updated_timestamp
    assert client.get_registered_model(version.name).last_updated_timestamp == version.creation_timestamp


def test_an_update_answers_with_the_versions_aliases(client: MlflowClient, version: ModelVersion) -> None:
    client.set_registered_model_alias(version.name, "champion", version.version)
    assert client.update_model_version(version.name, version.version, "new").aliases == ["champion"]


def test_a_deleted_version_is_gone(client: MlflowClient, version: ModelVersion) -> None:
    client.delete_model_version(version.name, version.version)
    with pytest.raises(MlflowException, match="not found"):
        client.get_model_version(version.name, version.version)
    assert client.search_model_versions(f"name = '{version.name}'") == []
    assert client.get_registered_model(version.name).latest_versions == []


def test_the_number_of_a_deleted_version_is_not_used_again(client: MlflowClient, new_version: NewVersion) -> None:
    new_version()
    newest = new_version()
    client.delete_model_version(newest.name, newest.version)
    assert new_version().version == "3"


def test_a_version_in_production_may_be_deleted(client: MlflowClient, version: ModelVersion) -> None:
    client.transition_model_version_stage(version.name, "1", "Production")
    client.delete_model_version(version.name, "1")
    assert client.get_latest_versions(version.name) == []


def test_a_delete_is_seen_in_the_models_time_of_the_last_update(client: MlflowClient, version: ModelVersion) -> None:
    wait_for_the_next_millisecond()
    client.delete_model_version(version.name, version.version)
    assert client.get_registered_model(version.name).last_updated_timestamp > version.creation_timestamp


def test_the_aliases_of_a_deleted_version_are_gone_with_it(client: MlflowClient, new_version: NewVersion) -> None:
    first, second = new_version(), new_version()
    client.set_registered_model_alias(first.name, "champion", first.version)
    client.set_registered_model_alias(first.name, "challenger", second.version)
    client.delete_model_version(first.name, first.version)
    assert client.get_registered_model(first.name).aliases == {"challenger": "2"}
    with pytest.raises(MlflowException, match="Registered model alias champion not found.") as refusal:
        client.get_model_version_by_alias(first.name, "champion")
    assert refusal.value.error_code == "INVALID_PARAMETER_VALUE"


def test_the_download_uri_is_the_source(client: MlflowClient, version: ModelVersion) -> None:
    assert client.get_model_version_download_uri(version.name, version.version) == SOURCE


@pytest.mark.parametrize(
    "source",
    [
        "s3://bucket/path/",
        "s3://bucket//path",
        "S3://Bucket/Path",
        "s3://bucket/a b",
        "s3://bucket/path#part",
        "gs://bucket/path?generation=1",
        "gs://bucket/a%2e%2e/b",
        "dbfs:/a/b",
        "wasbs://container@account.blob.core.windows.net/path",
        "custom://host/path",
    ],
)
def test_sources_are_kept_as_they_were_sent(
    client: MlflowClient, new_version: NewVersion, model: RegisteredModel, source: str
) -> None:
    assert new_version(source=source).source == source
    assert client.get_model_version_download_uri(model.name, "1") == source


@pytest.mark.parametrize(
    "source",
    [
        "s3://bucket",
        "s3://bucket/",
        "s3://bucket/./path",
        "s3://bucket/../path",
        "s3://bucket/path/..",
        "s3://bucket/%2e%2e/path",
        "s3://bucket/%252e%252e/path",
        "s3://bucket/a%00b",
        "C:\\models",
        "custom-scheme:path",
    ],
)
def test_sources_that_are_no_absolute_paths_are_refused(new_version: NewVersion, source: str) -> None:
    with pytest.raises(MlflowException, match="Please provide an absolute path.") as refusal:
        new_version(source=source)
    assert refusal.value.error_code == "INVALID_PARAMETER_VALUE"
    assert f"Invalid model version source: '{source}'." in refusal.value.message


@pytest.mark.parametrize("source", ["/models/wine", "models/wine", "file:///models/wine", "  "])
def test_local_sources_without_a_run_are_refused(new_version: NewVersion, source: str) -> None:
    with pytest.raises(MlflowException, match="To use a local path as a model version source") as refusal:
        new_version(source=source)
    assert refusal.value.error_code == "INVALID_PARAMETER_VALUE"


@pytest.mark.improves_on_mlflow
@pytest.mark.parametrize(
    "source",
    ["http://host/path", "ftp://host/path", "hdfs://host/path", "mlflow-artifacts:/0/run/artifacts/m", "runs:/run/m"],
)
def test_remote_sources_are_taken_as_they_are(new_version: NewVersion, source: str) -> None:
    """MLflow refuses them since 3.12, because its server would open them; a registry without artifacts does not."""
    assert new_version(source=source).source == source
