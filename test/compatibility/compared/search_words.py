"""Filters, orders, page tokens and limits of searches, good and bad: one a line."""

MODEL_FILTERS = (
    r"""
name = '<zoo>-alpha'
name='<zoo>-alpha'
name="<zoo>-alpha"
name = '<zoo>-ALPHA'
name != '<zoo>-alpha' AND name LIKE '<zoo>%'
name LIKE '<zoo>-%'
name like '<zoo>-%a'
name LIKE '<zoo>-B%'
name LIKE '<zoo>-b%'
name ILIKE '<zoo>-b%'
name iLiKe '<zoo>-B%'
name LIKE '<zoo>-_lpha'
name LIKE '<zoo>-alpha%'
name LIKE '<zoo>'
name LIKE '<zoo>-odd %"\%%'
name LIKE '<zoo>-odd é%'
attribute.name = '<zoo>-alpha'
attributes.name = '<zoo>-alpha'
attr.name = '<zoo>-alpha'
`name` = '<zoo>-alpha'
attribute.`name` = '<zoo>-alpha'
Name = '<zoo>-alpha'
NAME = 'x'
name = key-dash
name = alpha
name = 5
name = 5.5
name = ''
name = 'it''s'
name = 'a\'b'
name = '<zoo>-odd é''"%_# name'
name > 'A'
name >= 'A'
name < 'A'
name <= 'A'
name <> 'A'
name == 'A'
name NOT LIKE 'A'
name RLIKE 'A'
name !LIKE 'A'
name <=> 'x'
name ~ 'x'
name IN ('<zoo>-alpha')
name IN ('<zoo>-alpha', '<zoo>-Beta')
name in ('<zoo>-alpha','<zoo>-nothing')
name NOT IN ('<zoo>-alpha') AND name LIKE '<zoo>%'
name NOT IN ('<zoo>-alpha','<zoo>-gamma') AND name LIKE '<zoo>%'
name IN (key-dash)
name IN (alpha)
name IN ()
name IN (1)
name IN (1, 2)
name IN ('a', 2)
name IN '<zoo>-alpha'
name IN ("<zoo>-alpha")
name IN ('<zoo>-ALPHA')
name = ('a')
name LIKE ('a')
attribute.name IN ('<zoo>-alpha')
name NOT  IN ('x') AND name LIKE '<zoo>-a%'
name not in ('x') and name like '<zoo>-a%'
name IS NULL
name IS NOT NULL
tags.team IS NULL
tags.team IS NOT NULL
tags.`key-dash` IS NOT NULL
name is null AND name = 'x'
tags.team = 'A' AND name LIKE '<zoo>%'
tag.team = 'A' AND name LIKE '<zoo>%'
tags.team != 'A' AND name LIKE '<zoo>%'
tags.team LIKE 'a' AND name LIKE '<zoo>%'
tags.team ILIKE 'a' AND name LIKE '<zoo>%'
tags.team ilike 'A' AND name LIKE '<zoo>%'
tags.team = 'A' AND tags.team = 'B'
tags.team != 'A' AND tags.team != 'B' AND name LIKE '<zoo>%'
tags.team = 'A' AND tags.`key-dash` = 'x' AND name LIKE '<zoo>%'
tags.team = 'a' AND tags.`key-dash` = 'x' AND name LIKE '<zoo>%'
tags.empty = '' AND name LIKE '<zoo>%'
tags.`team` = 'A' AND name LIKE '<zoo>%'
tags."team" = 'A' AND name LIKE '<zoo>%'
tags.'team' = 'A' AND name LIKE '<zoo>%'
tags.key-dash = 'x'
tags.mlflow.note = 'dots' AND name LIKE '<zoo>%'
tags.`mlflow.note` = 'dots' AND name LIKE '<zoo>%'
tags.version = '7' AND name LIKE '<zoo>%'
tags.type = 'x' AND name LIKE '<zoo>%'
tags.source = 'x' AND name LIKE '<zoo>%'
tags.key = 'x'  AND name LIKE '<zoo>%'
tags.order = 'x'
tags.select = 'x'
tags.quote = "it's" AND name LIKE '<zoo>%'
tags.quote = 'it''s' AND name LIKE '<zoo>%'
tags.kind = 'tree' AND name LIKE '<zoo>%'
tags.team = 5
tags.team = 5.5
tags.team = A
tags.team IN ('A')
tags.team NOT IN ('A')
tags.team > '1'
tags.team RLIKE 'A'
TAGS.team = 'A'
Tags.team = 'A'
tags. team = 'A'
tags .team = 'A'
tags = 'A'
tags. = 'A'
tags.`` = 'A'
tags.é = 'A' AND name LIKE '<zoo>%'
run_id = 'x'
version_number = 1
source_path = 'x'
timestamp > 1
creation_timestamp > 1
last_updated_timestamp > 1
description = 'x'
foo.bar = 'x'
foo = 'x'
metrics.a = 'x'
params.a = 'x'
version = '1'
source = 'x'
alias = 'x'
status = 'x'
aliases.champion = '1'
'alpha' = name
name =
= 'x'
name
garbage
garbage in
name 'x'
name = = 'x'
'x'
5
()
(name = 'x')
name = 'x' OR name = 'y'
name = 'x' or name = 'y'
NOT name = 'x'
name BETWEEN 'a' AND 'b'
lower(name) = 'x'
name = 'x';
name = 'x'; name = 'y'
name = 'x', name = 'y'
name = 'x' -- comment
/* c */ name = '<zoo>-alpha'
name = '<zoo>-alpha' # c
SELECT 1
name = 'x' AND OR
name = 'unclosed
name = unclosed'
name = "x
name = `x`
name + 'x'
*
;
;;
,
.
AND name = '<zoo>-alpha'
name = '<zoo>-alpha' AND
name = '<zoo>-alpha' and name LIKE '<zoo>%'
name = '<zoo>-alpha' aNd name LIKE '<zoo>%'
name = '<zoo>-alpha' name LIKE '<zoo>%'
name = '<zoo>-alpha' AND AND name LIKE '<zoo>%'
name = '<zoo>-alpha' && name LIKE '<zoo>%'
name   LIKE   '<zoo>-alpha'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` = 'true'
name LIKE '<zoo>%' AND tag.`mlflow.prompt.is_prompt` = 'true'
name LIKE '<zoo>%' AND tags.mlflow.prompt.is_prompt = 'true'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` = 'True'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` = 'false'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` = 'maybe'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` != 'true'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` != 'false'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` != 'False'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` LIKE 'true'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` ILIKE 'TRUE'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` = 'true' AND tags.`mlflow.prompt.is_prompt` = 'false'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` = 'false' AND tags.`mlflow.prompt.is_prompt` = 'true'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` = 'true' AND tags.team = 'A'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` != 'true' AND tags.team = 'A'
name = '<zoo>-prompt'
name = '<zoo>-mixed'
""".strip().splitlines()
    + [" ", "   ", "\t", "\n", " name = '<zoo>-alpha' ", "\nname\n=\n'<zoo>-alpha'\n", "name\t=\t'<zoo>-alpha'"]
)

