"""The rules of the house, read from source text: each takes {path: source} and returns a sentence per fault.

Nothing is imported or run here, so a planted fault is a few words in a dictionary.
"""

import ast
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[1]
PROJECT = "backup_plan_site"
APPS = ("intake", "triggers", "exercises", "plans")

# Which part may import which other part; itself always.
BASE = frozenset({"content", "pdf", "press", "jobs", "staff", "web"})
MAY_IMPORT = {
    "content": frozenset(),
    "jobs": frozenset(),
    "pdf": frozenset({"content"}),
    "press": frozenset({"pdf", "press_child"}),
    "press_child": frozenset({"pdf"}),
    "staff": frozenset({"content", "jobs", "web"}),
    "web": frozenset({"content", "staff"}),
    "formats": frozenset(),
    "intake": BASE,
    "exercises": BASE,
    "triggers": BASE | {"intake"},
    "plans": BASE | {"intake", "triggers", "exercises"},
}
# The style page shows every app's components; only the roof of development machines leads to it.
ROOF = frozenset({"urls", "urls_dev", "style", "wsgi", "asgi", "celery", "settings"})

# Calls that import what a text names.
BY_NAME = frozenset({"import_module", "import_string", "get_model"})
# Libraries that one module keeps for everybody else.
ONLY_IN = {"weasyprint": ("backup_plan_site/pdf.py",)}

# What a pure module may use of Python itself: nothing with a clock, a file, a network or chance in it.
PURE_MAY_IMPORT = frozenset(
    {
        "__future__",
        "abc",
        "collections",
        "dataclasses",
        "datetime",
        "decimal",
        "enum",
        "fractions",
        "functools",
    }
    | {
        "html",
        "itertools",
        "math",
        "operator",
        "re",
        "string",
        "textwrap",
        "types",
        "typing",
        "unicodedata",
        "xml",
    }
)
CLOCKS = frozenset({"now", "today", "utcnow"})
OUTSIDE = frozenset({"open", "input", "print", "eval", "exec", "__import__"})

MARKS = frozenset({"allow", "public", "patient_link", "signed_in"})
LONGEST_VIEW = 30
LONGEST_MODULE = 350
# `create` makes a row with its practice written beside it; everything else must come through the door.
SCOPED = frozenset({"for_actor", "create", "bulk_create"})
# What may write in Django's cache: how often something was tried.
COUNTERS = frozenset({"intake/tries.py"})
FORBIDDEN_NAMES = frozenset({"services", "selectors", "signals"})


@dataclass(frozen=True)
class Import:
    path: str
    line: int
    name: str

    @property
    def where(self):
        return f"{self.path}:{self.line}"


def sources(root=ROOT):
    """{path: text} of all of our own Python but the tests."""
    files = [
        root / "manage.py",
        *(file for top in (PROJECT, *APPS) for file in sorted((root / top).rglob("*.py"))),
    ]
    return {str(file.relative_to(root)): file.read_text(encoding="utf-8") for file in files if file.exists()}


