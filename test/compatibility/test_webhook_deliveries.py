"""What webhooks are told, by whom and how: with a receiver that checks it as MLflow's documentation has it."""

import json
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import mlflow
import pytest
from mlflow import MlflowClient
from mlflow.entities.webhook import VALID_ENTITY_ACTIONS, Webhook, WebhookEvent, WebhookStatus
from mlflow.webhooks.types import get_example_payload_for_event

from conftest import SOURCE
from raw_registry import RawRegistry
from webhook_receiver import SECRET, Delivery, Receiver

EVERY_EVENT = [WebhookEvent(entity, action) for entity, actions in VALID_ENTITY_ACTIONS.items() for action in actions]


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


Tell = Callable[..., Webhook]


@pytest.fixture
def tell(client: MlflowClient, receiver: Receiver) -> Iterator[Tell]:
    """Creates webhooks that tell the receiver, and deletes them."""
    made: list[Webhook] = []

    def create(path: str, events: list[WebhookEvent] = EVERY_EVENT, **fields: Any) -> Webhook:
        made.append(client.create_webhook("hook", receiver.url + path, events, **{"secret": SECRET, **fields}))
        return made[-1]

    yield create
    for webhook in made:
        client.delete_webhook(webhook.webhook_id)


@pytest.fixture
def path() -> str:
    """Where the receiver is told what one test makes happen."""
    return f"/{uuid.uuid4().hex[:8]}"


# --- trying a webhook


@pytest.mark.parametrize("event", EVERY_EVENT, ids=str)
def test_a_sample_of_an_event_is_sent_when_a_webhook_is_tried(
    client: MlflowClient, receiver: Receiver, tell: Tell, path: str, event: WebhookEvent
) -> None:
    webhook = tell(path, status=WebhookStatus.DISABLED)
    result = client.test_webhook(webhook.webhook_id, event)
    assert (result.success, result.response_status, result.response_body) == (True, 200, "told")
    (arrived,) = receiver.at(path)
    assert (arrived.event, arrived.message["data"]) == (str(event), get_example_payload_for_event(event))
    assert arrived.is_signed_with(SECRET)
    assert arrived.is_fresh()


def test_the_first_event_is_tried_unless_another_one_is_named(
    client: MlflowClient, receiver: Receiver, tell: Tell, path: str
) -> None:
    webhook = tell(path, [EVERY_EVENT[3]])
    assert client.test_webhook(webhook.webhook_id).success
    assert [arrived.event for arrived in receiver.at(path)] == [str(EVERY_EVENT[3])]


def test_an_endpoint_that_refuses_the_sample_is_told(client: MlflowClient, tell: Tell, path: str) -> None:
    result = client.test_webhook(tell(f"/status/418{path}").webhook_id)
    assert (result.success, result.response_status, result.response_body) == (False, 418, "told")


def test_an_endpoint_that_is_not_there_is_told(client: MlflowClient, tell: Tell, path: str) -> None:
    silent = Receiver()
    webhook = tell(path)
    client.update_webhook(webhook.webhook_id, url=silent.url)
    silent.close()
    result = client.test_webhook(webhook.webhook_id)
    assert (result.success, result.response_status) == (False, None)
    assert result.error_message.startswith("Failed to test webhook: ")


@pytest.mark.improves_on_mlflow
@pytest.mark.parametrize("event", [{}, {"entity": "X", "action": "Y"}, {"entity": "PROMPT", "action": "created"}])
def test_an_event_that_means_nothing_is_not_tried(
    registry: RawRegistry, receiver: Receiver, tell: Tell, path: str, event: dict
) -> None:
    """MLflow answers with a page of HTML."""
    answer = registry.post(f"webhooks/{tell(path).webhook_id}/test", event=event)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert receiver.at(path) == []


# --- what happens


def a_model(client: MlflowClient, name: str) -> None:
    client.create_registered_model(name, tags={"team": "wine"}, description="good")


def a_version(client: MlflowClient, name: str) -> None:
    a_model(client, name)
    client.create_model_version(name, SOURCE, tags={"kind": "bäum"}, description="first")


def a_bare_version(client: MlflowClient, name: str) -> None:
    client.create_registered_model(name)
    client.create_model_version(name, SOURCE)


def a_version_tag(client: MlflowClient, name: str) -> None:
    a_version(client, name)
    client.set_model_version_tag(name, "1", "k", "v")