VERSION_FILTERS = (
    r"""
name = '<zoo>-alpha'
name != '<zoo>-alpha' AND name LIKE '<zoo>%'
name LIKE '<zoo>%'
name ILIKE '<zoo>-ALPHA'
name IN ('<zoo>-alpha', '<zoo>-gamma')
name NOT IN ('<zoo>-alpha') AND name LIKE '<zoo>%'
name IN ()
name > 'a'
run_id = 'run-a' AND name LIKE '<zoo>%'
run_id != 'run-a' AND name LIKE '<zoo>%'
run_id LIKE 'a%' AND name LIKE '<zoo>%'
run_id ILIKE 'abc' AND name LIKE '<zoo>%'
run_id = '' AND name LIKE '<zoo>%'
run_id IN ('run-a') AND name LIKE '<zoo>%'
run_id IN ('run-a', 'run-b') AND name LIKE '<zoo>%'
run_id IN ('ABC') AND name LIKE '<zoo>%'
run_id IN ('123') AND name LIKE '<zoo>%'
run_id IN ('ABC', 'run-a') AND name LIKE '<zoo>%'
run_id NOT IN ('ABC') AND name LIKE '<zoo>%'
run_id IN ()
run_id IN (1, 2)
run_id IN (abc)
run_id IN 'abc'
run_id in ('abc')  AND name LIKE '<zoo>%'
run_id = 5
run_id > 'a'
run_id IN ('a' 'b') AND name LIKE '<zoo>%'
run_id IN ('a',) AND name LIKE '<zoo>%'
run_id IN ('a',,'b')
run_id IN ('a', NULL)
run_id IN ((('a'))) AND name LIKE '<zoo>%'
source_path = 's3://bucket/path' AND name LIKE '<zoo>%'
source_path LIKE 'gs:%' AND name LIKE '<zoo>%'
source_path ILIKE '%OTHER%' AND name LIKE '<zoo>%'
source_path LIKE '%other%' AND name LIKE '<zoo>%'
source_path != 's3://bucket/path' AND name LIKE '<zoo>%'
source_path LIKE '%100\%%' AND name LIKE '<zoo>%'
source_path LIKE '%100%sure' AND name LIKE '<zoo>%'
source_path IN ('s3://bucket/path')
source_path NOT IN ('x')
source_path > 'a'
source = 'x'
version_number = 1 AND name LIKE '<zoo>%'
version_number != 1 AND name LIKE '<zoo>%'
version_number > 1 AND name LIKE '<zoo>%'
version_number >= 2 AND name LIKE '<zoo>%'
version_number < 2 AND name LIKE '<zoo>%'
version_number <= 2 AND name LIKE '<zoo>%'
version_number = '1' AND name LIKE '<zoo>%'
version_number = ' 1 ' AND name LIKE '<zoo>%'
version_number = '01' AND name LIKE '<zoo>%'
version_number = 'x'
version_number = '1.5'
version_number = ''
version_number = 1.0
version_number > 1.5
version_number = -1 AND name LIKE '<zoo>%'
version_number = +1 AND name LIKE '<zoo>%'
version_number = 1e0
version_number = 0x1
version_number LIKE '1'
version_number ILIKE '1'
version_number IN (1)
version_number IN ('1')
version_number NOT IN ('1')
version_number = 99999999999999999999 AND name LIKE '<zoo>%'
version_number = 5 AND name = '<zoo>-alpha'
version_number <> 1
version_number = one
attribute.version_number = 1 AND name LIKE '<zoo>%'
version = 1
version = '1'
status = 'READY'
current_stage = 'Production'
stage = 'Production'
creation_timestamp > 1
last_updated_timestamp > 1
user_id = 'x'
alias = 'x'
model_id = 'x'
description = 'x'
foo.bar = 'x'
name = 5
name = alpha
name IS NULL
run_id IS NOT NULL
tags.kind IS NULL
tags.kind = 5
tags.kind > '1'
tags.kind IN ('tree')
tags.kind NOT IN ('tree')
tags.kind = 'tree' AND name LIKE '<zoo>%'
tag.kind = 'tree' AND name LIKE '<zoo>%'
tags.kind != 'tree' AND name LIKE '<zoo>%'
tags.kind LIKE '%ree' AND name LIKE '<zoo>%'
tags.kind ILIKE 'tree' AND name LIKE '<zoo>%'
tags.kind = 'net' AND tags.size = '10' AND name LIKE '<zoo>%'
tags.kind = 'tree' AND tags.size = '10' AND name LIKE '<zoo>%'
tags.`key-dash` = "it's" AND name LIKE '<zoo>%'
tags.team = 'A' AND name LIKE '<zoo>%'
tags.version = '7' AND name LIKE '<zoo>%'
garbage
name = 'x' OR name = 'y'
name = 'x'; name = 'y'
'x' = name
name = '<zoo>-alpha' run_id = '123'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` = 'true'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` != 'true'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` = 'false'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` != 'false'
name LIKE '<zoo>%' AND tags.`mlflow.prompt.is_prompt` = 'True'
name = '<zoo>-prompt'
name = '<zoo>-mixed'
name = '<zoo>-mixed' AND tags.`mlflow.prompt.is_prompt` = 'true'
""".strip().splitlines()
    + ["  "]
)

