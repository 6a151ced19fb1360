"""What a person may do at the database itself, should they come to it past Breather.

Each person has a login of their own, whose secret the door hands out (see `door`), and is a member of the group of each
role they have. The groups hold the rights, table by table. It is coarser than Breather's own permissions, and
stands behind them. Roles belong to the whole server, so each club's begin with a prefix of its own.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from models.access.rules import Role
from models.kernel.errors import BadInput, NoServer
from models.schema import METADATA
from models.server import door
from models.server.schema import VERSION_TABLE
from models.storage.erasing import ERASED_LABEL
from models.storage.server_address import prefix

GROUPS: Mapping[Role, str] = {
    Role.SESSIONAL: "sessional", Role.LEAD: "lead", Role.MANAGER: "manager", Role.SAFEGUARDING: "safeguarding",
}  # fmt: skip
EVERYBODY = tuple(Role)
DAY = (Role.SESSIONAL, Role.LEAD, Role.MANAGER)
PLANNING = (Role.LEAD, Role.MANAGER)
MANAGING = (Role.MANAGER,)
LEADS = (Role.SAFEGUARDING,)

SEALED = frozenset({"concern"})
"""Read by safeguarding leads alone; every other table is read by everybody, and what they see of it is Breather's."""

_OWNERS = ("breather_let_in(text, text, text[])", "breather_let_out(text)", "breather_rename(text, text)")
_FREELY = "INSERT, UPDATE, DELETE"
# No table of marks, of the journal or of the door is ever changed or deleted from, but to take an import back, and to
# erase a child for good.
_RIGHTS: tuple[tuple[str, tuple[str, ...], tuple[Role, ...]], ...] = (
    ("INSERT", ("journal_change", "journal_entry", "access_event"), EVERYBODY),
    ("UPDATE (pin, new_password, version)", ("account",), EVERYBODY),
    ("UPDATE (slots)", ("key_slots_copy",), EVERYBODY),
    ("INSERT", ("mark", "child", "family", "contact"), DAY),
    (_FREELY, ("register_day", "collection_today", "chore"), DAY),
    ("UPDATE (note, version)", ("booking",), DAY),
    ("UPDATE (status, version)", ("activity",), DAY),
    (
        _FREELY,
        (
            "child", "family", "contact", "collector", "consent", "adult", "venue", "term", "activity", "booking",
            "duty", "vehicle", "leg", "seat", "pack_copy", "register_sheet", "imported", "child_file", "go_ahead",
        ),
        PLANNING,
    ),
    ("DELETE", ("mark",), PLANNING),
    ("UPDATE", ("mark", "journal_change", "journal_entry", "club", "key_slots_copy", "access_event"), MANAGING),
    ("UPDATE (erased_by)", ("erased_child", "erased_adult"), MANAGING),  # who erased others and is erased since
    ("DELETE", ("access_event",), MANAGING),
    ("INSERT", ("journal_erasure", "erased_child", "erased_adult", "restore"), MANAGING),
    (
        _FREELY,
        ("account", "subject_request", "subject_decision", "legal_hold", "retention_span", "retention_longer"),
        MANAGING,
    ),
    (_FREELY, ("concern",), LEADS),
    ("INSERT", ("journal_erasure",), LEADS),  # what it takes out of the journal is a function's: see _forget_concerns
)  # fmt: skip


def group_of(database: str, role: Role) -> str:
    """The database group of a role."""
    return prefix(database) + GROUPS[role]


def tables_with_rights() -> frozenset[str]:
    """Every table somebody has said who may write."""
    return frozenset(table for _, tables, _ in _RIGHTS for table in tables)


def make_groups(connection: Connection, database: str) -> None:
    """Makes the groups, gives them their rights, and lets managers let people in.

    Raises BadInput where the server still has people of another club that was called so.
    """
    _clear_away(connection, database)
    for role in Role:
        connection.exec_driver_sql(f"CREATE ROLE {group_of(database, role)} NOLOGIN")
    give_rights(connection, database)


