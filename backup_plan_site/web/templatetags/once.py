from django import template
from django.utils.html import format_html

from backup_plan_site.web.once import FIELD, new_key

register = template.Library()


@register.simple_tag
def once_key():
    """The hidden idempotency key that every form of ours carries."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_key())
