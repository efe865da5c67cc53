"""Sources of new versions."""

from collections.abc import Iterator
from typing import Any

from compared.request import Case, create_model, create_version, get, shown

SOURCES = (
    r"""
s3://b/p
s3://b/p/
s3://b//p
s3:///p
S3://A/3
s3://b/p q
s3://b/p#f
gs://b/p?x=1
s3://b/p;x
s3://b/p//
s3://b/a%2Fb
s3://b/p'q
s3://b/é
s3://b/p?x=../y
gs://b/p%2e%2e/x
s3://b/p+q/..+x
s3://bucket
s3://bucket/
s3://b/./p
s3://b/p/.
s3://b/../p
s3://b/p/..
s3://b/%2e%2e/p
s3://b/%252e%252e/p
s3://b/a%00b
s3://b/p?x=/../y
s3://b/p#/../y
s3:/p
s3:p
s3:
dbfs:/a/b
dbfs:///a
dbfs:/a/../b
custom://h/p
custom-scheme:xyz
hf://a/b/c
uc:/v
C:\x
c:/x
wasbs://c@a.blob.core.windows.net/p
abfss://c@a.dfs.core.windows.net/p
r2://b@a.r2.cloudflarestorage.com/p
b2://b/p
oss://b/p
http://h/p
http://h
http://h/p?x=../y
https://h/p
https://h
HTTP://h/p
http:/p
https://user:secret@h/p
http://localhost/p
http://127.0.0.1/p
http://h/api/2.0/mlflow-artifacts/artifacts/x
ftp://h/p
sftp://h/p
hdfs://h/p
hdfs:/p
viewfs://h/p
mlflow-artifacts:/a
mlflow-artifacts:/0/abc/artifacts/model
mlflow-artifacts://h/0/x
mlflow-artifacts:
mlflow-artifacts:/../x
runs:/id/model
runs:/id
runs:/id/
runs:/
runs:id/model
runs://h/id/model
RUNS:/id/model
file:///tmp/x
file:/tmp/x
file://host/x
file://localhost/tmp/x
file:x
/tmp/x
tmp/x
.
..
x
dummy-source
prompt-template
é
models:/<zoo>-alpha/1
models:/<zoo>-alpha/01
models:/<zoo>-alpha/5
models:/<zoo>-alpha/99
models:/<zoo>-alpha/Production
models:/<zoo>-alpha/production
models:/<zoo>-alpha/bogus
models:/<zoo>-alpha/latest
models:/<zoo>-alpha/Latest
models:/<zoo>-alpha@champion
models:/<zoo>-alpha@none
models:/<zoo>-alpha@latest
models:/<zoo>-Beta/1
models:/<zoo>-Beta/latest
models:/<zoo>-Beta/Production
models:/<zoo>-prompt/1
models:/<zoo>-missing/1
models:/<zoo>-missing@x
models:/<zoo>-alpha/1/
models:/<zoo>-alpha/
models:/a/b/c
models:/
models:
models:x
models:///<zoo>-alpha/1
models://h/<zoo>-alpha/1
models:/<zoo>-alpha@
models:/@x
models:/m-00000000000000000000000000000000
models:/m-abc
models:/something
models:/<zoo>-alpha/-1
models:/<zoo>-alpha/1.0
MODELS:/<zoo>-alpha/1
models:/<zoo>-alpha/²
""".strip().splitlines()
    + ["  "]
)