def give_rights(connection: Connection, database: str) -> None:
    """Gives the groups their rights, on tables that are new since too; saying it again changes nothing."""
    for statement in _statements(database):
        connection.exec_driver_sql(statement.replace("%", "%%"))
    if connection.exec_driver_sql("SELECT has_schema_privilege('public', 'public', 'CREATE')").scalar():
        raise NoServer(
            "In this database anybody who can connect may make functions, and have others run them unawares.",
            "Ask whoever looks after the server to say there: REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        )
    door.make(connection, database, [group_of(database, role) for role in Role], group_of(database, Role.MANAGER))


def _clear_away(connection: Connection, database: str) -> None:
    """Drops what a club left on the server whose database is gone: its people would else come in to this one.

    A database that was only renamed still rests on them, and then they stay.
    """
    ours = f"^{prefix(database)}([0-9a-f]{{24}}|recovery|door|{'|'.join(GROUPS.values())})$"
    left = connection.scalars(text("SELECT rolname FROM pg_roles WHERE rolname ~ :ours"), {"ours": ours}).all()
    try:
        for name in left:
            connection.exec_driver_sql(f"DROP ROLE {name}")
    except DBAPIError as error:
        raise BadInput(
            "This server still has people of another club whose database was called so.",
            "Give the database another name, or drop the other one.",
        ) from error


def _statements(database: str) -> Iterable[str]:
    groups = {role: group_of(database, role) for role in Role}
    everybody = ", ".join(groups.values())
    name = '"' + database.replace('"', '""') + '"'
    yield f"REVOKE ALL ON DATABASE {name} FROM PUBLIC"
    yield f"GRANT CONNECT ON DATABASE {name} TO {everybody}"
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"  # as a server has it that was once older than 15
    yield f"GRANT USAGE ON SCHEMA public TO {everybody}"
    open_to_all = [table.name for table in METADATA.sorted_tables if table.name not in SEALED]
    yield f"GRANT SELECT ON {', '.join([*open_to_all, VERSION_TABLE])} TO {everybody}"
    yield f"GRANT SELECT ON {', '.join(sorted(SEALED))} TO {groups[Role.SAFEGUARDING]}"
    for right, tables, roles in _RIGHTS:
        yield f"GRANT {right} ON {', '.join(tables)} TO {', '.join(groups[role] for role in roles)}"
    yield from _functions(prefix(database), door.logins(database), groups[Role.MANAGER])
    yield from _forget_concerns(groups[Role.SAFEGUARDING])


def _functions(beginning: str, logins: str, managers: str) -> Iterable[str]:
    """Three functions that act with the rights of whoever made the club, so that no manager may make roles at will."""
    check = f"""
        IF who !~ '{logins}' THEN
            RAISE insufficient_privilege USING MESSAGE = 'not a login of this club';
        END IF;"""
    let_in = f"""
    CREATE OR REPLACE FUNCTION breather_let_in(who text, secret text, groups text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE one text;
    BEGIN {check}
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = who) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE', who);
        END IF;
        IF secret IS NOT NULL THEN
            IF secret !~ '^SCRAM-SHA-256[$]' THEN
                RAISE insufficient_privilege USING MESSAGE = 'a password is never sent as it is';
            END IF;
            EXECUTE format('ALTER ROLE %I PASSWORD %L', who, secret);
        END IF;
        FOREACH one IN ARRAY ARRAY['sessional', 'lead', 'manager', 'safeguarding'] LOOP
            IF one = ANY (groups) THEN
                EXECUTE format('GRANT %I TO %I', '{beginning}' || one, who);
            ELSIF pg_has_role(who::name, ('{beginning}' || one)::name, 'member') THEN
                EXECUTE format('REVOKE %I FROM %I', '{beginning}' || one, who);
            END IF;
        END LOOP;
    END $$"""  # noqa: S608 - the prefix is of our own making, and every name inside goes through format
    rename = f"""
    CREATE OR REPLACE FUNCTION breather_rename(who text, called text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    BEGIN {check}
        IF called !~ '{logins}' THEN
            RAISE insufficient_privilege USING MESSAGE = 'not a login of this club';
        END IF;
        EXECUTE format('ALTER ROLE %I RENAME TO %I', who, called);
        UPDATE door.person SET login = called WHERE login = who;
    END $$"""  # noqa: S608 - as above
    yield from (let_in, _let_out(beginning, check), rename)
    for name in _OWNERS:
        yield f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC"
        yield f"GRANT EXECUTE ON FUNCTION {name} TO {managers}"


def _let_out(beginning: str, check: str) -> str:
    """Takes a login away with all it owns: large objects and settings of its own are anybody's to make.

    Where it owns some in another database of the server too, PostgreSQL keeps its name, and nobody comes in by it.
    """
    return f"""
    CREATE OR REPLACE FUNCTION breather_let_out(who text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE one text; gone text := '{beginning}gone_' || replace(gen_random_uuid()::text, '-', '');
    BEGIN {check}
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = who) THEN
            EXECUTE format('GRANT %I TO CURRENT_USER', who);  -- so that it may end what they have open
            PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = who;
            DELETE FROM door.person WHERE login = who;
            EXECUTE format('DROP OWNED BY %I', who);
            BEGIN
                EXECUTE format('DROP ROLE %I', who);
            EXCEPTION WHEN dependent_objects_still_exist THEN  -- theirs, in another database of the server
                EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', who);
                FOREACH one IN ARRAY ARRAY['sessional', 'lead', 'manager', 'safeguarding'] LOOP
                    EXECUTE format('REVOKE %I FROM %I', '{beginning}' || one, who);
                END LOOP;
                EXECUTE format('ALTER ROLE %I RENAME TO %I', who, gone);
            END;
        END IF;
    END $$"""  # noqa: S608 - as above


def _forget_concerns(leads: str) -> Iterable[str]:
    """A function that takes out of the journal what it says of concerns that are gone, and nothing else.

    So a lead can erase one for good, and no lead may lay a hand on any other entry.
    """
    name = "breather_forget_concerns(bigint[], uuid[])"
    yield f"""
    CREATE OR REPLACE FUNCTION breather_forget_concerns(numbers bigint[], emptied uuid[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        UPDATE public.journal_entry SET before = NULL, after = NULL, salt = ''
        WHERE number = ANY (numbers) AND table_name = 'concern'
        AND NOT EXISTS (SELECT FROM public.concern WHERE concern.id = record_id);
        UPDATE public.journal_change SET label = '{ERASED_LABEL}'
        WHERE id = ANY (emptied) AND NOT EXISTS (
            SELECT FROM public.journal_entry WHERE change_id = journal_change.id
            AND (table_name <> 'concern' OR before IS NOT NULL OR after IS NOT NULL)
        );
    $$"""  # noqa: S608 - the label is a constant of our own
    yield f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION {name} TO {leads}"
