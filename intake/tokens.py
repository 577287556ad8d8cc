"""Tokens of links: made, hashed, and sealed while they wait for delivery. No models."""

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def new_token():
    """256 random bits as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def token_hash(token):
    """The keyed hash under which a token is stored (HMAC-SHA-256, hex)."""
    return _hash(token, settings.SECRET_KEY)


def possible_hashes(token):
    """The hashes a token may be stored under: the current key first, then those that are being rotated out."""
    return [_hash(token, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def seal(token):
    """`token` encrypted for the short time between making and delivering it."""
    return _box().encrypt(token.encode()).decode()


def unseal(sealed):
    """The token, or '' when it was sealed with a key that is gone."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""


def _hash(token, key):
    return hmac.new(f"intake.link:{key}".encode(), token.encode(errors="replace"), hashlib.sha256).hexdigest()


def _box():
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    derived = (hashlib.sha256(f"intake.seal:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])
