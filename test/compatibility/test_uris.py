"""models:/ URIs, as the client resolves them, down to a real model that is loaded and asked."""

import json
from collections.abc import Callable
from pathlib import Path

import mlflow
import pytest
from mlflow import MlflowClient
from mlflow.entities.model_registry import ModelVersion
from mlflow.exceptions import MlflowException
from mlflow.store.artifact.models_artifact_repo import ModelsArtifactRepository

from conftest import twice

Version = Callable[[], ModelVersion]


@pytest.fixture(scope="module")
def run(client: MlflowClient, experiment: str, model_directory: Path) -> str:
    """A run with a small model among its artifacts."""
    run = client.create_run(experiment)
    client.log_artifacts(run.info.run_id, str(model_directory), "model")
    client.set_terminated(run.info.run_id)
    return run.info.run_id


@pytest.fixture
def registered(client: MlflowClient, name: str, run: str) -> Callable[[], ModelVersion]:
    """Registers the run's model as the next version of `name`."""
    return lambda: mlflow.register_model(f"runs:/{run}/model", name)


def answer_of(uri: str) -> list[float]:
    return list(mlflow.pyfunc.load_model(uri).predict([1.0, 2.5]))


def test_a_model_is_loaded_by_its_version(registered: Version) -> None:
    version = registered()
    assert answer_of(f"models:/{version.name}/{version.version}") == [2.0, 5.0]


@pytest.mark.parametrize("stage", ["Production", "production", "Staging", "None", "Archived"])
def test_a_model_is_loaded_by_its_stage(client: MlflowClient, registered: Version, stage: str) -> None:
    name = registered().name
    client.transition_model_version_stage(name, "1", stage)
    assert answer_of(f"models:/{name}/{stage}") == [2.0, 5.0]


def test_a_model_is_loaded_by_its_alias(client: MlflowClient, registered: Version) -> None:
    name = registered().name
    client.set_registered_model_alias(name, "champion", "1")
    assert answer_of(f"models:/{name}@champion") == [2.0, 5.0]


@pytest.mark.parametrize("latest", ["latest", "Latest"])
def test_the_latest_version_is_loaded(registered: Version, latest: str) -> None:
    assert answer_of(f"models:/{registered().name}/{latest}") == [2.0, 5.0]


def test_a_stage_means_the_newest_version_in_it(client: MlflowClient, name: str) -> None:
    client.create_registered_model(name)
    for number in (1, 2, 3):
        client.create_model_version(name, f"s3://bucket/{number}")
    client.transition_model_version_stage(name, "1", "Production")
    client.transition_model_version_stage(name, "2", "Production")
    assert source_of(f"models:/{name}/Production") == "s3://bucket/2"
    assert source_of(f"models:/{name}/latest") == "s3://bucket/3"


def source_of(uri: str) -> str:
    return ModelsArtifactRepository.get_underlying_uri(uri)


def test_the_artifacts_of_a_version_can_be_downloaded(registered: Version, tmp_path: Path) -> None:
    version = registered()
    mlflow.artifacts.download_artifacts(f"models:/{version.name}/1", dst_path=str(tmp_path))
    assert (tmp_path / "MLmodel").is_file()


def test_the_description_of_a_model_can_be_read(registered: Version) -> None:
    version = registered()
    assert "python_function" in mlflow.models.get_model_info(f"models:/{version.name}/1").flavors


@pytest.mark.parametrize(
    ("suffix", "words"),
    [
        ("/9", "Model Version (name={name}, version=9) not found"),
        ("/Production", "No versions of model with name '{name}' and stage 'Production' found"),
        ("@champion", "Registered model alias champion not found."),
        ("/bogus", "Invalid Model Version stage: bogus."),
    ],
)
def test_uris_that_lead_nowhere_say_why(version: ModelVersion, suffix: str, words: str) -> None:
    with pytest.raises(MlflowException) as refusal:
        source_of(f"models:/{version.name}{suffix}")
    assert words.format(name=version.name) in refusal.value.message


def test_a_runs_model_is_registered_with_its_run(client: MlflowClient, registered: Version, run: str) -> None:
    version = registered()
    assert version.run_id == run
    assert version.source == f"{client.get_run(run).info.artifact_uri}/model"


def test_a_runs_uri_may_be_the_source_itself(client: MlflowClient, name: str, run: str) -> None:
    client.create_registered_model(name)
    version = client.create_model_version(name, f"runs:/{run}/model", run_id=run)
    assert client.get_model_version_download_uri(name, version.version) == f"runs:/{run}/model"
    assert answer_of(f"models:/{name}/1") == [2.0, 5.0]


def test_a_version_is_found_by_its_run(client: MlflowClient, registered: Version, run: str) -> None:
    version = registered()
    found = client.search_model_versions(f"run_id = '{run}' AND name = '{version.name}'")
    assert [one.version for one in found] == ["1"]


def test_a_model_is_registered_while_it_is_logged(client: MlflowClient, experiment: str, name: str) -> None:
    with mlflow.start_run(experiment_id=experiment) as run:
        logged = mlflow.pyfunc.log_model(
            name="model", python_model=twice, registered_model_name=name, pip_requirements=[]
        )
    version = client.get_model_version(name, "1")
    assert logged.registered_model_version == "1"
    assert (version.source, version.run_id) == (f"models:/{logged.model_id}", run.info.run_id)
    assert answer_of(f"models:/{name}/1") == [2.0, 5.0]


def test_a_logged_model_is_registered_by_its_id(client: MlflowClient, experiment: str, name: str) -> None:
    with mlflow.start_run(experiment_id=experiment):
        logged = mlflow.pyfunc.log_model(name="model", python_model=twice, pip_requirements=[])
    version = mlflow.register_model(f"models:/{logged.model_id}", name)
    location = client.get_logged_model(logged.model_id).artifact_location
    assert client.get_model_version_download_uri(name, version.version) == location


def test_a_logged_model_knows_the_versions_registered_from_it(client: MlflowClient, experiment: str, name: str) -> None:
    with mlflow.start_run(experiment_id=experiment):
        logged = mlflow.pyfunc.log_model(
            name="model", python_model=twice, registered_model_name=name, pip_requirements=[]
        )
    written = json.loads(client.get_logged_model(logged.model_id).tags["mlflow.modelVersions"])
    assert {"name": name, "version": "1"} in [{**one, "version": str(one["version"])} for one in written]


def test_a_logged_model_that_does_not_exist_is_refused(client: MlflowClient, name: str) -> None:
    client.create_registered_model(name)
    with pytest.raises(MlflowException) as refusal:
        client.create_model_version(name, f"models:/m-{'0' * 32}")
    assert refusal.value.error_code == "INVALID_PARAMETER_VALUE"
    assert "m-00000000000000000000000000000000" in str(refusal.value)
