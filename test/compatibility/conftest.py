"""Where the servers are, and the fixtures that every test of the suite uses.

REGISTRY_URI   the registry under test
TRACKING_URI   a stock MLflow server that keeps the runs, logged models and artifacts
MLFLOW_URI     a stock MLflow server to compare the registry with; TRACKING_URI unless it is given
"""

import os
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

REGISTRY_URI = os.environ["REGISTRY_URI"]
TRACKING_URI = os.environ["TRACKING_URI"]
MLFLOW_URI = os.environ.get("MLFLOW_URI", TRACKING_URI)

# Read by MLflow when it is imported.
os.environ.update(
    MLFLOW_TRACKING_URI=TRACKING_URI,
    MLFLOW_REGISTRY_URI=REGISTRY_URI,
    MLFLOW_HTTP_REQUEST_MAX_RETRIES="1",
    MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR="0",
    MLFLOW_HTTP_REQUEST_BACKOFF_JITTER="0",
    MLFLOW_HTTP_REQUEST_TIMEOUT="30",
    MLFLOW_ALIAS_PROMPT_CACHE_TTL_SECONDS="0",
    MLFLOW_VERSION_PROMPT_CACHE_TTL_SECONDS="0",
    MLFLOW_DISABLE_TELEMETRY="true",
    GIT_PYTHON_REFRESH="quiet",
)

import mlflow
import pytest
from mlflow import MlflowClient
from mlflow.entities.model_registry import ModelVersion, RegisteredModel

from raw_registry import RawRegistry

SOURCE = "s3://bucket/path"


@pytest.fixture(autouse=True)
def mlflow_uses_both_servers() -> None:
    mlflow.set_tracking_uri(TRACKING_URI)
    mlflow.set_registry_uri(REGISTRY_URI)


@pytest.fixture(scope="session")
def client() -> MlflowClient:
    return MlflowClient(tracking_uri=TRACKING_URI, registry_uri=REGISTRY_URI)


@pytest.fixture(scope="session")
def registry() -> RawRegistry:
    """The registry under test as plain HTTP."""
    return RawRegistry(REGISTRY_URI)


@pytest.fixture
def new_name(request: pytest.FixtureRequest) -> Callable[[], str]:
    """Names that no other test and no other run uses; those of one test begin alike."""
    words = re.sub(r"\W+", "-", request.node.originalname.removeprefix("test_"))[:40]
    beginning = f"{words}-{uuid.uuid4().hex[:8]}"
    numbers = iter(range(1000))
    return lambda: f"{beginning}-{next(numbers)}"


@pytest.fixture(scope="module")
def new_zoo() -> str:
    """What the names of the models of one module begin with."""
    return f"zoo-{uuid.uuid4().hex[:8]}-"


@pytest.fixture
def name(new_name: Callable[[], str]) -> str:
    """A name that is not taken."""
    return new_name()


@pytest.fixture
def model(client: MlflowClient, name: str) -> RegisteredModel:
    """A registered model without versions."""
    return client.create_registered_model(name)


@pytest.fixture
def new_version(client: MlflowClient, model: RegisteredModel) -> Callable[..., ModelVersion]:
    """Creates the next version of `model`."""

    def create(**fields: Any) -> ModelVersion:
        return client.create_model_version(model.name, fields.pop("source", SOURCE), **fields)

    return create


@pytest.fixture
def version(new_version: Callable[..., ModelVersion]) -> ModelVersion:
    """Version 1 of `model`."""
    return new_version()


@pytest.fixture(scope="session")
def experiment() -> Iterator[str]:
    """An experiment of this run of the suite; its runs are not mixed with anybody's."""
    mlflow.set_tracking_uri(TRACKING_URI)
    yield mlflow.create_experiment(f"compatibility-{uuid.uuid4().hex[:8]}")


@pytest.fixture(scope="session")
def model_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory that holds a small real model: it answers twice what it is given."""
    directory = tmp_path_factory.mktemp("models") / "model"
    mlflow.pyfunc.save_model(directory, python_model=twice, pip_requirements=[])
    return directory


def twice(model_input: list[float]) -> list[float]:
    return [2 * number for number in model_input]