def no_version_tag(client: MlflowClient, name: str) -> None:
    a_version_tag(client, name)
    client.delete_model_version_tag(name, "1", "k")


def an_alias(client: MlflowClient, name: str) -> None:
    a_version(client, name)
    client.set_registered_model_alias(name, "champion", "1")


def no_alias(client: MlflowClient, name: str) -> None:
    an_alias(client, name)
    client.delete_registered_model_alias(name, "champion")


def a_prompt(_: MlflowClient, name: str) -> None:
    mlflow.genai.register_prompt(name, "Hello {{who}}", commit_message="first", tags={"team": "wine"})


def a_prompt_tag(client: MlflowClient, name: str) -> None:
    a_prompt(client, name)
    client.set_prompt_tag(name, "k", "v")


def no_prompt_tag(client: MlflowClient, name: str) -> None:
    a_prompt_tag(client, name)
    client.delete_prompt_tag(name, "k")


def a_prompt_version_tag(client: MlflowClient, name: str) -> None:
    a_prompt(client, name)
    client.set_prompt_version_tag(name, "1", "k", "v")


def no_prompt_version_tag(client: MlflowClient, name: str) -> None:
    a_prompt_version_tag(client, name)
    client.delete_prompt_version_tag(name, "1", "k")


def a_prompt_alias(client: MlflowClient, name: str) -> None:
    a_prompt(client, name)
    client.set_prompt_alias(name, "champion", 1)


def no_prompt_alias(client: MlflowClient, name: str) -> None:
    a_prompt_alias(client, name)
    client.delete_prompt_alias(name, "champion")


VERSION = {"version": "1", "source": SOURCE, "run_id": None}
HAPPENINGS: dict[str, tuple[str, Callable[[MlflowClient, str], None], dict[str, Any]]] = {
    "a model": ("registered_model.created", a_model, {"tags": {"team": "wine"}, "description": "good"}),
    "a bare model": ("registered_model.created", a_bare_version, {"tags": {}, "description": ""}),
    "a version": ("model_version.created", a_version, {**VERSION, "tags": {"kind": "bäum"}, "description": "first"}),
    "a bare version": ("model_version.created", a_bare_version, {**VERSION, "tags": {}, "description": None}),
    "a tag": ("model_version_tag.set", a_version_tag, {"version": "1", "key": "k", "value": "v"}),
    "no tag": ("model_version_tag.deleted", no_version_tag, {"version": "1", "key": "k"}),
    "an alias": ("model_version_alias.created", an_alias, {"alias": "champion", "version": "1"}),
    "no alias": ("model_version_alias.deleted", no_alias, {"alias": "champion"}),
    "a prompt": ("prompt.created", a_prompt, {"tags": {"team": "wine"}, "description": "first"}),
    "a prompt's version": (
        "prompt_version.created",
        a_prompt,
        {"version": "1", "template": "Hello {{who}}", "tags": {"team": "wine"}, "description": "first"},
    ),
    "a prompt's tag": ("prompt_tag.set", a_prompt_tag, {"key": "k", "value": "v"}),
    "no tag of a prompt": ("prompt_tag.deleted", no_prompt_tag, {"key": "k"}),
    "a tag of a prompt's version": (
        "prompt_version_tag.set",
        a_prompt_version_tag,
        {"version": "1", "key": "k", "value": "v"},
    ),
    "no tag of a prompt's version": (
        "prompt_version_tag.deleted",
        no_prompt_version_tag,
        {"version": "1", "key": "k"},
    ),
    "a prompt's alias": ("prompt_alias.created", a_prompt_alias, {"alias": "champion", "version": "1"}),
    "no alias of a prompt": ("prompt_alias.deleted", no_prompt_alias, {"alias": "champion"}),
}


@pytest.mark.parametrize(("event", "act", "data"), HAPPENINGS.values(), ids=HAPPENINGS)
def test_a_webhook_is_told_what_happens(
    client: MlflowClient, receiver: Receiver, tell: Tell, path: str, name: str, event: str, act: Callable, data: dict
) -> None:
    tell(path, [WebhookEvent.from_str(event)])
    began = time.time()
    act(client, name)
    arrived = receiver.wait(path, lambda one: is_about(one, name) and one.message["data"] == {"name": name, **data})
    assert arrived.event == event
    assert list(arrived.message) == ["entity", "action", "timestamp", "data"]
    assert arrived.body == json.dumps(arrived.message)
    assert arrived.headers["content-type"].startswith("application/json")
    assert arrived.is_signed_with(SECRET)
    assert not arrived.is_signed_with("another")
    assert arrived.is_fresh()
    assert uuid.UUID(arrived.headers["x-mlflow-delivery-id"])
    assert began - 1 <= datetime.fromisoformat(arrived.message["timestamp"]).timestamp() <= time.time() + 1


