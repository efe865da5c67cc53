"""Webhooks, as far as the client manages them. What they are told is in test_webhook_deliveries."""

from collections.abc import Callable, Iterator

import pytest
from mlflow import MlflowClient
from mlflow.entities.webhook import Webhook, WebhookAction, WebhookEntity, WebhookEvent, WebhookStatus
from mlflow.exceptions import MlflowException

from conftest import REGISTRY_URI, TRACKING_URI
from raw_registry import RawRegistry, is_error

URL = "https://1.1.1.1/hook"
EVENT = WebhookEvent(WebhookEntity.PROMPT_VERSION_TAG, WebhookAction.DELETED)
EVENT_MESSAGE = {"entity": "PROMPT_VERSION_TAG", "action": "DELETED"}
OTHER = WebhookEvent(WebhookEntity.MODEL_VERSION, WebhookAction.CREATED)

MLFLOW_IS_TESTED = REGISTRY_URI == TRACKING_URI


@pytest.fixture
def create(client: MlflowClient, name: str) -> Iterator[Callable[..., Webhook]]:
    """Creates webhooks that are told nothing, and deletes them."""
    made: list[Webhook] = []

    def create_one(**fields: object) -> Webhook:
        given = {"name": name[:63].strip("-"), "url": URL, "events": [EVENT], "status": WebhookStatus.DISABLED}
        made.append(client.create_webhook(**{**given, **fields}))
        return made[-1]

    yield create_one
    for webhook in made:
        client.delete_webhook(webhook.webhook_id)


@pytest.fixture
def webhook(create: Callable[..., Webhook]) -> Webhook:
    return create(description="tells", secret="s3cret")


def test_a_created_webhook_has_what_it_was_given(webhook: Webhook, name: str) -> None:
    assert (webhook.name, webhook.url, webhook.description) == (name[:63].strip("-"), URL, "tells")
    assert (webhook.status, webhook.events) == (WebhookStatus.DISABLED, [EVENT])
    assert webhook.creation_timestamp == webhook.last_updated_timestamp


def test_a_webhook_is_active_unless_something_else_is_said(create: Callable[..., Webhook]) -> None:
    assert create(status=None).status == WebhookStatus.ACTIVE


def test_names_need_not_be_unique(create: Callable[..., Webhook]) -> None:
    assert create().webhook_id != create().webhook_id


def test_a_webhook_can_be_read(client: MlflowClient, webhook: Webhook) -> None:
    read = client.get_webhook(webhook.webhook_id)
    assert (read.name, read.url, read.description) == (webhook.name, URL, "tells")
    assert (read.status, read.events) == (webhook.status, webhook.events)
    assert read.creation_timestamp == webhook.creation_timestamp


def test_the_secret_is_not_told(registry: RawRegistry, webhook: Webhook) -> None:
    assert "s3cret" not in registry.get(f"webhooks/{webhook.webhook_id}").text


@pytest.mark.parametrize("prefix", ["/api/2.0/mlflow/", "/ajax-api/2.0/mlflow/"])
def test_a_webhook_is_told_in_these_words(registry: RawRegistry, webhook: Webhook, prefix: str) -> None:
    answer = registry.send("GET", f"webhooks/{webhook.webhook_id}", prefix=prefix)
    assert answer.json()["webhook"] == {
        "webhook_id": webhook.webhook_id,
        "name": webhook.name,
        "description": "tells",
        "url": URL,
        "events": [EVENT_MESSAGE],
        "status": "DISABLED",
        "creation_timestamp": webhook.creation_timestamp,
        "last_updated_timestamp": webhook.last_updated_timestamp,
    }


def test_every_event_that_mlflow_knows_can_be_named(create: Callable[..., Webhook]) -> None:
    events = [WebhookEvent(entity, action) for entity, action in every_pair()]
    assert len(events) == 15
    assert set(create(events=events).events) == set(events)


def every_pair() -> Iterator[tuple[WebhookEntity, WebhookAction]]:
    from mlflow.entities.webhook import VALID_ENTITY_ACTIONS

    for entity, actions in VALID_ENTITY_ACTIONS.items():
        for action in actions:
            yield entity, action


def test_events_may_be_numbers(registry: RawRegistry, client: MlflowClient) -> None:
    answer = registry.post(
        "webhooks", name="hook", url=URL, events=[{"entity": 8, "action": "3"}], status=2
    ).json()["webhook"]
    client.delete_webhook(answer["webhook_id"])
    assert (answer["events"], answer["status"]) == ([EVENT_MESSAGE], "DISABLED")


def test_webhooks_are_listed_the_newest_first_page_by_page(
    client: MlflowClient, create: Callable[..., Webhook]
) -> None:
    made = [create().webhook_id for _ in range(5)]
    listed: list[str] = []
    token = None
    while len(listed) < 6:
        page = client.list_webhooks(max_results=2, page_token=token)
        assert len(page) <= 2
        listed += [one.webhook_id for one in page]
        token = page.token
        if not token:
            break
    assert [one for one in listed if one in made] == made[::-1]


