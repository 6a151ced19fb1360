"""Words that break out of a statement where one is put together from text."""

import random

SHAPES = (
    "'; DROP TABLE {table}; --", '"; DROP TABLE {table}; --', "'); DELETE FROM {table}; --", "' OR '1'='1",
    '" OR ""="',
    "' OR 1=1 --", "') OR ('1'='1", "'; UPDATE {table} SET {column} = 'x'; --",
    "' UNION SELECT {column} FROM {table} --",
    "1; INSERT INTO {table} ({column}) VALUES ('x'); --", "'||(SELECT {column} FROM {table})||'", "x' AND 1=0 --",
    "%' OR {column} LIKE '%", "_%_", "\\'; DROP TABLE {table}; --", "''''", "'\"`", "`{table}`", "[{table}]",
    "/* {table} */", "-- {column}", "#{column}", "x'); ATTACH DATABASE 'y' AS z; --", "'; PRAGMA key = 'x'; --",
    "'; VACUUM; --", "%s", "%(id)s", ":id", "?", "?1", "$1", "{{0}}", "${{jndi:ldap://{table}}}",
    "'; SELECT pg_sleep(1); --",
    "$${table}$$", "E'\\\\'", "'; COPY {table} TO PROGRAM 'x'; --", "\u2019; DROP TABLE {table}; --",
    "\uff07 OR 1=1", "%27%20OR%201=1", "&#39; OR 1=1", "\\x27 OR 1=1", "'\r\n; DROP TABLE {table};\n--",
    "a' COLLATE NOCASE --", "' GLOB '*", "') RETURNING {column}; --", "'; BEGIN; ROLLBACK; --", "'; COMMIT; --",
    "' IS NOT NULL --", "0x27204f5220313d31",
)  # fmt: skip
TARGETS = (("child", "legal_last"), ("journal_entry", "chain"), ("alembic_version", "version_num"), ("club", "name"))


def payloads(number: int, rng: random.Random) -> list[str]:
    """So many, all different; every shape before any comes twice."""
    found = []
    for at in range(number):
        shape = SHAPES[at % len(SHAPES)]
        table, column = rng.choice(TARGETS)
        found.append(f"{at} {shape.format(table=table, column=column)}{at}")
    return found