MODEL_ORDERS = (
    """
name
name ASC
name DESC
name desc
name dEsC
NAME
Name ASC
timestamp
timestamp ASC
timestamp DESC
timestamp  desc
TIMESTAMP DESC
Timestamp
last_updated_timestamp
last_updated_timestamp ASC
last_updated_timestamp DESC
LAST_UPDATED_TIMESTAMP
creation_timestamp
creation_timestamp DESC
`name`
`name` DESC
"name" DESC
'name'
`timestamp` DESC
`last_updated_timestamp` DESC
attribute.name
tags.team
name foo
name ASC DESC
name, timestamp
name ASC, timestamp DESC
version
version_number
bogus
bogus DESC
1
name;
DESC
name NULLS FIRST
""".strip().splitlines()
    + ["  name   DESC  ", "", " ", "name\nDESC"]
)

VERSION_ORDERS = (
    """
name
name DESC
name desc
NAME
version_number
version_number ASC
version_number DESC
VERSION_NUMBER
creation_timestamp
creation_timestamp DESC
last_updated_timestamp
last_updated_timestamp DESC
attribute.name DESC
attribute.version_number
attributes.name
attr.name
`name` DESC
`version_number`
attribute.`version_number`
attribute.`name` DESC
"name"
timestamp
timestamp DESC
version
version DESC
tags.kind
tag.t
tags.`a b`
run_id
source_path
bogus
name foo
name ASC DESC
name, version_number
name;
""".strip().splitlines()
    + ["", " "]
)

