"""Idempotency: a form sent twice has one effect and leads to the same page both times.

A view that writes is marked `@idempotent` (under its access mark) and asks `accepts(request)` before it writes:

    @allow(Role.DESK)
    @idempotent
    def create(request):
        form = PatientForm(request.POST or None)
        if accepts(request) and form.is_valid():
            …
            return redirect(…)
        return render(…)

The whole view runs in one transaction. A redirect is the sign that something was done: then the key is kept in the
same transaction, and the same key brings the same redirect. A page (errors beside the fields) keeps no key. A key
that comes back with another body changes nothing: `accepts` is then False, `request.once_conflict` is True, and the
page shows what was typed with a fresh key (status 409).
"""

import functools
import hashlib
import uuid

from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.shortcuts import render

from .models import Once

FIELD = "once_key"
# Django's own token changes with every page; it says nothing about what the person typed.
NOT_CONTENT = {"csrfmiddlewaretoken", FIELD}


def idempotent(view):
    """Wrap `view` so that each idempotency key has one effect. A POST without a key is answered with 400."""

    @functools.wraps(view)
    def wrapper(request, *args, **kwargs):
        request.once_conflict = False
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = _key(request)
        if key is None:
            return render(request, "400.html", status=400)
        owner, body_hash, session = _owner(request), _body_hash(request), request.session.session_key
        try:
            with transaction.atomic():
                done = Once.objects.filter(owner=owner, key=key).first()
                if done is not None and done.body_hash == body_hash:
                    return HttpResponseRedirect(done.location)
                request.once_conflict = done is not None
                response = view(request, *args, **kwargs)
                # Where the session's id changed (a link was opened), the same key must open once more: a browser
                # that missed this answer has missed its new cookie too.
                same_session = request.session.session_key == session
                if response.status_code in (302, 303) and same_session and not request.once_conflict:
                    Once.objects.create(
                        owner=owner, key=key, body_hash=body_hash, location=response["Location"]
                    )
                if request.once_conflict and response.status_code in (200, 422):
                    response.status_code = 409
                return response
        except IntegrityError:
            # Two at the same moment: the slower one is undone whole and answers what the faster one answered.
            done = Once.objects.filter(owner=owner, key=key).first()
            if done is None:
                raise
            return HttpResponseRedirect(done.location) if done.body_hash == body_hash else conflict(request)

    return wrapper


def accepts(request):
    """True when this POST may be carried out: it is a POST, and its key was not used for something else."""
    return request.method == "POST" and not request.once_conflict


def first_time(request, field):
    """Whether this very form, by the key in `field`, was not seen before; notes it.

    For a form that counts what goes wrong and answers with a page: sending it again is not another try.
    """
    try:
        key = uuid.UUID(request.POST.get(field, ""))
    except ValueError:
        return True
    note = {"body_hash": _body_hash(request)}
    row, made = Once.objects.get_or_create(owner=_owner(request), key=key, defaults=note)
    return made or row.body_hash != note["body_hash"]


def conflict(request):
    """The answer of a view without a page of its own when `accepts` says no: nothing was done."""
    return render(request, "400.html", status=409)


def new_key():
    """A fresh idempotency key for one form."""
    return uuid.uuid4()


def _key(request):
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _owner(request):
    """Who sends: the signed-in person, or the browser. Only a short opaque name is kept."""
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    # A first form comes without a session; the CSRF cookie came with its page and stays the same.
    browser = request.META.get("CSRF_COOKIE") or request.session.session_key or ""
    return "browser:" + hashlib.sha256(browser.encode()).hexdigest()[:32]


def _body_hash(request):
    """SHA-256 over path and every field that a person filled in, in a fixed order.

    The values are hashed, never kept, together with the random key: nobody can try out answers against it cheaply.
    """
    digest = hashlib.sha256(request.path.encode())
    digest.update(request.POST.get(FIELD, "").encode())
    for name in sorted(set(request.POST) - NOT_CONTENT):
        for value in request.POST.getlist(name):
            digest.update(f"\0{name}\0{value}".encode(errors="surrogatepass"))
    for name in sorted(request.FILES):
        # Another file under the same key is another body: it must not be taken for the one that was kept.
        for file in request.FILES.getlist(name):
            content = hashlib.sha256()
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
            digest.update(f"\0{name}\0".encode(errors="surrogatepass") + content.digest())
    return digest.hexdigest()
