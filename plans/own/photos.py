"""Photos of a practice's own exercises: looked at by their content, made small and anonymous, kept out of reach.

What somebody sends is decoded and drawn anew: nothing of the file itself is kept, neither where it was taken nor by
which telephone. The result lies under the data folder under a name by chance; only views of ours hand it out.
"""

import hashlib
import io
import re
import secrets
import warnings
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plans.documents import write

MOST_BYTES = 10 * 1024 * 1024
MOST_MEGAPIXELS = 30
LONGEST_SIDE = 1600
SHORTEST_SIDE = 300
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
NAME = re.compile(r"\d+/[0-9a-f]{32}\.jpg")

MISSING, TOO_LARGE, TOO_MANY_PIXELS, TOO_SMALL, NO_PHOTO = "missing", "large", "pixels", "small", "no-photo"
SENTENCES = {
    MISSING: _("Choose a photo first."),
    TOO_LARGE: _("This photo is larger than %(megabytes)s MB. Choose a smaller one."),
    TOO_MANY_PIXELS: _("This photo has more than %(megapixels)s megapixels. Choose a smaller one."),
    TOO_SMALL: _("This photo is too small for paper. Each side needs at least %(pixels)s pixels."),
    NO_PHOTO: _("This is no photo that we can read. Choose a JPEG, PNG or WebP file."),
}


class Refused(Exception):
    """A file that is no photo for us. `sentence` says why, in the reader's language."""

    def __init__(self, why):
        super().__init__(why)
        self.why = why

    @property
    def sentence(self):
        return SENTENCES[self.why] % {
            "megabytes": MOST_BYTES // 1024**2,
            "megapixels": MOST_MEGAPIXELS,
            "pixels": SHORTEST_SIDE,
        }


class Lost(Exception):
    """The file of a photo is gone, or is not the one that was kept."""


@dataclass(frozen=True, slots=True)
class Clean:
    """A photo as it is kept: a JPEG of ours, upright, at most LONGEST_SIDE wide and tall."""

    jpeg: bytes
    width: int
    height: int

    @property
    def sha256(self):
        return hashlib.sha256(self.jpeg).hexdigest()


def cleaned(file):
    """The Clean photo of an uploaded file, or of None. Raises Refused. Takes up to a second: never in a transaction."""
    if file is None:
        raise Refused(MISSING)
    if file.size > MOST_BYTES:
        raise Refused(TOO_LARGE)
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # The library warns of what it takes for a bomb; the limit below is ours and lower.
            warnings.simplefilter("ignore")
            with Image.open(file, formats=FORMATS) as image:
                _look_at_size(*image.size)
                return _drawn_anew(image)
    except Refused:
        raise
    except Image.DecompressionBombError:
        raise Refused(TOO_MANY_PIXELS) from None
    except Exception:
        # Decoders raise anything at all over a crafted file: none of it is a photo.
        raise Refused(NO_PHOTO) from None


def _look_at_size(width, height):
    """From the head of the file alone: nothing was decoded yet."""
    if width * height > MOST_MEGAPIXELS * 1_000_000:
        raise Refused(TOO_MANY_PIXELS)
    if min(width, height) < SHORTEST_SIDE:
        raise Refused(TOO_SMALL)


def _drawn_anew(image):
    from PIL import Image, ImageOps

    if image.mode not in ("RGB", "RGBA", "L", "CMYK"):
        image = image.convert("RGBA")
    # Small first, upright then: a JPEG is even decoded at a part of its size where that is enough.
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    seen = ImageOps.exif_transpose(image).convert("RGBA")
    # A sheet of our own: comments, places and colour profiles stay behind, and what was transparent is white.
    sheet = Image.new("RGB", seen.size, "white")
    sheet.paste(seen, mask=seen.getchannel("A"))
    made = io.BytesIO()
    sheet.save(made, "JPEG", quality=QUALITY, optimize=True)
    return Clean(made.getvalue(), *sheet.size)


# --- on disk ------------------------------------------------------------------------------------------


def path_of(name):
    """Where a photo lies. Raises Lost for what is no name of ours."""
    if not NAME.fullmatch(name):
        raise Lost
    return Path(settings.DATA_DIR) / "photos" / name


def keep(practice_id, clean):
    """Write the photo down and return its name. Raises OSError."""
    name = f"{practice_id}/{secrets.token_hex(16)}.jpg"
    write(path_of(name), clean.jpeg)
    return name


def read(name, sha256):
    """The bytes of a photo. Raises Lost when they are gone or not what was kept."""
    try:
        jpeg = path_of(name).read_bytes()
    except OSError:
        raise Lost from None
    if hashlib.sha256(jpeg).hexdigest() != sha256:
        raise Lost
    return jpeg


def is_there(name):
    """Whether the file is there; it is not read."""
    try:
        return path_of(name).is_file()
    except Lost:
        return False


def drop(name):
    """Remove the file; what is gone stays gone."""
    path_of(name).unlink(missing_ok=True)
