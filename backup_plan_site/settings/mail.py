"""One mail address in the environment -> Django's MAILERS."""

from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def mailers_from_url(url):
    """MAILERS for `smtp+tls://user:password@host:587`, `smtp+ssl://…:465`, `smtp://…`, `file:///folder`,
    `console:` or `memory:`.

    Raises ImproperlyConfigured for any other scheme, so that a slip stops the start instead of losing mail.
    """
    parts = urlsplit(url)
    backends = "django.core.mail.backends"
    if parts.scheme == "file":
        return {
            "default": {"BACKEND": f"{backends}.filebased.EmailBackend", "OPTIONS": {"file_path": parts.path}}
        }
    if parts.scheme == "console":
        return {"default": {"BACKEND": f"{backends}.console.EmailBackend"}}
    if parts.scheme == "memory":
        return {"default": {"BACKEND": f"{backends}.locmem.EmailBackend"}}
    if parts.scheme not in {"smtp", "smtp+tls", "smtp+ssl"} or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL must look like smtp+tls://user:password@host:587, "
            "smtp+ssl://…, smtp://…, file:///folder or console:"
        )
    timeout = parse_qs(parts.query).get("timeout", ["20"])[0]
    return {
        "default": {
            "BACKEND": f"{backends}.smtp.EmailBackend",
            "OPTIONS": {
                "host": parts.hostname,
                "port": parts.port or {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}[parts.scheme],
                "username": unquote(parts.username or ""),
                "password": unquote(parts.password or ""),
                "use_tls": parts.scheme == "smtp+tls",
                "use_ssl": parts.scheme == "smtp+ssl",
                "timeout": int(timeout),
            },
        }
    }
