"""One number for everything that is stored, so that a test can say: nothing changed."""

import hashlib

from django.apps import apps
from django.db import connection

# Written by every visit, and meant to be: sessions, counters of tries, and the trail of who read what.
NOT_STATE = frozenset({"django_session", "web_limits", "staff_auditevent"})


class DatabaseState:
    """Knows the tables once, so that looking again costs one query each."""

    def __init__(self):
        columns = {}
        for model in apps.get_models(include_auto_created=True):
            columns.setdefault(model._meta.db_table, set()).update(f.column for f in model._meta.local_fields)
        names = sorted(set(connection.introspection.table_names()) - NOT_STATE)
        # {table: the column that says whose row it is, or None}
        self.tables = {
            name: "practice_id" if "practice_id" in columns.get(name, ()) else None for name in names
        }
        self.tables["staff_practice"] = "id"

    def written(self):
        """A number that stays the same while no row at all is written, on SQLite; elsewhere never the same."""
        return connection.connection.total_changes if connection.vendor == "sqlite" else object()

    def fingerprint(self, practice=None):
        """SHA-256 over every row of every table but NOT_STATE; with `practice`, over its own rows only."""
        digest = hashlib.sha256()
        with connection.cursor() as cursor:
            for table, owner in self.tables.items():
                if practice and not owner:
                    continue
                where = f" WHERE {owner} = {practice.pk}" if practice else ""
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}{where}")
                rows = sorted(repr([_plain(value) for value in row]) for row in cursor.fetchall())
                digest.update(f"\n{table} {len(rows)}\n".encode())
                digest.update("\n".join(rows).encode(errors="surrogatepass"))
        return digest.hexdigest()


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value
