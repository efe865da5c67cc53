"""Names, tag keys, tag values and aliases that may be refused."""

from collections.abc import Iterator

from compared.request import (
    Case,
    alias,
    create_model,
    create_version,
    delete,
    get,
    get_model,
    get_version,
    model_tag,
    move,
    post,
    shown,
    version_tag,
)

NAMES = [
    "<new>/b",
    "<new>:b",
    "/",
    ":",
    ".",
    "..",
    "...",
    "..<new>",
    ".<new>",
    "./<new>",
    "../<new>",
    "<new>.",
    "<new>..",
    " <new>",
    "<new> ",
    "<new>  two",
    "\t",
    "\n",
    "\u00a0",
    "\u3000",
    "<new>\n",
    "<new>\tx",
    "<new>é",
    "<new>e\u0301",
    "<new>模型",
    "<new>😀",
    "<new>'",
    '<new>"',
    "<new>`",
    "<new>\\",
    "<new>%",
    "<new>%2F",
    "<new>#?&=+",
    "<new>;--",
    "<new>@x",
    "<new>" + "n" * 200,
    "//<new>",
    "<new>//b",
]

KEYS = [
    "plain",
    "with space",
    " lead",
    "trail ",
    "a.b",
    "a-b",
    "a_b",
    "a/b",
    "a:b",
    "A",
    "é",
    "模型",
    "²",
    "½",
    "😀",
    "a//b",
    "a/",
    "/a",
    "//a",
    ".",
    "..",
    "../k",
    "./k",
    "a/../b",
    "a/./b",
    "...",
    "..a",
    "bad|key",
    "a,b",
    "a'b",
    "a=b",
    "a\tb",
    "a\n",
    "\n",
    " ",
    "a%b",
    "k" * 250,
    "k" * 251,
    "mlflow.prompt.is_prompt",
    "mlflow.user",
]

ALIASES = [
    "plain",
    "with space",
    "a.b",
    "a-b",
    "a_b",
    "a/b",
    "a:b",
    "a@b",
    "é",
    "模型",
    "²",
    "1",
    "-",
    "_",
    "v1",
    "V12",
    "v",
    "v1a",
    "v-1",
    "v１",
    "v1\n",
    "latest",
    "Latest",
    "LATEST",
    "latest ",
    "LATEST_ok",
    "a\n",
    "\n",
    " ",
    "a" * 255,
    "a" * 256,
]


def words_that_may_be_refused() -> Iterator[Case]:
    for name in NAMES:
        yield Case(f"create a model named {shown(name)}", [create_model(name), get_model(name)])
        yield Case(
            f"rename a model to {shown(name)}",
            [create_model("<new>-a"), post("registered-models/rename", {"name": "<new>-a", "new_name": name})],
        )
    for name in NAMES[:8] + NAMES[16:20]:
        yield Case(f"delete a model named {shown(name)}", [delete("registered-models/delete", {"name": name})])
        yield Case(f"get a version of {shown(name)}", [get_version("1", name)])
        yield Case(f"create a version of {shown(name)}", [create_version(name)])
        yield Case(f"transition a version of {shown(name)}", [move("1", "Staging", name=name)])
        yield Case(f"alias in {shown(name)}", [alias(name, "a", "1")])
        yield Case(
            f"download URI of {shown(name)}", [get("model-versions/get-download-uri", {"name": name, "version": "1"})]
        )
        yield Case(f"tag {shown(name)}", [model_tag(name, "k", "v")])
        yield Case(f"tag a version of {shown(name)}", [version_tag(name, "1", "k", "v")])
    for key in KEYS:
        word, tags = shown(key), [{"key": key, "value": "v"}]
        yield Case(
            f"create a model and a version with the key {word}", [create_model(tags=tags), create_version(tags=tags)]
        )
        yield Case(
            f"set and delete the model tag {word}",
            [
                create_model(),
                model_tag("<new>", key, "v"),
                get_model(),
                delete("registered-models/delete-tag", {"name": "<new>", "key": key}),
                get_model(),
            ],
        )
        yield Case(
            f"set and delete the version tag {word}",
            [
                create_model(),
                create_version(),
                version_tag("<new>", "1", key, "v"),
                get_version("1"),
                delete("model-versions/delete-tag", {"name": "<new>", "version": "1", "key": key}),
                get_version("1"),
            ],
        )
    for word, length in [("5000", 5000), ("5001", 5001), ("100000", 100_000), ("100001", 100_001)]:
        value = "v" * length
        yield Case(f"a model tag of {word} characters", [create_model(), model_tag("<new>", "k", value)])
        yield Case(
            f"a version tag of {word} characters",
            [create_model(), create_version(), version_tag("<new>", "1", "k", value)],
        )
        yield Case(
            f"a prompt text of {word} characters",
            [create_model(), create_version(), version_tag("<new>", "1", "mlflow.prompt.text", value)],
        )
        yield Case(
            f"a model created with a tag of {word} characters", [create_model(tags=[{"key": "k", "value": value}])]
        )
    for word in ALIASES:
        yield Case(
            f"set, get and delete the alias {shown(word)}",
            [
                create_model(),
                create_version(),
                alias("<new>", word, "1"),
                get("registered-models/alias", {"name": "<new>", "alias": word}),
                delete("registered-models/alias", {"name": "<new>", "alias": word}),
                get_model(),
            ],
        )
    yield Case("a long description of a model", [create_model(description="d" * 5000)])
    yield Case("a long description of a version", [create_model(), create_version(description="d" * 5000)])
