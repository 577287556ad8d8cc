from django import template
from django.utils.safestring import mark_safe

from intake import body

register = template.Library()


@register.simple_tag
def body_ground():
    """The two figures that lie below the places."""
    return mark_safe(body.ground())


@register.simple_tag
def body_place(region):
    """One place of the picture, or '' for a region that has none."""
    return mark_safe(body.place(region)) if region in body.places() else ""


@register.simple_tag
def body_picture(regions):
    """The two figures with these places marked, or '' where none has a place. The words beside it say the same."""
    shown = set(regions) & set(body.places())
    return mark_safe(body.picture(shown)) if shown else ""
