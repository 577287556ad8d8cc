from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from triggers import shelf

register = template.Library()


@register.filter
def said(text):
    """A text of the content files in the language of the page."""
    return text.in_language(get_language()) if text else ""


@register.simple_tag
def glass_svg(drawn):
    """One drawn glass as an inline picture. The words beside it say the same, so it has none of its own."""
    return mark_safe(shelf.glass(drawn, title=False))


@register.simple_tag
def shelf_svg(drawn, title=""):
    """The 13 glasses on their shelf as an inline picture."""
    return mark_safe(shelf.shelf(drawn, title=title))