def imports(path, source):
    """Every import of one file, also inside functions and by name as text (`import_module("intake.models")`)."""
    found = []
    for node in ast.walk(ast.parse(source, path)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(path, node)
            names = [f"{base}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and _name(node) in BY_NAME:
            names = [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
        else:
            continue
        found += [Import(path, node.lineno, name) for name in names if isinstance(name, str)]
    return found


def part(name):
    """The part of the house that a dotted name belongs to, "roof", or "" for what is not ours."""
    words = name.split(".")
    if words[0] in APPS or words[0] == "tests":
        return words[0]
    if words[0] != PROJECT:
        return ""
    return "roof" if words[1:2] == [] or words[1] in ROOF else words[1]


def arrows_that_run_upwards(files):
    """Imports against the one way that MAY_IMPORT tells."""
    faults = []
    for path, source in files.items():
        here = part(_module(path))
        for one in imports(path, source):
            there = part(one.name)
            if here in ("", "roof"):
                wrong = there == "tests"
            elif here not in MAY_IMPORT:
                wrong = True
            else:
                wrong = bool(there) and there != here and there not in MAY_IMPORT[here]
            if wrong:
                faults.append(f"{one.where}: {here or path} imports {one.name}")
    return faults


def strangers_in_the_house(files):
    """Libraries imported elsewhere than in the one module that keeps them."""
    return [
        f"{one.where}: imports {one.name}"
        for path, source in files.items()
        for one in imports(path, source)
        if (keeper := ONLY_IN.get(one.name.split(".")[0])) and path not in keeper
    ]


def pure(files):
    """The paths of the modules whose docstring promises pure Python."""
    return {path for path, source in files.items() if "Pure Python" in _docstring(source)}


def impurities(files):
    """What a pure module may not touch: Django, our own other modules, the clock, chance, files, the screen."""
    faults, clean = [], pure(files)
    modules = {_module(path): path for path in files}
    for path in sorted(clean):
        for one in imports(path, files[path]):
            ours = modules.get(one.name) or modules.get(one.name.rpartition(".")[0])
            allowed = ours in clean if part(one.name) else one.name.split(".")[0] in PURE_MAY_IMPORT
            if not allowed:
                faults.append(f"{one.where}: a pure module imports {one.name}")
        for node in ast.walk(ast.parse(files[path])):
            if isinstance(node, ast.Call) and _reaches_out(node.func):
                faults.append(f"{path}:{node.lineno}: a pure module calls {_name(node)}()")
    return faults


def broken_promises(files):
    """Modules that say 'No Django' and import it."""
    return [
        f"{one.where}: says 'No Django' and imports {one.name}"
        for path, source in files.items()
        if re.search(r"\bno django\b", _docstring(source), re.IGNORECASE)
        for one in imports(path, source)
        if one.name.split(".")[0] == "django"
    ]


def layers_for_their_own_sake(files):
    """Services, selectors and signals, by file name or by import; logic in a model's save()."""
    faults = []
    for path, source in files.items():
        place = PurePosixPath(path)
        if FORBIDDEN_NAMES & {*place.parts[:-1], place.stem}:
            faults.append(f"{path}: no services, selectors or signals here")
        faults += [
            f"{one.where}: uses signals ({one.name})"
            for one in imports(path, source)
            if re.match(r"django\.(dispatch|.*\bsignals\b)", one.name)
        ]
        if place.stem == "models" or "models" in place.parts:
            faults += [
                f"{path}:{node.lineno}: {node.name}() is overridden in a model"
                for node in ast.walk(ast.parse(source))
                if isinstance(node, ast.FunctionDef) and node.name in ("save", "save_base")
            ]
    return faults


def views(source):
    """The functions of one file that carry an access mark."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    return [node for node in functions if MARKS & {_name(mark) for mark in node.decorator_list}]


def long_views(files):
    return [
        f"{path}:{view.lineno}: the view {view.name} has {length} lines, at most {LONGEST_VIEW} fit"
        for path, source in files.items()
        for view in views(source)
        if (length := view.end_lineno - view.lineno + 1) > LONGEST_VIEW
    ]


def long_modules(files):
    return [
        f"{path}: {lines} lines, at most {LONGEST_MODULE} fit"
        for path, source in files.items()
        if "/migrations/" not in path and (lines := source.count("\n")) > LONGEST_MODULE
    ]


def ways_around_the_door(files, models, reasons):
    """Queries of `models` in a module that answers requests, made without `for_actor`.

    `reasons` is {(path, model): why}; a reason that no query needs any more is a fault too.
    """
    faults, used = [], set()
    for path, source in files.items():
        tree = ast.parse(source)
        if not _answers_requests(tree):
            continue
        for line, model in _unscoped(tree, models):
            if (path, model) in reasons:
                used.add((path, model))
            else:
                faults.append(f"{path}:{line}: {model} without for_actor")
    stale = {key for key in reasons.keys() - used if key[0] in files}
    return faults + [f"{path}: the reason for {model} is needed no more" for path, model in sorted(stale)]


def caches(files):
    """Uses of Django's cache: pages are never kept, and no personal data goes in; only numbers of tries do."""
    names = ("django.core.cache", "django.views.decorators.cache.cache_page", "django.middleware.cache")
    faults = [
        f"{one.where}: uses the cache ({one.name})"
        for path, source in files.items()
        for one in imports(path, source)
        if one.name.startswith(names) and path not in COUNTERS
    ]
    return faults + [
        f"{path}: keeps pages (CacheMiddleware)"
        for path, source in files.items()
        if re.search(r"middleware\.cache\.\w*CacheMiddleware", source)
    ]


def _reaches_out(function):
    if isinstance(function, ast.Attribute):
        return function.attr in CLOCKS
    return _name(function) in OUTSIDE


def _unscoped(tree, models):
    """(line, model) of each `Model.objects.something` and `get_object_or_404(Model, …)` that passes the door by."""
    passed = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in SCOPED and isinstance(node.value, ast.Attribute)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager"):
            if _name(node.value) in models and id(node) not in passed:
                yield node.lineno, _name(node.value)
        elif isinstance(node, ast.Call) and _name(node) in ("get_object_or_404", "get_list_or_404"):
            yield from ((node.lineno, name) for name in map(_name, node.args[:1]) if name in models)


def _answers_requests(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg != "self"]
            if names[:1] == ["request"]:
                return True
    return False


def _absolute(path, node):
    """The dotted module that a `from … import` names, relative dots resolved."""
    if not node.level:
        return node.module or ""
    package = _module(path).split(".")
    if PurePosixPath(path).name != "__init__.py":
        package = package[:-1]
    package = package[: len(package) - node.level + 1]
    return ".".join([*package, *([node.module] if node.module else [])])


def _module(path):
    place = PurePosixPath(path).with_suffix("")
    return ".".join(place.parts[:-1] if place.name == "__init__" else place.parts)


def _docstring(source):
    return ast.get_docstring(ast.parse(source)) or ""


def _name(node):
    """The last word of a name, an attribute or a call."""
    if isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
