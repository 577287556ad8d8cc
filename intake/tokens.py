"""Tokens of links: made, hashed, and sealed while they wait for delivery. Codes for the tablet. No models."""

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

# Read aloud and typed with one finger: no sign here looks like another (0 O, 1 I L, 2 Z, 5 S, 8 B, U V).
CODE_SIGNS = "34679ACDEFGHJKMNPQRTWXY"
CODE_LENGTH = 6


def new_token():
    """256 random bits as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def token_hash(token):
    """The keyed hash under which a token is stored (HMAC-SHA-256, hex)."""
    return _hash(token, settings.SECRET_KEY)


def possible_hashes(token):
    """The hashes a token may be stored under: the current key first, then those that are being rotated out."""
    return [_hash(token, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def new_code():
    """A code of six signs for the practice's tablet. It lives for hours, opens once, and wrong ones are counted."""
    return "".join(secrets.choice(CODE_SIGNS) for _sign in range(CODE_LENGTH))


def plain_code(typed):
    """A code as it is stored, from how somebody typed it: small letters, spaces and dashes do not matter."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def code_hash(code):
    """The keyed hash of a code. Not that of a link: a code in the address of a link opens nothing."""
    return _code_hash(code, settings.SECRET_KEY)


def possible_code_hashes(code):
    """The hashes a code may be stored under, as `possible_hashes` has them for links."""
    return [_code_hash(code, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def seal(token):
    """`token` encrypted for the short time between making and delivering it."""
    return _box().encrypt(token.encode()).decode()


def unseal(sealed):
    """The token, or '' when it was sealed with a key that is gone."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""


def _hash(token, key, use="link"):
    return hmac.new(
        f"intake.{use}:{key}".encode(), token.encode(errors="replace"), hashlib.sha256
    ).hexdigest()


def _code_hash(code, key):
    return _hash(code, key, use="tablet")


def _box():
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    derived = (hashlib.sha256(f"intake.seal:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])
