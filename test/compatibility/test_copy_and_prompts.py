"""Copies of versions from model to model, and prompts, which are registered models in disguise."""

from collections.abc import Callable

import mlflow
import pytest
from mlflow import MlflowClient
from mlflow.entities.model_registry import ModelVersion
from mlflow.exceptions import MlflowException

from conftest import SOURCE
from raw_registry import RawRegistry, is_error

NewVersion = Callable[..., ModelVersion]


@pytest.fixture
def target(new_name: Callable[[], str]) -> str:
    """The name of the model to copy to, not taken yet."""
    return new_name()


def test_a_copy_has_what_its_origin_has(client: MlflowClient, new_version: NewVersion, target: str) -> None:
    origin = new_version(run_id="a run", run_link="http://link", description="good", tags={"kind": "tree"})
    copy = client.copy_model_version(f"models:/{origin.name}/1", target)
    assert (copy.name, copy.version) == (target, "1")
    assert (copy.run_id, copy.run_link, copy.description, copy.tags) == (
        "a run",
        "http://link",
        "good",
        {"kind": "tree"},
    )


def test_the_source_of_a_copy_is_its_origin(client: MlflowClient, version: ModelVersion, target: str) -> None:
    assert client.copy_model_version(f"models:/{version.name}/1", target).source == f"models:/{version.name}/1"


def test_a_copy_is_downloaded_from_where_its_origin_is(
    client: MlflowClient, version: ModelVersion, target: str
) -> None:
    client.copy_model_version(f"models:/{version.name}/1", target)
    assert client.get_model_version_download_uri(target, "1") == SOURCE


def test_a_copy_of_a_copy_is_downloaded_from_where_the_first_is(
    client: MlflowClient, version: ModelVersion, target: str
) -> None:
    client.copy_model_version(f"models:/{version.name}/1", target)
    copy = client.copy_model_version(f"models:/{target}/1", target)
    assert copy.source == f"models:/{target}/1"
    assert client.get_model_version_download_uri(target, "2") == SOURCE


def test_a_copy_outlives_its_origin(client: MlflowClient, version: ModelVersion, target: str) -> None:
    client.copy_model_version(f"models:/{version.name}/1", target)
    client.delete_registered_model(version.name)
    assert client.get_model_version_download_uri(target, "1") == SOURCE


def test_a_copy_starts_in_no_stage_and_without_aliases(
    client: MlflowClient, version: ModelVersion, target: str
) -> None:
    client.transition_model_version_stage(version.name, "1", "Production")
    client.set_registered_model_alias(version.name, "champion", "1")
    copy = client.copy_model_version(f"models:/{version.name}@champion", target)
    assert (copy.current_stage, copy.aliases) == ("None", [])


@pytest.mark.parametrize("suffix", ["/Production", "@champion", "/latest"])
def test_the_origin_may_be_named_by_stage_and_alias(
    client: MlflowClient, version: ModelVersion, target: str, suffix: str
) -> None:
    client.transition_model_version_stage(version.name, "1", "Production")
    client.set_registered_model_alias(version.name, "champion", "1")
    assert client.copy_model_version(f"models:/{version.name}{suffix}", target).source == f"models:/{version.name}/1"


def test_a_version_can_be_registered_as_a_version_of_another_model(version: ModelVersion, target: str) -> None:
    assert mlflow.register_model(f"models:/{version.name}/1", target).source == f"models:/{version.name}/1"


def test_an_origin_that_does_not_exist_is_told(client: MlflowClient, version: ModelVersion, target: str) -> None:
    with pytest.raises(MlflowException, match=r"Model Version \(name=.*, version=9\) not found"):
        client.copy_model_version(f"models:/{version.name}/9", target)


@pytest.fixture
def prompt(name: str) -> str:
    mlflow.genai.register_prompt(name, "Hello {{who}}", commit_message="first", tags={"team": "wine"})
    return name


def test_a_registered_prompt_can_be_loaded(prompt: str) -> None:
    loaded = mlflow.genai.load_prompt(f"prompts:/{prompt}/1")
    assert (loaded.version, loaded.template, loaded.commit_message) == (1, "Hello {{who}}", "first")
    assert loaded.format(who="Ada") == "Hello Ada"


