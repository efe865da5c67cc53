"""Searches for models and versions."""

from collections.abc import Iterator

from compared.request import Case, get, shown
from compared.search_words import (
    LIMITS,
    LIMITS_OF_OTHER_TYPES,
    MODEL_FILTERS,
    MODEL_ORDER_LISTS,
    MODEL_ORDERS,
    TOKENS,
    VERSION_FILTERS,
    VERSION_ORDER_LISTS,
    VERSION_ORDERS,
)


def searches() -> Iterator[Case]:
    models, versions = "registered-models/search", "model-versions/search"
    for text in MODEL_FILTERS:
        yield Case(f"models where {ascii(text)}", [get(models, {"filter": text, "max_results": "50"})])
    for text in VERSION_FILTERS:
        query = {"filter": text, "max_results": "50"}
        yield Case(f"versions where {ascii(text)}", [get(versions, query)])
    everything = {"filter": "name LIKE '<zoo>%'", "max_results": "50"}
    for path, noun, orders, lists in (
        (models, "models", MODEL_ORDERS, MODEL_ORDER_LISTS),
        (versions, "versions", VERSION_ORDERS, VERSION_ORDER_LISTS),
    ):
        for order in orders:
            yield Case(f"{noun} by {shown(order)}", [get(path, {**everything, "order_by": order})])
        for order_list in lists:
            yield Case(f"{noun} by {order_list}", [get(path, {**everything, "order_by": order_list})])
        yield Case(f"{noun} in the default order", [get(path, everything)])
        yield Case(f"{noun} with order_by in brackets", [get(path, {**everything, "order_by[]": "name DESC"})])
        for token in TOKENS:
            yield Case(f"{noun} from the page {shown(token)}", [get(path, {**everything, "page_token": token})])
        yield Case(f"{noun} from two pages", [get(path, {**everything, "page_token": ["", "evilhax"]})])
        for limit in LIMITS:
            yield Case(f"{noun}, at most {shown(limit)}", [get(path, {**everything, "max_results": limit})])
        for value in LIMITS_OF_OTHER_TYPES:
            body = {"filter": "name LIKE '<zoo>%'", "max_results": value}
            yield Case(f"{noun} asked by a body, at most {value!r}", [get(path, body=body)])
        for field, values in {
            "filter": [5, [], {}],
            "order_by": [None, [], "name", ["name"], [1], [None], {}],
            "page_token": [None, "", 5, [], "evilhax"],
        }.items():
            for value in values:
                body = {"filter": "name LIKE '<zoo>%'", "max_results": 50, field: value}
                yield Case(f"{noun} asked by a body whose {field} is {value!r}", [get(path, body=body)])
        yield Case(
            f"{noun}: a bad filter and a bad order",
            [get(path, {"filter": "garbage", "order_by": "bogus", "page_token": "evilhax"})],
        )
        yield Case(f"{noun}: a bad order and a bad page", [get(path, {"order_by": "bogus", "page_token": "evilhax"})])
        yield Case(f"{noun}: a bad limit and a bad filter", [get(path, {"max_results": "200001", "filter": "garbage"})])
        yield Case(
            f"{noun}: a limit of nought and a bad filter", [get(path, {"max_results": "0", "filter": "garbage"})]
        )
