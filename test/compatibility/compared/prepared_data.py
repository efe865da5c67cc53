"""What both servers hold before the cases are sent."""

from compared.request import Request, alias, create_model, create_version, delete, model_tag, move, post, version_tag


def prepared_data() -> list[Request]:
    """Every one of these requests must succeed."""
    alpha, beta, gamma = "<zoo>-alpha", "<zoo>-Beta", "<zoo>-gamma"
    return [
        create_model(
            alpha,
            description="the first",
            tags=[{"key": "team", "value": "A"}, {"key": "key-dash", "value": "x"}, {"key": "empty", "value": ""}],
        ),
        create_version(alpha, run_id="run-a", tags=[{"key": "kind", "value": "tree"}], description="one"),
        create_version(alpha, run_id="run-b", run_link="http://link/b"),
        create_version(alpha, source="gs://bucket/Other/path", tags=[{"key": "kind", "value": "Tree"}]),
        create_version(alpha, run_id="ABC", tags=[{"key": "key-dash", "value": "it's"}]),
        create_version(alpha),
        create_version(alpha, run_id="123", tags=[{"key": "kind", "value": "net"}, {"key": "size", "value": "10"}]),
        alias(alpha, "champion", "1"),
        alias(alpha, "old", "2"),
        alias(alpha, "Champion", "3"),
        move("1", "Production", name=alpha),
        move("2", "Archived", name=alpha),
        move("3", "Staging", name=alpha),
        delete("model-versions/delete", {"name": alpha, "version": "5"}),
        create_model(beta, tags=[{"key": "team", "value": "B"}, {"key": "mlflow.note", "value": "dots"}]),
        create_model(gamma, tags=[{"key": "team", "value": "a"}, {"key": "version", "value": "7"}]),
        create_version(gamma, source="dbfs:/x/100%_sure"),
        create_version(gamma, tags=[{"key": "version", "value": "7"}]),
        create_model("<zoo>-odd é'\"%_# name", tags=[{"key": "quote", "value": "it's"}]),
        create_model("<zoo>-prompt", tags=[{"key": "mlflow.prompt.is_prompt", "value": "true"}]),
        post(
            "model-versions/create",
            {
                "name": "<zoo>-prompt",
                "source": "dummy-source",
                "tags": [
                    {"key": "mlflow.prompt.is_prompt", "value": "true"},
                    {"key": "mlflow.prompt.text", "value": "Hello {{name}}"},
                ],
            },
        ),
        create_model("<zoo>-mixed"),
        create_version("<zoo>-mixed"),
        create_version("<zoo>-mixed"),
        version_tag("<zoo>-mixed", "2", "mlflow.prompt.is_prompt", "true"),
        create_model("<zoo>-false", tags=[{"key": "mlflow.prompt.is_prompt", "value": "false"}]),
        create_version("<zoo>-false"),
        create_model("<zoo>-shouted", tags=[{"key": "mlflow.prompt.is_prompt", "value": "True"}]),
        model_tag(beta, "late", "yes"),
    ]
