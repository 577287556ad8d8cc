"""An uploaded photo is looked at before the view's transaction begins: that takes a moment, and others must write."""

import functools

from . import photos


def looked_at(view):
    """Set `request.photo` to the Clean photo that came in, and `request.refused` to why it is none, or ''."""

    @functools.wraps(view)
    def wrapper(request, *args, **kwargs):
        request.photo, request.refused = None, ""
        try:
            request.photo = photos.cleaned(_file(request))
        except photos.Refused as refusal:
            request.refused = refusal.sentence
        return view(request, *args, **kwargs)

    return wrapper


def _file(request):
    file = request.FILES.get("photo")
    if file is None and getattr(request, "upload_too_large", False):
        raise photos.Refused(photos.TOO_LARGE)
    return file
