"""Tags of models and of versions."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from mlflow import MlflowClient
from mlflow.entities.model_registry import ModelVersion
from mlflow.exceptions import MlflowException

from raw_registry import wait_for_the_next_millisecond


class Tagged(NamedTuple):
    """A thing that can have tags, and how to reach them."""

    set: Callable[[str, str], None]
    delete: Callable[[str], None]
    read: Callable[[], dict[str, str]]


@pytest.fixture(params=["a model", "a version"])
def tagged(request: pytest.FixtureRequest, client: MlflowClient, version: ModelVersion) -> Tagged:
    name, number = version.name, version.version
    if request.param == "a model":
        return Tagged(
            lambda key, value: client.set_registered_model_tag(name, key, value),
            lambda key: client.delete_registered_model_tag(name, key),
            lambda: client.get_registered_model(name).tags,
        )
    return Tagged(
        lambda key, value: client.set_model_version_tag(name, number, key, value),
        lambda key: client.delete_model_version_tag(name, number, key),
        lambda: client.get_model_version(name, number).tags,
    )


def test_a_tag_that_is_set_is_shown(tagged: Tagged) -> None:
    tagged.set("team", "wine")
    assert tagged.read() == {"team": "wine"}


def test_a_tag_set_again_has_the_last_value(tagged: Tagged) -> None:
    tagged.set("team", "wine")
    tagged.set("team", "beer")
    assert tagged.read() == {"team": "beer"}


def test_a_tag_may_have_an_empty_value(tagged: Tagged) -> None:
    tagged.set("team", "")
    assert tagged.read() == {"team": ""}


def test_values_that_are_no_text_become_text(tagged: Tagged) -> None:
    tagged.set("count", 3)
    tagged.set("good", True)
    assert tagged.read() == {"count": "3", "good": "True"}


@pytest.mark.parametrize("key", ["a b", "a.b", "a-b", "a_b", "a/b", "a:b", "schlüssel", "键", "k" * 250])
def test_keys_may_hold_letters_digits_blanks_and_some_signs(tagged: Tagged, key: str) -> None:
    tagged.set(key, "1")
    assert tagged.read() == {key: "1"}


@pytest.mark.parametrize("key", ["a|b", "a,b", "a'b", "a=b", "a%b", "a\tb", "😀"])
def test_keys_with_other_signs_are_refused(tagged: Tagged, key: str) -> None:
    with pytest.raises(MlflowException, match="Names may only contain alphanumerics") as refusal:
        tagged.set(key, "1")
    assert refusal.value.error_code == "INVALID_PARAMETER_VALUE"


@pytest.mark.parametrize(
    ("key", "resolved"), [("a//b", "a/b"), ("a/", "a"), ("/a", "/a"), ("../a", "../a"), (".", "."), ("a/../b", "b")]
)
def test_keys_that_are_other_keys_as_paths_are_refused(tagged: Tagged, key: str, resolved: str) -> None:
    with pytest.raises(MlflowException, match=f"This name would resolve to '{resolved}'"):
        tagged.set(key, "1")


def test_keys_of_more_than_250_letters_are_refused(tagged: Tagged) -> None:
    with pytest.raises(MlflowException, match="'key' exceeds the maximum length of 250 characters"):
        tagged.set("k" * 251, "1")


def test_values_may_have_5000_letters(tagged: Tagged) -> None:
    tagged.set("text", "v" * 5000)
    assert tagged.read() == {"text": "v" * 5000}


def test_values_of_more_than_100000_letters_are_refused(tagged: Tagged) -> None:
    with pytest.raises(MlflowException, match="'value' exceeds the maximum length of 100000 characters"):
        tagged.set("text", "v" * 100_001)


def test_a_deleted_tag_is_gone(tagged: Tagged) -> None:
    tagged.set("team", "wine")
    tagged.set("cost", "low")
    tagged.delete("team")
    assert tagged.read() == {"cost": "low"}


def test_a_tag_that_is_not_there_can_be_deleted(tagged: Tagged) -> None:
    tagged.delete("team")
    assert tagged.read() == {}


def test_tags_are_not_seen_in_any_time(client: MlflowClient, version: ModelVersion, tagged: Tagged) -> None:
    wait_for_the_next_millisecond()
    tagged.set("team", "wine")
    tagged.delete("team")
    assert client.get_registered_model(version.name).last_updated_timestamp == version.creation_timestamp
    assert client.get_model_version(version.name, "1").last_updated_timestamp == version.creation_timestamp


def test_the_tags_of_a_model_and_of_its_versions_are_apart(client: MlflowClient, version: ModelVersion) -> None:
    client.set_registered_model_tag(version.name, "team", "wine")
    client.set_model_version_tag(version.name, "1", "kind", "tree")
    assert client.get_registered_model(version.name).tags == {"team": "wine"}
    assert client.get_model_version(version.name, "1").tags == {"kind": "tree"}


def test_a_version_can_be_tagged_by_the_stage_it_is_in(client: MlflowClient, version: ModelVersion) -> None:
    client.transition_model_version_stage(version.name, "1", "Production")
    client.set_model_version_tag(version.name, key="kind", value="tree", stage="Production")
    assert client.get_model_version(version.name, "1").tags == {"kind": "tree"}
    client.delete_model_version_tag(version.name, key="kind", stage="Production")
    assert client.get_model_version(version.name, "1").tags == {}
