"""Webhooks, as far as the client manages them; all are disabled, so that nothing is ever sent."""

from collections.abc import Iterator

import pytest
from mlflow import MlflowClient
from mlflow.entities.webhook import Webhook, WebhookAction, WebhookEntity, WebhookEvent, WebhookStatus
from mlflow.exceptions import MlflowException

URL = "https://1.1.1.1/hook"
EVENT = WebhookEvent(WebhookEntity.PROMPT_VERSION_TAG, WebhookAction.DELETED)


@pytest.fixture
def webhook(client: MlflowClient, name: str) -> Iterator[Webhook]:
    created = client.create_webhook(
        name[:63].strip("-"), URL, [EVENT], description="tells", secret="s3cret", status=WebhookStatus.DISABLED
    )
    yield created
    client.delete_webhook(created.webhook_id)


def test_a_created_webhook_has_what_it_was_given(webhook: Webhook, name: str) -> None:
    assert (webhook.name, webhook.url, webhook.description) == (name[:63].strip("-"), URL, "tells")
    assert (webhook.status, webhook.events) == (WebhookStatus.DISABLED, [EVENT])


def test_a_webhook_can_be_read(client: MlflowClient, webhook: Webhook) -> None:
    assert client.get_webhook(webhook.webhook_id).name == webhook.name


def test_the_secret_is_not_told(client: MlflowClient, webhook: Webhook) -> None:
    assert client.get_webhook(webhook.webhook_id).secret is None


def test_a_webhook_is_listed(client: MlflowClient, webhook: Webhook) -> None:
    assert webhook.webhook_id in [one.webhook_id for one in client.list_webhooks(max_results=1000)]


def test_an_update_changes_what_it_names_alone(client: MlflowClient, webhook: Webhook) -> None:
    updated = client.update_webhook(webhook.webhook_id, description="new", status=WebhookStatus.DISABLED)
    assert (updated.description, updated.name, updated.url) == ("new", webhook.name, URL)
    assert updated.events == [EVENT]


def test_a_deleted_webhook_is_not_found(client: MlflowClient, name: str) -> None:
    made = client.create_webhook(name[:20], URL, [EVENT], status=WebhookStatus.DISABLED)
    client.delete_webhook(made.webhook_id)
    with pytest.raises(MlflowException, match=f"Webhook with ID {made.webhook_id} not found.") as refusal:
        client.get_webhook(made.webhook_id)
    assert refusal.value.error_code == "RESOURCE_DOES_NOT_EXIST"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://1.1.1.1/hook", "Invalid webhook URL scheme: 'http'. Allowed schemes are: https."),
        ("https://127.0.0.1/hook", "Webhook URL must not resolve to a non-public IP address."),
        ("https://localhost/hook", "Webhook URL must not resolve to a non-public IP address."),
        ("  ", "Webhook URL cannot be empty or just whitespace: '  '"),
    ],
)
def test_urls_that_may_not_be_called_are_refused(client: MlflowClient, url: str, words: str) -> None:
    with pytest.raises(MlflowException) as refusal:
        client.create_webhook("hook", url, [EVENT], status=WebhookStatus.DISABLED)
    assert refusal.value.error_code == "INVALID_PARAMETER_VALUE"
    assert words in refusal.value.message


@pytest.mark.parametrize("bad", ["two words", "-hook", "hook-", "h" * 64, "hook!"])
def test_names_that_are_no_plain_words_are_refused(client: MlflowClient, bad: str) -> None:
    with pytest.raises(MlflowException, match=f"Webhook name '{bad}' is invalid."):
        client.create_webhook(bad, URL, [EVENT], status=WebhookStatus.DISABLED)
