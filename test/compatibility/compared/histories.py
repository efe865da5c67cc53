"""What the registry holds after a series of changes, timestamps included."""

from collections.abc import Iterator

from compared.request import (
    TWO_VERSIONS,
    Case,
    Request,
    alias,
    create_model,
    create_version,
    delete,
    get,
    get_model,
    get_version,
    model_tag,
    move,
    patch,
    post,
    version_tag,
)


def histories() -> Iterator[Case]:
    """Timestamps are compared too: by their order within the history."""
    three = [
        create_model(tags=[{"key": "t", "value": "1"}], description="d"),
        create_version(),
        create_version(),
        create_version(),
    ]
    look = [get_model(), get_version("1"), get_version("2"), get_version("3")]
    find = get("model-versions/search", {"filter": "name='<new>'", "order_by": "version_number ASC"})

    def history(name: str, *requests: Request) -> Case:
        return Case(f"history: {name}", [*three, *requests, *look, find])

    yield history("nothing more")
    yield history("update the model", patch("registered-models/update", {"name": "<new>", "description": "new"}))
    yield history(
        "update the model with an empty description",
        patch("registered-models/update", {"name": "<new>", "description": ""}),
    )
    yield history("update the model without a description", patch("registered-models/update", {"name": "<new>"}))
    yield history(
        "update a version", patch("model-versions/update", {"name": "<new>", "version": "2", "description": "new"})
    )
    yield history(
        "update a version with an empty description",
        patch("model-versions/update", {"name": "<new>", "version": "2", "description": ""}),
    )
    yield history(
        "update a version without a description", patch("model-versions/update", {"name": "<new>", "version": "2"})
    )
    yield history("tag the model", model_tag("<new>", "k", "v"), model_tag("<new>", "t", "2"))
    yield history(
        "untag the model",
        delete("registered-models/delete-tag", {"name": "<new>", "key": "t"}),
        delete("registered-models/delete-tag", {"name": "<new>", "key": "t"}),
    )
    yield history("tag a version", version_tag("<new>", "2", "k", "v"), version_tag("<new>", "2", "k", "w"))
    yield history(
        "untag a version",
        version_tag("<new>", "2", "k", "v"),
        delete("model-versions/delete-tag", {"name": "<new>", "version": "2", "key": "k"}),
    )
    yield history(
        "aliases come and go",
        alias("<new>", "a", "1"),
        alias("<new>", "b", "1"),
        alias("<new>", "a", "2"),
        get("registered-models/alias", {"name": "<new>", "alias": "a"}),
        delete("registered-models/alias", {"name": "<new>", "alias": "b"}),
    )
    yield history("a transition", move("2", "Production"))
    yield history("a transition to where it is", move("2", "Production"), move("2", "Production"))
    yield history("two versions share a stage", move("1", "Production"), move("2", "Production"))
    yield history(
        "a transition that archives", move("1", "Production"), move("2", "Production"), move("3", "Production", True)
    )
    yield history(
        "a transition to where it is that archives",
        move("1", "Staging"),
        move("2", "Staging"),
        move("1", "staging", True),
    )
    yield history("a refused transition archives nothing", move("1", "Production"), move("9", "Production", True))
    yield history("delete a version", delete("model-versions/delete", {"name": "<new>", "version": "2"}))
    yield history(
        "delete a version twice",
        delete("model-versions/delete", {"name": "<new>", "version": "2"}),
        delete("model-versions/delete", {"name": "<new>", "version": "2"}),
    )
    yield history(
        "delete the newest version and create one",
        delete("model-versions/delete", {"name": "<new>", "version": "3"}),
        create_version(),
    )
    yield history(
        "delete a version in Production",
        move("2", "Production"),
        delete("model-versions/delete", {"name": "<new>", "version": "2"}),
        post("registered-models/get-latest-versions", {"name": "<new>", "stages": ["Production"]}),
    )
    yield history(
        "delete all versions",
        *(delete("model-versions/delete", {"name": "<new>", "version": str(n)}) for n in (1, 2, 3)),
        get("registered-models/alias", {"name": "<new>", "alias": "latest"}),
    )
    yield history(
        "delete a version that has aliases",
        alias("<new>", "a", "2"),
        alias("<new>", "b", "2"),
        alias("<new>", "c", "3"),
        delete("model-versions/delete", {"name": "<new>", "version": "2"}),
        get("registered-models/alias", {"name": "<new>", "alias": "a"}),
    )
    yield history(
        "rename the model",
        move("1", "Production"),
        alias("<new>", "a", "1"),
        version_tag("<new>", "1", "k", "v"),
        post("registered-models/rename", {"name": "<new>", "new_name": "<new>-b"}),
        get_model("<new>-b"),
        get_version("1", "<new>-b"),
        get("registered-models/alias", {"name": "<new>-b", "alias": "a"}),
    )
    yield history(
        "rename the model to the name it has", post("registered-models/rename", {"name": "<new>", "new_name": "<new>"})
    )
    yield history(
        "rename there and back",
        post("registered-models/rename", {"name": "<new>", "new_name": "<new>-b"}),
        post("registered-models/rename", {"name": "<new>-b", "new_name": "<new>"}),
    )
    yield history(
        "take a name left by a rename",
        post("registered-models/rename", {"name": "<new>", "new_name": "<new>-b"}),
        create_model(),
        create_version(),
    )
    yield history(
        "rename to a taken name",
        create_model("<new>-b"),
        post("registered-models/rename", {"name": "<new>", "new_name": "<new>-b"}),
        get_model("<new>-b"),
    )
    yield history(
        "rename a model with a deleted version",
        delete("model-versions/delete", {"name": "<new>", "version": "2"}),
        post("registered-models/rename", {"name": "<new>", "new_name": "<new>-b"}),
        create_version("<new>-b"),
        get_model("<new>-b"),
    )
    yield history(
        "delete the model",
        delete("registered-models/delete", {"name": "<new>"}),
        delete("registered-models/delete", {"name": "<new>"}),
    )
    yield history(
        "delete the model and use its name again",
        alias("<new>", "a", "1"),
        delete("registered-models/delete", {"name": "<new>"}),
        create_model(),
        create_version(),
    )
    yield history("create the model again", create_model(description="other"))
    yield history(
        "copy a version and delete its origin",
        create_version(source="models:/<new>/1"),
        delete("model-versions/delete", {"name": "<new>", "version": "1"}),
        get("model-versions/get-download-uri", {"name": "<new>", "version": "4"}),
    )
    yield history(
        "copy a copy",
        create_version(source="models:/<new>/1"),
        create_version(source="models:/<new>/4"),
        get("model-versions/get-download-uri", {"name": "<new>", "version": "5"}),
        create_version(source="models:/<new>/latest"),
        create_version(source="models:/<new>/None"),
    )
    yield history(
        "rename a model that a copy came from",
        create_model("<new>-c"),
        create_version("<new>-c", source="models:/<new>/1"),
        post("registered-models/rename", {"name": "<new>", "new_name": "<new>-b"}),
        get_version("1", "<new>-c"),
        get("model-versions/get-download-uri", {"name": "<new>-c", "version": "1"}),
    )

    prompt = [{"key": "mlflow.prompt.is_prompt", "value": "true"}]
    yield Case("create a prompt twice", [create_model(tags=prompt), create_model(tags=prompt)])
    yield Case("create a model named as a prompt", [create_model(tags=prompt), create_model()])
    yield Case("create a prompt named as a model", [create_model(), create_model(tags=prompt)])
    yield Case(
        "create a prompt in capitals named as a model",
        [create_model(), create_model(tags=[{"key": "mlflow.prompt.is_prompt", "value": "True"}])],
    )
    yield Case(
        "create a model named as a prompt in capitals",
        [create_model(tags=[{"key": "mlflow.prompt.is_prompt", "value": "True"}]), create_model()],
    )
    yield Case(
        "a model becomes a prompt",
        [
            create_model(),
            model_tag("<new>", "mlflow.prompt.is_prompt", "true"),
            create_model(),
            get("registered-models/search", {"filter": "name='<new>'"}),
            delete("registered-models/delete-tag", {"name": "<new>", "key": "mlflow.prompt.is_prompt"}),
            get("registered-models/search", {"filter": "name='<new>'"}),
        ],
    )
    yield Case(
        "a deleted prompt version still hides its model",
        [
            *TWO_VERSIONS,
            version_tag("<new>", "2", "mlflow.prompt.is_prompt", "true"),
            delete("model-versions/delete", {"name": "<new>", "version": "2"}),
            get("model-versions/search", {"filter": "name='<new>'"}),
        ],
    )
