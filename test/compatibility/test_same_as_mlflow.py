"""The registry gives the answers that MLflow's own server gives, request by request.

Both servers are prepared alike and then asked the same. Compared are the status and the JSON body, after taking out
what may differ: page tokens, the order of tags, aliases and latest versions, the order of words in a printed set, and
timestamps, of which only the order matters. Where the answers are allowed to differ, compared/differences.py says why.
"""

import itertools
import json
import re
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from mlflow import MlflowClient

from compared.all_cases import all_cases
from compared.differences import DIFFERENCES, Answer, Difference, is_allowed
from compared.prepared_data import prepared_data
from compared.request import ABSENT, Case, Request
from conftest import MLFLOW_URI, REGISTRY_URI, TRACKING_URI
from raw_registry import API, TIMEOUT_SECONDS, wait_for_the_next_millisecond

pytestmark = pytest.mark.skipif(
    MLFLOW_URI == REGISTRY_URI, reason="the registry under test is the server to compare with"
)


class Side:
    """One of the two servers, with the tracking server that it knows."""

    def __init__(self, registry_uri: str, tracking_uri: str) -> None:
        self._uri = registry_uri.rstrip("/")
        self._session = requests.Session()
        client = MlflowClient(tracking_uri=tracking_uri, registry_uri=registry_uri)
        experiment = client.create_experiment(f"compared-{uuid.uuid4().hex[:8]}")
        run = client.create_run(experiment)
        logged_model = client.create_logged_model(experiment, source_run_id=run.info.run_id)
        self._marks = {
            "<run>": run.info.run_id,
            "<artifacts>": run.info.artifact_uri,
            "<logged model>": logged_model.model_id,
            "<its artifacts>": logged_model.artifact_location,
        }

    def answers(self, case_requests: list[Request], marks: dict[str, str]) -> list[Answer]:
        raw = []
        for request in case_requests:
            url = filled(request.path, marks)
            raw.append(self._send(request._replace(path=url), {**self._marks, **marks}))
            marks = marks | created_webhook(raw[-1])
            wait_for_the_next_millisecond()
        return normalized(raw, self._marks)

    def _send(self, request: Request, marks: dict[str, str]) -> requests.Response:
        body = request.body
        if body is not ABSENT and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        headers = {}
        if request.content_type is not None and body is not ABSENT:
            headers["Content-Type"] = request.content_type
        return self._session.request(
            request.method,
            f"{self._uri}{API}{request.path}",
            params=[(key, filled(value, marks)) for key, value in request.query],
            data=None if body is ABSENT else filled(body, marks),
            headers=headers,
            timeout=TIMEOUT_SECONDS,
        )


def created_webhook(answer: requests.Response) -> dict[str, str]:
    if answer.request.method != "POST" or not answer.ok:
        return {}
    webhook = answer.json().get("webhook")
    return {} if webhook is None else {"<webhook>": webhook["webhook_id"]}


def filled(text: Any, marks: dict[str, str]) -> Any:
    for mark, value in marks.items():
        if isinstance(text, bytes):
            text = text.replace(mark.encode(), value.encode())
        else:
            text = text.replace(mark, value)
    return text


def normalized(raw: list[requests.Response], marks: dict[str, str]) -> list[Answer]:
    times: set[int] = set()
    answers = []
    for response in raw:
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        text = response.content.decode()
        # The longer value first: an artifact URI contains the id of its run.
        for mark, value in sorted(marks.items(), key=lambda pair: -len(pair[1])):
            text = text.replace(value, mark)
        unordered = UNORDERED | ({"model_versions"} if "get-latest-versions" in response.url else set())
        text = UUID.sub("an id", text)
        body = without_order(json.loads(text), unordered) if is_json else "not JSON"
        collect_times(body, times)
        answers.append(Answer(response.status_code, body))
    ranks = {time: f"time {rank}" for rank, time in enumerate(sorted(times))}
    return [Answer(answer.status, with_ranks(answer.body, ranks)) for answer in answers]


UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
"""What servers make up themselves."""

UNORDERED = {"tags", "aliases", "latest_versions"}
"""The lists whose order means nothing; so it is with what get-latest-versions answers."""

PRINTED_SET = re.compile(r"\{('[^']*'(?:, '[^']*')+)\}")


def without_order(value: Any, unordered: set[str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {key: without_order(one, unordered, key) for key, one in value.items()}
    if isinstance(value, list):
        items = [without_order(one, unordered) for one in value]
        return sorted(items, key=what_it_is_about) if key in unordered else items
    if key == "next_page_token":
        return "a token"
    if key == "message":
        return PRINTED_SET.sub(lambda found: "{" + ", ".join(sorted(found[1].split(", "))) + "}", value)
    return value


def what_it_is_about(item: Any) -> list[str]:
    return [item.get(key, "") for key in ("name", "version", "key", "alias")] if isinstance(item, dict) else [item]


def is_time(key: str, value: Any) -> bool:
    return key.endswith("_timestamp") and isinstance(value, int)


def collect_times(value: Any, times: set[int]) -> None:
    if isinstance(value, dict):
        for key, one in value.items():
            if is_time(key, one):
                times.add(one)
            else:
                collect_times(one, times)
    elif isinstance(value, list):
        for one in value:
            collect_times(one, times)


def with_ranks(value: Any, ranks: dict[int, str]) -> Any:
    if isinstance(value, dict):
        return {key: ranks[one] if is_time(key, one) else with_ranks(one, ranks) for key, one in value.items()}
    if isinstance(value, list):
        return [with_ranks(one, ranks) for one in value]
    return value


@pytest.fixture(scope="module")
def both() -> Callable[[list[Request]], tuple[list[Answer], list[Answer]]]:
    """Asks MLflow and the registry under test at the same time, both prepared alike."""
    word = uuid.uuid4().hex[:8]
    sides = Side(MLFLOW_URI, MLFLOW_URI), Side(REGISTRY_URI, TRACKING_URI)
    pool = ThreadPoolExecutor(2)
    numbers = itertools.count()

    def ask(case_requests: list[Request]) -> tuple[list[Answer], list[Answer]]:
        marks = {"<new>": f"new-{word}-{next(numbers)}", "<zoo>": f"zoo-{word}"}
        mlflows, ours = pool.map(lambda side: side.answers(case_requests, marks), sides)
        return mlflows, ours

    for answers in ask(prepared_data()):
        assert [answer for answer in answers if answer.status != 200] == []
    return ask


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in all_cases()])
def test_answers_as_mlflow_does(both: Any, case: Case) -> None:
    mlflows, ours = both(case.requests)
    for request, mlflow_answer, our_answer in zip(case.requests, mlflows, ours, strict=True):
        if our_answer == mlflow_answer:
            continue
        assert is_allowed(case.name, mlflow_answer, our_answer), told(request, mlflow_answer, our_answer)
        return  # What comes after an allowed difference may differ too.


def told(request: Request, mlflow_answer: Answer, our_answer: Answer) -> str:
    return f"{request}\nMLflow answers       {mlflow_answer}\nthe registry answers {our_answer}"


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda difference: difference.reason)
def test_every_difference_is_about_a_case(difference: Difference) -> None:
    assert [case.name for case in all_cases() if re.search(difference.cases, case.name)] != []
