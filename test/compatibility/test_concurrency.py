"""Many clients at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from mlflow import MlflowClient
from mlflow.entities.model_registry import RegisteredModel

from raw_registry import RawRegistry


def at_once(tasks: list) -> list[int]:
    """Starts all tasks together; answers their statuses."""
    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(lambda task: task().status_code, tasks))


def versions_created(registry: RawRegistry, name: str, count: int) -> list[int]:
    body = {"name": name, "source": "s3://bucket/path"}
    return at_once([lambda: RawRegistry(registry.uri).post("model-versions/create", **body)] * count)


def test_versions_created_at_once_get_numbers_without_gaps_or_doubles(
    client: MlflowClient, registry: RawRegistry, model: RegisteredModel
) -> None:
    assert versions_created(registry, model.name, 80) == [200] * 80
    numbers = [int(one.version) for one in client.search_model_versions(f"name = '{model.name}'")]
    assert sorted(numbers) == list(range(1, 81))


@pytest.mark.improves_on_mlflow
def test_after_transitions_at_once_that_archive_one_version_is_left_in_production(
    client: MlflowClient, registry: RawRegistry, model: RegisteredModel
) -> None:
    """MLflow leaves two versions in Production, or refuses half of the transitions, depending on its database."""
    versions_created(registry, model.name, 40)

    def transition(number: int):
        body = {"name": model.name, "stage": "Production", "archive_existing_versions": True}
        return lambda: RawRegistry(registry.uri).post("model-versions/transition-stage", version=str(number), **body)

    assert at_once([transition(number) for number in range(1, 41)]) == [200] * 40
    stages = Counter(one.current_stage for one in client.search_model_versions(f"name = '{model.name}'"))
    assert stages == {"Production": 1, "Archived": 39}


@pytest.mark.improves_on_mlflow
def test_an_alias_set_at_once_by_many_is_on_one_version(
    client: MlflowClient, registry: RawRegistry, model: RegisteredModel
) -> None:
    """MLflow may refuse one of the first requests with the words of its database."""
    versions_created(registry, model.name, 10)
    body = {"name": model.name, "alias": "champion"}

    def setting(number: int):
        return lambda: RawRegistry(registry.uri).post("registered-models/alias", version=str(number), **body)

    assert at_once([setting(1 + number % 10) for number in range(60)]) == [200] * 60
    holders = [str(n) for n in range(1, 11) if client.get_model_version(model.name, str(n)).aliases == ["champion"]]
    assert holders == [client.get_registered_model(model.name).aliases["champion"]]


def test_of_many_that_create_one_name_at_once_one_succeeds(registry: RawRegistry, name: str) -> None:
    statuses = at_once([lambda: RawRegistry(registry.uri).post("registered-models/create", name=name)] * 20)
    assert Counter(statuses) == {200: 1, 400: 19}


def test_tags_set_at_once_are_all_there(client: MlflowClient, registry: RawRegistry, model: RegisteredModel) -> None:
    def setting(number: int):
        body = {"name": model.name, "key": f"key{number}", "value": str(number)}
        return lambda: RawRegistry(registry.uri).post("registered-models/set-tag", **body)

    assert at_once([setting(number) for number in range(40)]) == [200] * 40
    assert client.get_registered_model(model.name).tags == {f"key{n}": str(n) for n in range(40)}