def test_an_update_changes_what_it_names_alone(client: MlflowClient, webhook: Webhook) -> None:
    updated = client.update_webhook(webhook.webhook_id, description="new")
    assert (updated.description, updated.name, updated.url) == ("new", webhook.name, URL)
    assert (updated.events, updated.status) == ([EVENT], WebhookStatus.DISABLED)


def test_an_update_can_change_everything(client: MlflowClient, webhook: Webhook) -> None:
    client.update_webhook(
        webhook.webhook_id,
        name="other",
        description="new",
        url="https://8.8.8.8/new",
        events=[OTHER, EVENT],
        secret="an0ther",
        status=WebhookStatus.ACTIVE,
    )
    read = client.get_webhook(webhook.webhook_id)
    assert (read.name, read.description, read.url) == ("other", "new", "https://8.8.8.8/new")
    assert (set(read.events), read.status) == ({OTHER, EVENT}, WebhookStatus.ACTIVE)
    client.update_webhook(webhook.webhook_id, status=WebhookStatus.DISABLED)


def test_empty_fields_of_an_update_change_nothing_but_the_description(
    registry: RawRegistry, webhook: Webhook
) -> None:
    path = f"webhooks/{webhook.webhook_id}"
    assert registry.patch(path, name="", url="", events=[]).json()["webhook"]["description"] == "tells"
    updated = registry.patch(path, description="").json()["webhook"]
    assert "description" not in updated
    assert (updated["name"], updated["url"], updated["status"]) == (webhook.name, URL, "DISABLED")


def test_an_update_without_anything_is_an_answer(registry: RawRegistry, webhook: Webhook) -> None:
    answer = registry.send("PATCH", f"webhooks/{webhook.webhook_id}")
    assert answer.json()["webhook"]["name"] == webhook.name