def test_a_prompt_registered_again_has_a_second_version(prompt: str) -> None:
    assert mlflow.genai.register_prompt(prompt, "Bye {{who}}").version == 2
    assert mlflow.genai.load_prompt(prompt).template == "Bye {{who}}"


def test_a_prompt_is_loaded_by_its_alias(prompt: str) -> None:
    mlflow.genai.set_prompt_alias(prompt, "production", 1)
    assert mlflow.genai.load_prompt(f"prompts:/{prompt}@production").version == 1
    mlflow.genai.delete_prompt_alias(prompt, "production")
    with pytest.raises(MlflowException, match="alias production not found"):
        mlflow.genai.load_prompt(f"prompts:/{prompt}@production")


def test_the_latest_prompt_is_the_one_with_the_highest_number(prompt: str) -> None:
    mlflow.genai.register_prompt(prompt, "Bye {{who}}")
    assert mlflow.genai.load_prompt(f"prompts:/{prompt}@latest").version == 2


def test_a_chat_prompt_keeps_its_messages(name: str) -> None:
    messages = [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "{{question}}"}]
    mlflow.genai.register_prompt(name, messages)
    assert mlflow.genai.load_prompt(f"prompts:/{name}/1").template == messages


def test_a_prompt_is_found_among_prompts_only(client: MlflowClient, prompt: str) -> None:
    found = mlflow.genai.search_prompts(f"name = '{prompt}'")
    assert [(one.name, one.tags.get("team")) for one in found] == [(prompt, "wine")]
    assert client.search_registered_models(f"name = '{prompt}'") == []
    assert client.search_model_versions(f"name = '{prompt}'") == []


def test_a_model_is_not_found_among_prompts(version: ModelVersion) -> None:
    assert list(mlflow.genai.search_prompts(f"name = '{version.name}'")) == []


def test_a_prompt_can_be_tagged(client: MlflowClient, prompt: str) -> None:
    client.set_prompt_tag(prompt, "cost", "low")
    assert client.get_prompt(prompt).tags["cost"] == "low"
    client.delete_prompt_tag(prompt, "cost")
    assert "cost" not in client.get_prompt(prompt).tags


def test_a_version_of_a_prompt_can_be_tagged(client: MlflowClient, prompt: str) -> None:
    mlflow.genai.set_prompt_version_tag(prompt, 1, "cost", "low")
    assert client.get_prompt_version(prompt, 1).tags["cost"] == "low"
    mlflow.genai.delete_prompt_version_tag(prompt, 1, "cost")
    assert "cost" not in client.get_prompt_version(prompt, 1).tags


def test_a_prompt_can_be_deleted(client: MlflowClient, prompt: str) -> None:
    client.delete_prompt_version(prompt, "1")
    client.delete_prompt(prompt)
    assert client.get_prompt(prompt) is None


def test_a_prompt_cannot_take_the_name_of_a_model(version: ModelVersion) -> None:
    with pytest.raises(MlflowException, match="exists with the same name"):
        mlflow.genai.register_prompt(version.name, "Hello")


def test_a_model_cannot_take_the_name_of_a_prompt(client: MlflowClient, prompt: str) -> None:
    words = f"Tried to create a registered model with name '{prompt}', but the name is already taken by a prompt."
    with pytest.raises(MlflowException, match=words) as refusal:
        client.create_registered_model(prompt)
    assert refusal.value.error_code == "RESOURCE_ALREADY_EXISTS"


def test_a_prompt_cannot_be_copied_as_a_model(client: MlflowClient, prompt: str, new_name: Callable[[], str]) -> None:
    with pytest.raises(MlflowException, match="not found"):
        client.copy_model_version(f"models:/{prompt}/1", new_name())


@pytest.mark.improves_on_mlflow
@pytest.mark.parametrize("source", ["/etc/passwd", "file:///etc/passwd"])
def test_the_source_of_a_prompt_is_no_local_path(registry: RawRegistry, prompt: str, source: str) -> None:
    """MLflow takes placeholders only since it serves artifacts of prompts; up to 3.11 it refused local paths."""
    tags = [{"key": "mlflow.prompt.is_prompt", "value": "true"}]
    answer = registry.post("model-versions/create", name=prompt, source=source, tags=tags)
    assert is_error(
        answer,
        400,
        "INVALID_PARAMETER_VALUE",
        f"Invalid prompt source: '{source}'. Local source paths are not allowed for prompts.",
    )
