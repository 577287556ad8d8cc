"""Every template parses, names only addresses, files and templates that exist, and keeps inside the strict CSP."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Engine, TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.base import Node
from django.template.defaulttags import URLNode
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.templatetags.static import StaticNode

from backup_plan_site.staff import matrix

ROOT = Path(__file__).resolve().parents[1] / "templates"
NAMES = sorted(str(file.relative_to(ROOT)) for file in ROOT.rglob("*") if file.suffix in (".html", ".txt"))

# Mail programs know no style sheet; everything that a browser shows has none of this.
INLINE = {
    "a script inside the page": r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")",
    "a style inside the page": r"<style\b|\sstyle=",
    "an event attribute": r"\son[a-z]+=",
    "a javascript: address": r"javascript:",
    "something from another host": r"(?:src|href)=\"(?:https?:)?//",
}


def engine():
    return engines["django"].engine


def problems(name, source, addresses):
    """A sentence for everything in one template that does not exist or would be refused by the browser."""
    try:
        template = engine().from_string(source)
    except TemplateSyntaxError as error:
        return [f"{name}: {error}"]
    faults = []
    for node in template.nodelist.get_nodes_by_type(Node):
        kind, named, exists = _reference(node, addresses)
        if isinstance(named, str) and not exists(named):
            faults.append(f"{name}: there is no {kind} {named!r}")
    if not Path(name).name.startswith("mail_"):
        faults += [f"{name}: {what}" for what, pattern in INLINE.items() if re.search(pattern, source)]
    return faults


def _reference(node, addresses):
    """(kind, what is named, does it exist) of a node that names something; a variable names nothing here."""
    if isinstance(node, URLNode):
        return "address", node.view_name.var, addresses.__contains__
    if isinstance(node, StaticNode):
        return "static file", node.path.var, finders.find
    if isinstance(node, IncludeNode):
        return "template", node.template.var, _is_template
    if isinstance(node, ExtendsNode):
        return "template", node.parent_name.var, _is_template
    return "", None, None


def _is_template(name):
    try:
        engine().find_template(name)
    except TemplateDoesNotExist:
        return False
    return True


@pytest.fixture(scope="module")
def addresses():
    return {name for name, _view in matrix.urls()}


def test_there_are_templates():
    assert len(NAMES) > 100
    assert isinstance(engine(), Engine)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_parses_and_names_only_what_exists(name, addresses):
    assert problems(name, (ROOT / name).read_text(encoding="utf-8"), addresses) == []


@pytest.mark.parametrize(
    "source",
    [
        "{% if %}",
        "{% nosuchtag %}",
        "{% url 'desk:no-such-page' %}",
        "{% url 'desk:no-such-page' as address %}",
        "{% if x %}{% with y=1 %}{% url 'nowhere' %}{% endwith %}{% endif %}",
        "{% extends 'no_such_base.html' %}",
        "{% include 'components/no_such_part.html' %}",
        "{% load static %}{% static 'css/no-such.css' %}",
        "<script>alert(1)</script>",
        "<p style='color: red'>",
        "<button onclick='go()'>",
        '<script src="https://elsewhere.example/x.js">',
    ],
)
def test_a_planted_fault_is_seen(source, addresses):
    assert problems("planted.html", source, addresses)
