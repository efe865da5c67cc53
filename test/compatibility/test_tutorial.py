"""The Model Registry tutorial, as its reader goes through it; its code stands between the lines of dashes."""

import os
from collections.abc import Iterator
from pathlib import Path

import mlflow
import pytest
from mlflow import MlflowClient
from mlflow.entities.model_registry import ModelVersion

from conftest import TRACKING_URI

NAME = "Wine Quality"


@pytest.fixture(scope="module", autouse=True)
def runs(client: MlflowClient, model_directory: Path) -> str:
    """Two runs with a model each, in the experiment `Default`; answers the id of the better one."""
    ids = []
    for rmse in (0.85, 0.71):
        run_id = client.create_run("0").info.run_id
        client.log_metric(run_id, "val_rmse", rmse)
        client.log_artifacts(run_id, str(model_directory), "model")
        client.set_terminated(run_id)
        ids.append(run_id)
    return ids[-1]


@pytest.fixture(scope="module")
def run_id() -> str:
    # -----------------------------------------------------------------------------------------
    tracking_uri = os.environ.get("MLFLOW_TRACKING_URI") or "http://localhost:5000"
    mlflow.set_tracking_uri(tracking_uri)

    experiment_ids = [0]  # 'Default' experiment
    order_pred = ["metrics.val_rmse asc"]  # sort by lowest validation error
    runs_df = mlflow.search_runs(experiment_ids=experiment_ids, order_by=order_pred, max_results=10)
    run_id = runs_df.loc[0]["run_id"]
    print(f"Run run_id: {run_id} had lowest validation error: {runs_df.loc[0]['metrics.val_rmse']}")
    # -----------------------------------------------------------------------------------------
    return run_id


@pytest.fixture(scope="module")
def registered(client: MlflowClient, run_id: str) -> Iterator[ModelVersion]:
    assert client.search_registered_models(f"name = '{NAME}'") == [], "a model that this test would delete"
    # -----------------------------------------------------------------------------------------
    model_uri = f"runs:/{run_id}/model"
    name = "Wine Quality"
    tags = {"run_id": run_id, "sem_ver": "0.1.0"}
    registered_model = mlflow.register_model(model_uri=model_uri, name=name, tags=tags)
    print(f"Name: {registered_model.name}, Version: {registered_model.version}")
    # -----------------------------------------------------------------------------------------
    yield registered_model
    client.delete_registered_model(NAME)


def test_the_best_run_is_found(runs: str, run_id: str) -> None:
    assert mlflow.get_run(run_id).data.metrics["val_rmse"] == mlflow.get_run(runs).data.metrics["val_rmse"]


def test_the_runs_model_is_registered(registered: ModelVersion, run_id: str) -> None:
    assert (registered.name, registered.version, registered.run_id) == (NAME, "1", run_id)


def test_the_version_has_the_tags(client: MlflowClient, registered: ModelVersion, run_id: str) -> None:
    assert client.get_model_version(NAME, 1).tags == {"run_id": run_id, "sem_ver": "0.1.0"}


def test_the_version_starts_in_no_stage(client: MlflowClient, registered: ModelVersion) -> None:
    assert registered.current_stage == "None"


def test_the_version_is_moved_to_staging(registered: ModelVersion) -> None:
    # -----------------------------------------------------------------------------------------
    from mlflow import MlflowClient

    client = MlflowClient()
    client.transition_model_version_stage(name="Wine Quality", version=1, stage="Staging")
    # -----------------------------------------------------------------------------------------
    assert client.get_model_version(NAME, 1).current_stage == "Staging"


def test_a_second_version_takes_over_production_and_archives_the_first(
    client: MlflowClient, registered: ModelVersion, run_id: str
) -> None:
    client.transition_model_version_stage(name=NAME, version=1, stage="Production")
    second = mlflow.register_model(f"runs:/{run_id}/model", NAME, tags={"sem_ver": "0.2.0"})
    client.transition_model_version_stage(NAME, second.version, "Production", archive_existing_versions=True)
    stages = {one.version: one.current_stage for one in client.search_model_versions(f"name = '{NAME}'")}
    assert stages == {"1": "Archived", second.version: "Production"}


def test_the_model_in_production_answers(client: MlflowClient, registered: ModelVersion) -> None:
    client.transition_model_version_stage(name=NAME, version=1, stage="Production")
    assert list(mlflow.pyfunc.load_model(f"models:/{NAME}/Production").predict([3.0])) == [6.0]


def test_the_tutorial_talks_to_the_servers_under_test() -> None:
    assert os.environ["MLFLOW_TRACKING_URI"] == mlflow.get_tracking_uri() == TRACKING_URI
