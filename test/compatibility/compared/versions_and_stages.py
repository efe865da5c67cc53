"""Ways to write a version or a stage."""

from collections.abc import Iterator

from compared.request import (
    TWO_VERSIONS,
    Case,
    create_model,
    delete,
    get,
    get_model,
    get_version,
    move,
    patch,
    post,
    shown,
)

VERSIONS = [
    "1",
    " 1 ",
    "01",
    "+1",
    "1.0",
    "1e0",
    "-1",
    "0",
    "-0",
    "99",
    "99999999999999999999",
    "1_0",
    "1_",
    "１",
    "abc",
    "1a",
    "0x1",
    "''",
    "\n1\n",
    "1\u00a0",
    "٣",
    "²",
    "1 1",
    "None",
    "true",
]

STAGES = [
    "None",
    "Staging",
    "Production",
    "Archived",
    "none",
    "STAGING",
    "pRODUCTION",
    "archived",
    "Deleted_Internal",
    "bogus",
    "",
    " ",
    "Staging ",
    "Production\n",
    "null",
]


def versions_and_stages() -> Iterator[Case]:
    for version in VERSIONS:
        of_new = {"name": "<new>", "version": version}
        yield Case(
            f"version {shown(version)} in every request that takes one",
            [
                *TWO_VERSIONS,
                get("model-versions/get", of_new),
                get("model-versions/get-download-uri", of_new),
                patch("model-versions/update", {**of_new, "description": "d"}),
                post("model-versions/set-tag", {**of_new, "key": "k", "value": "v"}),
                get_version("1"),
                delete("model-versions/delete-tag", {**of_new, "key": "k"}),
                post("registered-models/alias", {**of_new, "alias": "best"}),
                move("2", "Production"),
                move(version, "Production", True),
                get_model(),
                delete("model-versions/delete", of_new),
                get_model(),
            ],
        )
    for stage in STAGES:
        word = shown(stage)
        yield Case(f"transition to {word}", [*TWO_VERSIONS, move("1", stage), get_version("1")])
        yield Case(
            f"transition to {word} and archive",
            [*TWO_VERSIONS, move("2", "Production"), move("1", stage, True), get_model()],
        )
        yield Case(f"transition a missing version to {word} and archive", [*TWO_VERSIONS, move("9", stage, True)])
        yield Case(f"transition a version of a missing model to {word}", [move("9", stage)])
        yield Case(
            f"latest versions in {word}",
            [get("registered-models/get-latest-versions", {"name": "<zoo>-alpha", "stages": stage})],
        )
        yield Case(
            f"latest versions by POST in {word}",
            [post("registered-models/get-latest-versions", {"name": "<zoo>-alpha", "stages": [stage]})],
        )
    latest = "registered-models/get-latest-versions"
    yield Case("latest versions in all stages", [post(latest, {"name": "<zoo>-alpha"})])
    yield Case(
        "latest versions in a stage named twice",
        [post(latest, {"name": "<zoo>-alpha", "stages": ["Staging", "staging"]})],
    )
    yield Case(
        "latest versions with one good and one bad stage",
        [post(latest, {"name": "<zoo>-alpha", "stages": ["Staging", "bogus"]})],
    )
    yield Case("latest versions with a stage that is a number", [post(latest, {"name": "<zoo>-alpha", "stages": [1]})])
    yield Case("latest versions with a stage that is null", [post(latest, {"name": "<zoo>-alpha", "stages": [None]})])
    yield Case("latest versions of a model without versions", [post(latest, {"name": "<zoo>-Beta"})])
    yield Case("latest versions of a missing model", [post(latest, {"name": "<new>"})])
    yield Case(
        "latest versions of a missing model in a bad stage", [post(latest, {"name": "<new>", "stages": ["bogus"]})]
    )
    yield Case("the alias latest", [get("registered-models/alias", {"name": "<zoo>-alpha", "alias": "latest"})])
    yield Case(
        "the alias latest in capitals", [get("registered-models/alias", {"name": "<zoo>-alpha", "alias": "LATEST"})]
    )
    yield Case(
        "the alias latest without versions", [get("registered-models/alias", {"name": "<zoo>-Beta", "alias": "latest"})]
    )
    yield Case(
        "the alias latest of a missing model", [get("registered-models/alias", {"name": "<new>", "alias": "latest"})]
    )
    yield Case("an alias of a missing model", [get("registered-models/alias", {"name": "<new>", "alias": "best"})])
    yield Case(
        "an alias whose letters differ in case",
        [get("registered-models/alias", {"name": "<zoo>-alpha", "alias": "CHAMPION"})],
    )
    yield Case(
        "delete the alias latest",
        [create_model(), delete("registered-models/alias", {"name": "<new>", "alias": "latest"})],
    )
    yield Case(
        "delete a missing alias",
        [create_model(), delete("registered-models/alias", {"name": "<new>", "alias": "none"})],
    )
    yield Case(
        "delete an alias of a missing model", [delete("registered-models/alias", {"name": "<new>", "alias": "none"})]
    )
