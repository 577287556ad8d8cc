"""The practice's own sentences where patients read them."""

from .shelf import Own


def said(practice, language):
    """{place: sentence} of what is in use for who reads this language. One query."""
    return Own.of(practice.pk, kind="text").texts(language)