MODEL_ORDER_LISTS = [
    ["name", "timestamp"],
    ["timestamp DESC", "name DESC"],
    ["name", "name DESC"],
    ["timestamp", "last_updated_timestamp"],
    ["name", "bogus"],
    ["name ASC", "name ASC"],
    ["", "name"],
]

VERSION_ORDER_LISTS = [
    ["name", "version_number"],
    ["version_number", "name DESC"],
    ["name", "name DESC"],
    ["name", "attribute.name"],
    ["creation_timestamp", "last_updated_timestamp DESC"],
    ["name DESC", "bogus"],
]

TOKENS = (
    """
evilhax
not base64!
====
a
abcd
bm90anNvbg==
e30=
eyJ4IjogMX0=
eyJvZmZzZXQiOiAwfQ==
eyJvZmZzZXQiOiAieCJ9
eyJvZmZzZXQiOiBudWxsfQ==
eyJvZmZzZXQiOiAiIn0=
MQ==
W10=
WzFd
InMi
bnVsbA==
dHJ1ZQ==
eyJvZmZzZXQiOiBbXX0=
eyJvZmZzZXQiOiBbMV19
eyJvZmZzZXQiOiB7fX0=
é
%
""".strip().splitlines()
    + ["", " "]
)

LIMITS = (
    """
1
2
1000
1001
200000
200001
0
-1
1.0
1.5
1e1
abc
+5
05
5_0
５
9223372036854775807
9223372036854775808
99999999999999999999
-9223372036854775809
true
null
""".strip().splitlines()
    + ["", " ", " 5 "]
)

LIMITS_OF_OTHER_TYPES = [
    1,
    "1",
    1.0,
    1.5,
    True,
    None,
    [],
    [1],
    {},
    "abc",
    1001,
    200_001,
    0,
    -1,
    2**63,
    2**70,
    "1001",
]