def is_about(delivery: Delivery, name: str) -> bool:
    return delivery.message["data"].get("name") == name


def test_a_webhook_is_told_nothing_that_it_does_not_name(
    client: MlflowClient, receiver: Receiver, tell: Tell, path: str, name: str
) -> None:
    tell(path, [WebhookEvent.from_str("model_version_alias.deleted"), WebhookEvent.from_str("prompt_tag.set")])
    client.create_registered_model(name, tags={"k": "v"})
    client.set_registered_model_tag(name, "k", "w")
    client.create_model_version(name, SOURCE)
    client.transition_model_version_stage(name, "1", "Production")
    client.set_registered_model_alias(name, "champion", "1")
    client.delete_registered_model_alias(name, "champion")
    receiver.wait(path, lambda one: is_about(one, name))
    assert [one.event for one in receiver.at(path) if is_about(one, name)] == ["model_version_alias.deleted"]


def test_a_webhook_without_a_secret_is_told_without_a_signature(
    client: MlflowClient, receiver: Receiver, tell: Tell, path: str, name: str
) -> None:
    tell(path, secret=None)
    client.create_registered_model(name)
    arrived = receiver.wait(path, lambda one: is_about(one, name))
    assert "x-mlflow-signature" not in arrived.headers
    assert {"x-mlflow-delivery-id", "x-mlflow-timestamp"} <= set(arrived.headers)


def test_another_secret_signs_what_is_told_from_then_on(
    client: MlflowClient, receiver: Receiver, tell: Tell, path: str, name: str
) -> None:
    client.update_webhook(tell(path).webhook_id, secret="another")
    client.create_registered_model(name)
    assert receiver.wait(path, lambda one: is_about(one, name)).is_signed_with("another")


def test_a_disabled_webhook_is_not_told_what_happened_meanwhile(
    client: MlflowClient, receiver: Receiver, tell: Tell, path: str, new_name: Callable[[], str]
) -> None:
    before, meanwhile, after = new_name(), new_name(), new_name()
    webhook = tell(path)
    client.create_registered_model(before)
    receiver.wait(path, lambda one: is_about(one, before))
    client.update_webhook(webhook.webhook_id, status=WebhookStatus.DISABLED)
    client.create_registered_model(meanwhile)
    client.update_webhook(webhook.webhook_id, status=WebhookStatus.ACTIVE)
    client.create_registered_model(after)
    receiver.wait(path, lambda one: is_about(one, after))
    assert [one for one in receiver.at(path) if is_about(one, meanwhile)] == []


@pytest.mark.improves_on_mlflow
def test_what_happens_to_a_model_is_told_in_its_order(
    client: MlflowClient, receiver: Receiver, tell: Tell, path: str, name: str
) -> None:
    """MLflow sends with ten threads, each for itself."""
    tell(path)
    client.create_registered_model(name)
    for number in range(1, 11):
        client.create_model_version(name, SOURCE)
        client.set_registered_model_alias(name, "champion", str(number))
    client.delete_registered_model_alias(name, "champion")
    receiver.wait(path, lambda one: is_about(one, name) and one.event == "model_version_alias.deleted")
    told = [(one.event, one.message["data"].get("version")) for one in receiver.at(path) if is_about(one, name)]
    each = [("model_version.created", "model_version_alias.created")] * 10
    versions = [(event, str(number)) for number, events in enumerate(each, 1) for event in events]
    assert told == [("registered_model.created", None), *versions, ("model_version_alias.deleted", None)]


@pytest.mark.improves_on_mlflow
def test_what_is_told_again_is_the_same(
    client: MlflowClient, receiver: Receiver, tell: Tell, path: str, name: str
) -> None:
    """MLflow tries again after 1, 2 and 4 seconds and then no more, here with its first try at the same id."""
    tell(f"/status/500{path}")
    client.create_registered_model(name)
    first = receiver.wait(f"/status/500{path}", lambda one: is_about(one, name))
    again = receiver.wait(f"/status/500{path}", lambda one: is_about(one, name) and one is not first)
    assert again.body == first.body
    assert again.headers["x-mlflow-delivery-id"] == first.headers["x-mlflow-delivery-id"]
