"""The access matrix: access.toml read strictly, and the walk over every address of the site."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, get_resolver

from .access import PATIENT, PUBLIC, SIGNED_IN
from .roles import Role

PATH = Path(__file__).with_name("access.toml")
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
KEYS = frozenset({"allow", "methods", "third_party", "note"})


class MatrixError(Exception):
    """access.toml says something that cannot be meant. The message names the table."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the matrix. `allow` is the mark that the view must carry."""

    name: str
    allow: str | frozenset[str]
    methods: frozenset[str]
    third_party: bool = False
    note: str = ""

    @property
    def mark(self):
        return self.allow if isinstance(self.allow, str) else {"staff": self.allow}

    def admits(self, kind, roles=()):
        """True when this kind of visitor ("anonymous", "patient" or "staff") may open the page at all."""
        if self.allow == PUBLIC:
            return True
        if self.allow == PATIENT:
            return kind == "patient"
        if self.allow == SIGNED_IN:
            return kind == "staff"
        return kind == "staff" and not self.allow.isdisjoint(roles)


def load(path=None):
    """{URL name: Entry}. Raises MatrixError at the first thing that is not exactly right."""
    try:
        tables = tomllib.loads(Path(path or PATH).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise MatrixError(f"The access matrix cannot be read: {error}") from error
    return {name: _entry(name, table) for name, table in tables.items()}


def urls(urlconf=None):
    """[(name, view)] of every address; the name is None where an address has none."""
    return list(_walk(get_resolver(urlconf), ""))


def disagreements(entries, addresses):
    """Sentences about every address without a line, every line without an address, and every differing mark."""
    found, seen = [], set()
    for name, view in addresses:
        seen.add(name)
        entry = entries.get(name)
        if name is None:
            found.append(f"The address of {view.__module__}.{view.__qualname__} has no name.")
        elif entry is None:
            found.append(f"The address {name!r} has no line in the access matrix.")
        elif (actual := getattr(view, "access", None)) != (None if entry.third_party else entry.mark):
            found.append(f"The view of {name!r} is marked {actual!r}, the access matrix says {entry.mark!r}.")
    found += [
        f"The access matrix has a line for {name!r}, which is no address." for name in entries.keys() - seen
    ]
    return sorted(found)


def _walk(resolver, namespace):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield (f"{namespace}{pattern.name}" if pattern.name else None), pattern.callback
        else:
            yield from _walk(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)


def _entry(name, table):
    if not isinstance(table, dict):
        raise MatrixError(f"{name}: not a table.")
    if unknown := table.keys() - KEYS:
        raise MatrixError(f"{name}: unknown key {', '.join(sorted(unknown))}.")
    if not isinstance(table.get("third_party", False), bool) or not isinstance(table.get("note", ""), str):
        raise MatrixError(f"{name}: third_party is true or false, note is text.")
    methods = table.get("methods")
    if not isinstance(methods, list) or not methods or not METHODS.issuperset(methods):
        raise MatrixError(f"{name}: methods must list some of {', '.join(sorted(METHODS))}.")
    return Entry(
        name=name,
        allow=_allow(name, table.get("allow")),
        methods=frozenset(methods),
        third_party=table.get("third_party", False),
        note=table.get("note", ""),
    )


def _allow(name, allow):
    if isinstance(allow, str) and allow in (PUBLIC, PATIENT, SIGNED_IN):
        return allow
    if isinstance(allow, list) and allow and set(allow) <= set(Role.values) and len(set(allow)) == len(allow):
        return frozenset(allow)
    raise MatrixError(f'{name}: allow must be "public", "patient", "signed-in" or a list of roles.')
