"""Searches for versions."""

from collections.abc import Callable

import mlflow
import pytest
from mlflow import MlflowClient

from raw_registry import wait_for_the_next_millisecond


@pytest.fixture(scope="module")
def zoo(client: MlflowClient, new_zoo: str) -> str:
    """What the names of the animals begin with; `ant` has the versions 1 to 3, `Bee` 1 and, deleted, 2."""
    ant, bee = f"{new_zoo}ant", f"{new_zoo}Bee"
    client.create_registered_model(ant, tags={"team": "of the model"})
    client.create_registered_model(bee)
    for name, source, run, tags in [
        (ant, "s3://bucket/ant/1", "run1", {"kind": "tree", "size-of": "10"}),
        (bee, "s3://bucket/Bee/1", "RUN3", {"kind": "Tree"}),
        (ant, "gs://bucket/ant/2", "run2", {"kind": "net", "size-of": "10"}),
        (ant, "dbfs:/ant/3", None, {"mlflow.note": "it's new"}),
        (bee, "s3://bucket/Bee/2", "run1", {"kind": "tree"}),
    ]:
        client.create_model_version(name, source, run, tags=tags)
        wait_for_the_next_millisecond()
    client.delete_model_version(bee, "2")
    client.update_model_version(ant, "1", "touched")
    client.set_registered_model_alias(ant, "champion", "1")
    return new_zoo


@pytest.fixture
def found(client: MlflowClient, zoo: str) -> Callable[..., list[str]]:
    """The versions found by a filter, in order."""

    def search(clause: str = "", **more: object) -> list[str]:
        clauses = [f"name LIKE '{zoo}%'", *([clause.replace("zoo-", zoo)] if clause else [])]
        versions = client.search_model_versions(filter_string=" AND ".join(clauses), **more)
        return [f"{one.name.removeprefix(zoo)}{one.version}" for one in versions]

    return search


@pytest.mark.parametrize(
    ("clause", "versions"),
    [
        ("name = 'zoo-ant'", ["ant1", "ant2", "ant3"]),
        ("name != 'zoo-ant'", ["Bee1"]),
        ("name ILIKE 'zoo-bee'", ["Bee1"]),
        ("name IN ('zoo-ant')", ["ant1", "ant2", "ant3"]),
        ("name NOT IN ('zoo-ant')", ["Bee1"]),
        ("run_id = 'run1'", ["ant1"]),
        ("run_id != 'run1'", ["Bee1", "ant2", "ant3"]),
        ("run_id = ''", ["ant3"]),
        ("run_id LIKE 'run%'", ["ant1", "ant2"]),
        ("run_id ILIKE 'run3'", ["Bee1"]),
        ("run_id IN ('run1', 'run2')", ["ant1", "ant2"]),
        ("run_id IN ('RUN3')", ["Bee1"]),
        ("run_id NOT IN ('run1', 'run2')", ["Bee1", "ant3"]),
        ("source_path = 's3://bucket/ant/1'", ["ant1"]),
        ("source_path LIKE '%ant%'", ["ant1", "ant2", "ant3"]),
        ("source_path ILIKE '%bee%'", ["Bee1"]),
        ("version_number = 1", ["Bee1", "ant1"]),
        ("version_number = '1'", ["Bee1", "ant1"]),
        ("version_number != 1", ["ant2", "ant3"]),
        ("version_number > 1", ["ant2", "ant3"]),
        ("version_number >= 2", ["ant2", "ant3"]),
        ("version_number < 2", ["Bee1", "ant1"]),
        ("version_number <= 2 AND version_number > 1", ["ant2"]),
        ("attribute.version_number = 3", ["ant3"]),
    ],
)
def test_versions_are_found_by_their_attributes(
    found: Callable[..., list[str]], clause: str, versions: list[str]
) -> None:
    assert sorted(found(clause)) == versions


@pytest.mark.parametrize(
    ("clause", "versions"),
    [
        ("tags.kind = 'tree'", ["ant1"]),
        ("tag.kind = 'tree'", ["ant1"]),
        ("tags.kind ILIKE 'tree'", ["Bee1", "ant1"]),
        ("tags.kind LIKE '%e%'", ["Bee1", "ant1", "ant2"]),
        ("tags.kind != 'tree'", ["Bee1", "ant2"]),
        ("tags.`size-of` = '10'", ["ant1", "ant2"]),
        ("tags.`size-of` = '10' AND tags.kind = 'net'", ["ant2"]),
        ('tags.mlflow.note = "it\'s new"', ["ant3"]),
        ("tags.team = 'of the model'", []),
    ],
)
def test_versions_are_found_by_their_own_tags(
    found: Callable[..., list[str]], clause: str, versions: list[str]
) -> None:
    assert sorted(found(clause)) == versions


@pytest.mark.parametrize(
    ("order", "versions"),
    [
        ([], ["ant1", "ant3", "ant2", "Bee1"]),
        (["last_updated_timestamp ASC"], ["Bee1", "ant2", "ant3", "ant1"]),
        (["creation_timestamp"], ["ant1", "Bee1", "ant2", "ant3"]),
        (["creation_timestamp DESC"], ["ant3", "ant2", "Bee1", "ant1"]),
        (["name"], ["Bee1", "ant3", "ant2", "ant1"]),
        (["name DESC"], ["ant3", "ant2", "ant1", "Bee1"]),
        (["version_number"], ["Bee1", "ant1", "ant2", "ant3"]),
        (["version_number DESC"], ["ant3", "ant2", "Bee1", "ant1"]),
        (["name", "version_number"], ["Bee1", "ant1", "ant2", "ant3"]),
        (["attribute.version_number DESC", "name DESC"], ["ant3", "ant2", "ant1", "Bee1"]),
    ],
)
def test_versions_come_in_the_order_asked_for(
    found: Callable[..., list[str]], order: list[str], versions: list[str]
) -> None:
    assert found(order_by=order) == versions


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_pages_together_hold_every_version_once(client: MlflowClient, zoo: str, size: int) -> None:
    versions: list[str] = []
    token = None
    while True:
        page = client.search_model_versions(f"name LIKE '{zoo}%'", size, ["version_number"], token)
        assert len(page) <= size
        versions += [f"{one.name.removeprefix(zoo)}{one.version}" for one in page]
        token = page.token
        if not token:
            break
    assert versions == ["Bee1", "ant1", "ant2", "ant3"]


def test_found_versions_show_all_but_their_aliases(client: MlflowClient, zoo: str) -> None:
    [found] = client.search_model_versions(f"name = '{zoo}ant' AND version_number = 1")
    read = client.get_model_version(f"{zoo}ant", "1")
    assert (read.aliases, found.aliases) == (["champion"], [])
    assert {**dict(found), "aliases": None} == {**dict(read), "aliases": None}


def test_the_fluent_function_finds_the_same(zoo: str) -> None:
    found = mlflow.search_model_versions(filter_string=f"name = '{zoo}ant'", order_by=["version_number"], max_results=2)
    assert [one.version for one in found] == ["1", "2"]


def test_a_filter_that_meets_nothing_finds_nothing(client: MlflowClient, name: str) -> None:
    assert client.search_model_versions(f"name = '{name}'") == []
