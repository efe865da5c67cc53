"""Where the registry may answer otherwise than MLflow, case by case, and why.

The rule behind most of them: MLflow answers some mistakes of a client with 500, which its own Python client repeats
and then hides; a registry that answers 400 and says what is wrong serves every client better.
"""

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple


class Answer(NamedTuple):
    status: int
    body: Any

    @property
    def message(self) -> str:
        return self.body.get("message", "") if isinstance(self.body, dict) else ""

    @property
    def code(self) -> str:
        return self.body.get("error_code", "") if isinstance(self.body, dict) else ""


Allowed = Callable[[Answer, Answer], bool]
"""Told MLflow's answer and the registry's, says whether the registry's is one that it may give."""


class Difference(NamedTuple):
    reason: str
    cases: str
    """A regular expression that finds the names of the cases."""
    allowed: Allowed


def refused(answer: Answer) -> bool:
    return answer.status == 400 and answer.code == "INVALID_PARAMETER_VALUE"


def refused_in_the_same_words(mlflows: Answer, ours: Answer) -> bool:
    return refused(ours) and ours.message == mlflows.message


def refused_in_any_words(_: Answer, ours: Answer) -> bool:
    return refused(ours) and ours.message != ""


def refused_with(beginning: str) -> Allowed:
    return lambda _, ours: refused(ours) and ours.message.startswith(beginning)


def refused_or_answered(_: Answer, ours: Answer) -> bool:
    return ours.status == 200 or refused(ours)


def refused_or_not_found(_: Answer, ours: Answer) -> bool:
    return refused(ours) or (ours.status == 404 and ours.code == "RESOURCE_DOES_NOT_EXIST")


def answered(_: Answer, ours: Answer) -> bool:
    return ours.status == 200


def instead_of_a_500(allowed: Allowed) -> Allowed:
    return lambda mlflows, ours: mlflows.status == 500 and allowed(mlflows, ours)


def name_taken(mlflows: Answer, ours: Answer) -> bool:
    beginning = mlflows.message.split(" Error: ")[0]
    return ours.status == 400 and ours.code == "RESOURCE_ALREADY_EXISTS" and ours.message.startswith(beginning)


def without_credentials(mlflows: Answer, ours: Answer) -> bool:
    return json.loads(json.dumps(mlflows.body).replace("u:p@", "***@")) == ours.body


def route_not_found(mlflows: Answer, ours: Answer) -> bool:
    return mlflows.status == ours.status == 404 and ours.code == "ENDPOINT_NOT_FOUND"


def method_not_allowed(mlflows: Answer, ours: Answer) -> bool:
    return mlflows.status == ours.status == 405