RUN_SOURCES: list[tuple[str, dict[str, Any]]] = [
    ("a run's artifacts with the run", {"source": "<artifacts>/model", "run_id": "<run>"}),
    ("a run's artifact root with the run", {"source": "<artifacts>", "run_id": "<run>"}),
    ("a run's artifacts without a run", {"source": "<artifacts>/model"}),
    ("a run's artifacts with an empty run", {"source": "<artifacts>/model", "run_id": ""}),
    ("a run's artifacts with a missing run", {"source": "<artifacts>/model", "run_id": "f" * 32}),
    ("a run's artifacts with a run that is no id", {"source": "<artifacts>/model", "run_id": "not an id"}),
    ("other artifacts with the run", {"source": "mlflow-artifacts:/0/other/artifacts/model", "run_id": "<run>"}),
    ("artifacts beside the run's with the run", {"source": "<artifacts>x/model", "run_id": "<run>"}),
    ("escaped letters in a run's artifacts", {"source": "<artifacts>/%6Dodel", "run_id": "<run>"}),
    ("double slashes in a run's artifacts", {"source": "<artifacts>//model", "run_id": "<run>"}),
    ("a way out of the run's artifacts", {"source": "<artifacts>/../model", "run_id": "<run>"}),
    ("a runs URI with the run", {"source": "runs:/<run>/model", "run_id": "<run>"}),
    ("a runs URI of another run", {"source": "runs:/<run>/model", "run_id": "f" * 32}),
    ("a runs URI of a missing run that is named", {"source": "runs:/" + "f" * 32 + "/model", "run_id": "f" * 32}),
    ("a runs URI without path", {"source": "runs:/<run>", "run_id": "<run>"}),
    ("a local path with the run", {"source": "/tmp/x", "run_id": "<run>"}),
    ("a local path with a missing run", {"source": "/tmp/x", "run_id": "f" * 32}),
    ("a relative path with the run", {"source": "x", "run_id": "<run>"}),
    ("a remote source with the run", {"source": "s3://b/p", "run_id": "<run>"}),
    ("a remote source with a missing run", {"source": "s3://b/p", "run_id": "f" * 32}),
    ("a remote source with a run that is no id", {"source": "s3://b/p", "run_id": "not an id"}),
    ("a logged model with its id", {"source": "models:/<logged model>", "model_id": "<logged model>"}),
    (
        "a logged model with its id and its run",
        {"source": "models:/<logged model>", "model_id": "<logged model>", "run_id": "<run>"},
    ),
    (
        "a logged model with its id and another run",
        {"source": "models:/<logged model>", "model_id": "<logged model>", "run_id": "other"},
    ),
    ("a logged model without its id", {"source": "models:/<logged model>"}),
    ("a logged model with an empty id", {"source": "models:/<logged model>", "model_id": ""}),
    ("a logged model with its run", {"source": "models:/<logged model>", "run_id": "<run>"}),
    ("a logged model with another id", {"source": "models:/<logged model>", "model_id": "m-" + "0" * 32}),
    ("a missing logged model with its id", {"source": "models:/m-" + "0" * 32, "model_id": "m-" + "0" * 32}),
    ("a logged model's artifacts with its id", {"source": "<its artifacts>", "model_id": "<logged model>"}),
    ("a logged model's artifacts without its id", {"source": "<its artifacts>"}),
    ("a logged model's artifacts with its run", {"source": "<its artifacts>", "run_id": "<run>"}),
    (
        "a run's artifacts with a logged model's id",
        {"source": "<artifacts>/model", "run_id": "<run>", "model_id": "<logged model>"},
    ),
    (
        "a runs URI with a logged model's id",
        {"source": "runs:/<run>/model", "run_id": "<run>", "model_id": "<logged model>"},
    ),
    ("a remote source with a logged model's id", {"source": "s3://b/p", "model_id": "<logged model>"}),
    ("a remote source with a missing logged model's id", {"source": "s3://b/p", "model_id": "m-" + "0" * 32}),
    ("a local path with a logged model's id", {"source": "/tmp/x", "model_id": "<logged model>"}),
    ("a local path with a missing logged model's id", {"source": "/tmp/x", "model_id": "m-" + "0" * 32}),
    (
        "a missing logged model's id with the run",
        {"source": "<artifacts>/model", "run_id": "<run>", "model_id": "m-" + "0" * 32},
    ),
    ("a version with the run it has", {"source": "models:/<zoo>-alpha/1", "run_id": "run-a"}),
    ("a version with another run", {"source": "models:/<zoo>-alpha/1", "run_id": "run-c"}),
    ("a version with an empty run", {"source": "models:/<zoo>-alpha/1", "run_id": ""}),
    ("a version without a run", {"source": "models:/<zoo>-alpha/1"}),
    ("a version with an empty model id", {"source": "models:/<zoo>-alpha/1", "model_id": ""}),
    ("a version with a model id", {"source": "models:/<zoo>-alpha/1", "model_id": "<logged model>"}),
    ("a version without run, with an empty run", {"source": "models:/<zoo>-alpha/3", "run_id": ""}),
    ("a version by alias with the run it has", {"source": "models:/<zoo>-alpha@champion", "run_id": "run-a"}),
]


def sources() -> Iterator[Case]:
    uri = get("model-versions/get-download-uri", {"name": "<new>", "version": "1"})
    for source in SOURCES:
        yield Case(f"source {shown(source)}", [create_model(), create_version(source=source), uri])
    for source in SOURCES[:2] + [
        "dummy-source",
        "prompt-template",
        "Dummy-Source",
        "/tmp/x",
        "file:///tmp/x",
        "http://h/p",
        "models:/<zoo>-alpha/1",
        "models:/<zoo>-prompt/1",
        "x",
    ]:
        for word, value in (("true", "true"), ("True", "True"), ("false", "false"), ("nothing", "")):
            tags = [{"key": "mlflow.prompt.is_prompt", "value": value}]
            yield Case(
                f"prompt source {shown(source)} with the tag {word}",
                [create_model(), create_version(source=source, tags=tags), uri],
            )
    for word, fields in RUN_SOURCES:
        yield Case(f"source: {word}", [create_model(), create_version(**fields), uri])
    yield Case("a bad source of a missing model", [create_version(source="/tmp/x")])
    yield Case("a good source of a missing model", [create_version()])
    yield Case("a copy into a missing model", [create_version(source="models:/<zoo>-alpha/1")])
    yield Case(
        "a bad tag and a bad source",
        [create_model(), create_version(source="/tmp/x", tags=[{"key": "|", "value": ""}])],
    )
    yield Case("a bad tag of a missing model", [create_version(tags=[{"key": "|", "value": ""}])])
    yield Case("a long source", [create_model(), create_version(source="s3://b/" + "p" * 480), uri])
