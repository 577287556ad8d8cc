"""One number for everything that is stored, so that a test can say: nothing changed."""

import hashlib

from django.db import connection

# Written by every visit, and meant to be: sessions, counters of tries, and the trail of who read what.
NOT_STATE = frozenset({"django_session", "web_limits", "staff_auditevent"})


def fingerprint(practice=None):
    """SHA-256 over every row of every table but NOT_STATE; with `practice`, over its own rows only."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table in NOT_STATE:
                continue
            where = _where(cursor, table, practice)
            if where is None:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}{where}")
            rows = sorted(repr([_plain(value) for value in row]) for row in cursor.fetchall())
            digest.update(f"{table}\n{len(rows)}\n".encode())
            digest.update("\n".join(rows).encode(errors="surrogatepass"))
    return digest.hexdigest()


def _where(cursor, table, practice):
    if practice is None:
        return ""
    if table == "staff_practice":
        return f" WHERE id = {practice.pk}"
    columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
    return f" WHERE practice_id = {practice.pk}" if "practice_id" in columns else None


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value