DIFFERENCES = [
    # --- MLflow answers 500
    Difference(
        "archiving asked for with a stage that is not active is a mistake of the client",
        r"(?i)transition (.* )?to '(none|archived)' and archive$",
        instead_of_a_500(refused_in_the_same_words),
    ),
    Difference(
        "ordering twice by one field is a mistake of the client",
        r"^(models|versions) by \[",
        instead_of_a_500(refused_in_the_same_words),
    ),
    Difference(
        "a models:/ source that leads nowhere is a mistake of the client",
        r"^source 'models:/<zoo>-Beta/(latest|Production)'$|^source: a missing logged model with its id$",
        instead_of_a_500(refused_in_the_same_words),
    ),
    Difference(
        "a file on another host is a mistake of the client",
        r"^source 'file://host/x'$",
        instead_of_a_500(refused_in_the_same_words),
    ),
    Difference(
        "a body that is no JSON object is a mistake of the client",
        r"^(POST create|PATCH update) with (a|an empty) (top-level|JSON string that)|^a GET body that is a list$",
        instead_of_a_500(refused_in_any_words),
    ),
    Difference(
        "IS NULL is not part of the language of filters",
        r"^(models|versions) where .* (IS|is) (NOT )?(NULL|null)",
        instead_of_a_500(refused_in_any_words),
    ),
    Difference(
        "a list of words without quotes is a mistake of the client",
        r"^(models|versions) where .* IN \((alpha|key-dash|abc|'a', NULL)\)",
        instead_of_a_500(refused_in_any_words),
    ),
    Difference(
        "a version that is too large for SQLite's integers is one that does not exist",
        r"^version '99999999999999999999'",
        instead_of_a_500(refused_or_not_found),
    ),
    Difference(
        "a version number may be too large for SQLite's integers",
        r"^versions where .*99999999999999999999",
        instead_of_a_500(refused_or_answered),
    ),
    Difference(
        "a page token that holds JSON of another kind is as bad as one that holds none",
        r"^(models|versions) from the page ",
        instead_of_a_500(refused_with("Invalid page token")),
    ),
    Difference(
        "a limit that is no integer is refused as every value of a wrong type is, and null counts as left out",
        r"^(models|versions), at most '1(\.0|e1)'$|asked by a body, at most (None|\[\]|\[1\]|\{\})$",
        instead_of_a_500(refused_or_answered),
    ),
    Difference(
        "numbers beyond those that JSON parsers agree on are told rounded",
        r"asked by a body, at most \d{19,}$",
        refused_with("Invalid value "),
    ),
    Difference(
        "an event that means nothing is a mistake of the client",
        r"^webhook (with (the entity|the action|other events|events \['x'\])|tried with another event)",
        instead_of_a_500(refused_in_any_words),
    ),
    Difference(
        "a page token that holds JSON of another kind is as bad as one that holds none, for webhooks, too",
        r"^webhooks from the page ",
        instead_of_a_500(refused_with("Invalid page token")),
    ),
    # --- MLflow has become stricter about sources, to protect the artifacts that its server opens
    Difference(
        "the registry opens no artifacts: what MLflow 3.11 took for a source, it takes",
        r"^source|^prompt source|^POST model-versions/create with source blank$",
        refused_or_answered,
    ),
    Difference(
        "a run or a logged model that does not exist is told as such",
        r"^source: a local path with a missing (run|logged model's id)$",
        refused_or_not_found,
    ),
    # --- MLflow tells the words of its database
    Difference(
        "one value in parentheses is no value to compare a name with",
        r"^models where .*name (=|LIKE) \('a'\)",
        refused_in_any_words,
    ),
    Difference(
        "after 'already exists.' MLflow prints its SQL statement",
        r"^history: rename to a taken name$",
        name_taken,
    ),
    Difference(
        "after an event that is named twice MLflow prints its SQL statement",
        r"^webhook with other events 5$",
        lambda mlflows, ours: mlflows.code == "BAD_REQUEST" and refused(ours),
    ),
    # --- MLflow takes what was not meant
    Difference(
        "a status that means nothing is taken by MLflow for none, so that a webhook may be active that should not",
        r"^webhook (of|with|changed with) status ",
        refused_in_any_words,
    ),
    Difference(
        "a number of webhooks beyond all integers is ignored by MLflow without a word",
        r"^webhooks, at most '9{20}'$",
        refused_in_any_words,
    ),
    Difference("user and password in a URL are not told again", r"^webhook at https://u:p@", without_credentials),
    Difference(
        "with a limit of nought or less MLflow finds nothing and gives a token for the same page again",
        r"^models(,| asked by a body,) at most '?(0|-1)'?$",
        refused_or_answered,
    ),
    Difference(
        "a limit of a wrong type in a body is ignored by MLflow without a word",
        r"asked by a body, at most (1\.5|True)$|at most '-9223372036854775809'$",
        refused_or_answered,
    ),
    Difference(
        "a tag with a value of a wrong type is stored by MLflow without its value",
        r"^create a model with a tag whose value is a number$",
        refused_in_any_words,
    ),
    Difference(
        "a tag that is no object is read by MLflow as one with an empty key",
        r"^create a model with a tag that is (a string|null)$|^POST .*/create with tags of other types$",
        refused_in_any_words,
    ),
    Difference(
        "MLflow reads integers as Python does: digits of every script, underscores, blanks around",
        r"^version '(1_0|\\uff11|\\u0663|\\n1\\n|1\\xa0)'|at most '(\\uff15|5_0| 5 |\+5|05)'",
        refused_in_any_words,
    ),
    Difference(
        "what a bad page token decodes to is printed as Python does, which skips letters that are not of base64",
        r"^(models|versions) from the page '(abcd|====| |%|eyJvZmZzZXQiOi(BudWxsfQ==|BbXX0=|B7fX0=|AiIn0=))'$",
        refused_with("Invalid page token"),
    ),
    Difference(
        "required fields in camelCase are read by MLflow and then called missing",
        r"^camelCase of a required field$",
        answered,
    ),
    Difference(
        "of two mistakes, or of a wrong type where nothing was checked, another one may be told",
        r"^create a model with a wrong type and a missing name$|get-download-uri with a body whose name is a (number|list)$"
        r"|^models: a limit of nought and a bad filter$",
        refused_in_any_words,
    ),
    Difference("an order may be in back-quotes, with a direction or without", r"^models by '`name`'$", answered),
    # --- MLflow says it with an HTML page, or not at all
    Difference("routes that do not exist are answered as clients can read it", r"^route ", route_not_found),
    Difference(
        "clients that send searches by POST, as the one for R does, are answered",
        r"^route POST (registered-models|model-versions)/search$",
        answered,
    ),
    Difference("wrong methods are answered as clients can read it", r"^route ", method_not_allowed),
    Difference(
        "clients that send booleans as text, as the one for R does, are understood",
        r"^the archive flag is the text ",
        answered,
    ),
    Difference(
        "the names of media types are the same in capital letters",
        r"^POST with (capital letters|a blank before the semicolon)$",
        answered,
    ),
    # --- MLflow's words depend on where or how it runs
    Difference(
        "a relative path is told as the path that it is on the server",
        r"^source: a relative path with the run$",
        refused_with("Invalid model version source: '"),
    ),
    Difference(
        "how MLflow's tokenizer cuts nonsense into clauses is an accident",
        r"""^models where ["'](name = (\\?'unclosed|unclosed|\\?"x)|name (\+|!LIKE|<=>|~)|.*(&&|--| # c)|/\*|"""
        r"""lower|;;|tags( \.|\. ))""",
        refused_in_any_words,
    ),
]


def is_allowed(case_name: str, mlflows: Answer, ours: Answer) -> bool:
    return any(re.search(one.cases, case_name) and one.allowed(mlflows, ours) for one in DIFFERENCES)