CALLS: dict[str, Callable[[RawRegistry, str], object]] = {
    "get": lambda registry, path: registry.get(path),
    "update": lambda registry, path: registry.patch(path, name="other"),
    "delete": lambda registry, path: registry.delete(path),
    "test": lambda registry, path: registry.post(f"{path}/test"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_deleted_webhook_is_not_found(client: MlflowClient, registry: RawRegistry, call: Callable) -> None:
    made = client.create_webhook("hook", URL, [EVENT], status=WebhookStatus.DISABLED)
    client.delete_webhook(made.webhook_id)
    answer = call(registry, f"webhooks/{made.webhook_id}")
    assert is_error(answer, 404, "RESOURCE_DOES_NOT_EXIST", f"Webhook with ID {made.webhook_id} not found.")
    assert made.webhook_id not in [one.webhook_id for one in client.list_webhooks(max_results=1000)]


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_webhook_that_never_was_is_not_found(registry: RawRegistry, call: Callable) -> None:
    assert is_error(call(registry, "webhooks/nope"), 404, "RESOURCE_DOES_NOT_EXIST", "Webhook with ID nope not found.")


BAD_URLS = {
    "ftp://1.1.1.1/hook": "Invalid webhook URL scheme: 'ftp'. Allowed schemes are: ",
    "hook": "Invalid webhook URL scheme: ''. Allowed schemes are: ",
    "  ": "Webhook URL cannot be empty or just whitespace: '  '",
    "https://": "Webhook URL must include a hostname: 'https://'",
}
UNREACHABLE_URLS = {
    "https://10.0.0.1/hook": "Webhook URL must not resolve to a non-public IP address.",
    "https://169.254.169.254/": "Webhook URL must not resolve to a non-public IP address.",
    "https://[::1]/hook": "Webhook URL must not resolve to a non-public IP address.",
}


@pytest.mark.parametrize(("url", "words"), BAD_URLS.items())
def test_urls_that_are_none_are_refused(client: MlflowClient, webhook: Webhook, url: str, words: str) -> None:
    refuse_url(client, webhook, url, words)


@pytest.mark.skipif(MLFLOW_IS_TESTED, reason="MLflow was told to reach every address, the receiver's being private")
@pytest.mark.parametrize(("url", "words"), UNREACHABLE_URLS.items())
def test_urls_that_may_not_be_called_are_refused(
    client: MlflowClient, webhook: Webhook, url: str, words: str
) -> None:
    refuse_url(client, webhook, url, words)


def refuse_url(client: MlflowClient, webhook: Webhook, url: str, words: str) -> None:
    for ask in (
        lambda: client.create_webhook("hook", url, [EVENT], status=WebhookStatus.DISABLED),
        lambda: client.update_webhook(webhook.webhook_id, url=url),
    ):
        with pytest.raises(MlflowException) as refusal:
            ask()
        assert refusal.value.error_code == "INVALID_PARAMETER_VALUE"
        assert words in refusal.value.message
    assert client.get_webhook(webhook.webhook_id).url == URL


@pytest.mark.parametrize("bad", ["two words", "-hook", "hook-", "h" * 64, "hook!"])
def test_names_that_are_no_plain_words_are_refused(client: MlflowClient, webhook: Webhook, bad: str) -> None:
    for ask in (
        lambda: client.create_webhook(bad, URL, [EVENT], status=WebhookStatus.DISABLED),
        lambda: client.update_webhook(webhook.webhook_id, name=bad),
    ):
        with pytest.raises(MlflowException, match=f"Webhook name '{bad}' is invalid."):
            ask()


BAD_REQUESTS = {
    "no name": ({"name": None}, "Missing value for required parameter 'name'."),
    "no url": ({"url": None}, "Missing value for required parameter 'url'."),
    "no events": ({"events": None}, "Missing value for required parameter 'events'."),
    "a number for a name": ({"name": 7}, "Invalid value 7 for parameter 'name' supplied:  Hint: Value was of type 'int'."),
    "a text for events": (
        {"events": "x"},
        "Invalid value \"x\" for parameter 'events' supplied:  Hint: Value was of type 'str'.",
    ),
    "a number for a secret": ({"secret": 3}, "Invalid value 3 for parameter 'secret' supplied:"),
    "an empty list": ({"events": []}, "Webhook events must be a non-empty list of WebhookEvent objects: []."),
    "what never happens": (
        {"events": [{"entity": "PROMPT_TAG", "action": "CREATED"}]},
        "Invalid action 'created' for entity 'prompt_tag'. Valid actions are: ['deleted', 'set']",
    ),
    "status 0": ({"status": 0}, "Invalid value 0 for parameter 'status' supplied:"),
}


@pytest.mark.parametrize(("fields", "words"), BAD_REQUESTS.values(), ids=BAD_REQUESTS)
def test_what_cannot_be_created_is_refused(registry: RawRegistry, fields: dict, words: str) -> None:
    answer = registry.post("webhooks", **{"name": "hook", "url": URL, "events": [EVENT_MESSAGE], **fields})
    assert (answer.status_code, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert words in answer.json()["message"]


BAD_EVENTS = {
    "an unknown entity": [{"entity": "NOPE", "action": "CREATED"}],
    "lower case": [{"entity": "prompt", "action": "created"}],
    "an unknown number": [{"entity": 99, "action": 1}],
    "no action": [{"entity": "PROMPT"}],
    "nothing": [{}],
    "a text": ["PROMPT"],
    "one event twice": [EVENT_MESSAGE, EVENT_MESSAGE],
}


@pytest.mark.improves_on_mlflow
@pytest.mark.parametrize("events", BAD_EVENTS.values(), ids=BAD_EVENTS)
def test_events_that_mean_nothing_are_refused(registry: RawRegistry, webhook: Webhook, events: list) -> None:
    """MLflow answers with a page of HTML and 500, or with the words of its database."""
    path = f"webhooks/{webhook.webhook_id}"
    for answer in (
        registry.post("webhooks", name="hook", url=URL, events=events),
        registry.patch(path, events=events),
    ):
        assert (answer.status_code, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert registry.get(path).json()["webhook"]["events"] == [EVENT_MESSAGE]


@pytest.mark.improves_on_mlflow
@pytest.mark.parametrize("status", ["NOPE", "disabled", ""])
def test_a_status_that_means_nothing_is_refused(registry: RawRegistry, webhook: Webhook, status: str) -> None:
    """MLflow takes it for nothing: a webhook that was to be created disabled is active."""
    for answer in (
        registry.post("webhooks", name="hook", url=URL, events=[EVENT_MESSAGE], status=status),
        registry.patch(f"webhooks/{webhook.webhook_id}", status=status),
    ):
        assert (answer.status_code, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
        assert "Value must be one of ['ACTIVE', 'DISABLED']" in answer.json()["message"]


BAD_PAGES = {
    "less than nothing": ({"max_results": -1}, "max_results must be between 1 and 1000."),
    "too many": ({"max_results": 1001}, "max_results must be between 1 and 1000."),
    "no number": ({"max_results": "x"}, "Invalid value \"x\" for parameter 'max_results' supplied:"),
    "no token": ({"page_token": "xx"}, "Invalid page token, could not base64-decode"),
}


@pytest.mark.parametrize(("query", "words"), BAD_PAGES.values(), ids=BAD_PAGES)
def test_pages_that_are_none_are_refused(registry: RawRegistry, query: dict, words: str) -> None:
    answer = registry.get("webhooks", **query)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert words in answer.json()["message"]


def test_no_results_mean_as_many_as_usual(registry: RawRegistry, webhook: Webhook) -> None:
    listed = registry.get("webhooks", max_results=0).json()["webhooks"]
    assert webhook.webhook_id in [one["webhook_id"] for one in listed]


@pytest.mark.improves_on_mlflow
def test_methods_that_a_path_does_not_have_are_refused(registry: RawRegistry, webhook: Webhook) -> None:
    """MLflow answers with a page of HTML."""
    answer = registry.send("PUT", f"webhooks/{webhook.webhook_id}", json={})
    assert (answer.status_code, answer.json()["error_code"]) == (405, "ENDPOINT_NOT_FOUND")
    assert set(answer.headers["Allow"].split(", ")) >= {"GET", "PATCH", "DELETE"}
