"""Tables whose rows the database itself refuses to change or remove, on SQLite and on PostgreSQL.

`protect` and `unprotect` belong in migrations (`RunPython`). A model that is protected says so by the class
attribute `append_only = ("update", "delete")`; a system check then notices when its triggers are gone, as after
a later SQLite migration that makes the table anew: such a migration ends with `protect` again.
"""

from contextlib import contextmanager

from django.apps import apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PREFIX = "append_only"
FUNCTION = f"{PREFIX}_refuse"


def protect(where, table, *, update=True, delete=True):
    """Make the database refuse updates and/or removals in `table`. Doing it twice changes nothing more.

    `where` is a schema editor or a connection. A refused statement raises IntegrityError.
    """
    connection = _connection(where)
    unprotect(connection, table)
    actions = [action for action, wanted in (("update", update), ("delete", delete)) if wanted]
    _run(connection, _statements(connection, table, actions))


def unprotect(where, table):
    """Take the protection of `table` away; nothing happens when there is none."""
    connection = _connection(where)
    drops = [_drop(connection, table, trigger) for trigger in triggers(connection).get(table, ())]
    _run(connection, drops)


def triggers(connection):
    """{table: {trigger, …}} for every trigger of ours, read from the database."""
    if connection.vendor == "sqlite":
        sql = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    else:
        sql = (
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid)"
        )
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(sql)
        for table, trigger in cursor.fetchall():
            if trigger.startswith(f"{PREFIX}_"):
                found.setdefault(table, set()).add(trigger)
    return found


def protected(connection):
    """{table: actions} of what the database refuses now: each a tuple of "update" and/or "delete"."""
    return {
        table: tuple(action for action in ("update", "delete") if f"{PREFIX}_{action}_{table}" in names)
        for table, names in triggers(connection).items()
    }


def missing(connection):
    """The tables of models with `append_only` whose protection is not, or not wholly, in the database."""
    now = protected(connection)
    existing = set(connection.introspection.table_names())
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if not set(getattr(model, "append_only", ())) <= set(now.get(model._meta.db_table, ()))
        and model._meta.db_table in existing
    )


@contextmanager
def lifted(connection):
    """Every protection taken away for a moment and put back: for emptying a test database, no other."""
    before = protected(connection)
    for table in before:
        unprotect(connection, table)
    try:
        yield
    finally:
        for table, actions in before.items():
            protect(connection, table, update="update" in actions, delete="delete" in actions)


def _connection(where):
    return where.connection if isinstance(where, BaseDatabaseSchemaEditor) else where


def _statements(connection, table, actions):
    quote = connection.ops.quote_name
    if connection.vendor == "sqlite":
        return [
            f"CREATE TRIGGER {quote(f'{PREFIX}_{action}_{table}')} BEFORE {action.upper()} ON {quote(table)} "
            f"BEGIN SELECT RAISE(ABORT, 'append-only: {table} refuses {action}'); END"
            for action in actions
        ]
    if connection.vendor != "postgresql":
        raise NotImplementedError(f"No append-only tables on {connection.vendor}.")
    # TRUNCATE is a removal of every row; row triggers do not see it.
    kinds = [(action, action.upper(), "ROW") for action in actions]
    if "delete" in actions:
        kinds.append(("truncate", "TRUNCATE", "STATEMENT"))
    return [POSTGRESQL_FUNCTION] + [
        f"CREATE TRIGGER {quote(f'{PREFIX}_{name}_{table}')} BEFORE {event} ON {quote(table)} "
        f"FOR EACH {level} EXECUTE FUNCTION {FUNCTION}()"
        for name, event, level in kinds
    ]


POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % refuses %', TG_TABLE_NAME, lower(TG_OP)
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def _drop(connection, table, trigger):
    quote = connection.ops.quote_name
    on = f" ON {quote(table)}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER {quote(trigger)}{on}"


def _run(connection, statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
