"""The subscriber in docs/examples, told by the registry what the real client does."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mlflow import MlflowClient

from conftest import REGISTRY_URI

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "deployer.py"

pytestmark = pytest.mark.improves_on_mlflow


@pytest.fixture
def deployer() -> Iterator[subprocess.Popen[str]]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = {**os.environ, "ANNALS_URL": REGISTRY_URI, "PORT": str(port)}
    process = subprocess.Popen([sys.executable, EXAMPLE], env=settings, stdout=subprocess.PIPE, text=True)
    yield process
    process.send_signal(signal.SIGINT)
    process.wait(10)


def test_it_deploys_what_reaches_production(
    client: MlflowClient, deployer: subprocess.Popen[str], name: str
) -> None:
    assert deployer.stdout is not None
    assert deployer.stdout.readline().startswith("told by webhook")
    client.create_registered_model(name)
    for number in ("1", "2"):
        client.create_model_version(name, "s3://models/1")
        client.transition_model_version_stage(name, number, "Production", archive_existing_versions=True)
    client.delete_registered_model(name)
    told = (line.rstrip() for line in deployer.stdout if name in line)
    assert [next(told) for _ in range(3)] == [f"deploy {name} v1", f"deploy {name} v2", f"undeploy {name}"]
