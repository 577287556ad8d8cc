"""The languages a patient may choose, each under its own name."""

from django.conf import settings
from django.utils.translation import get_language_info


def own_names():
    """[(code, name in that language), …]: somebody who reads no Dutch still finds 'English'."""
    return [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]
