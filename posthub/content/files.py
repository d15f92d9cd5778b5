"""Pictures and films as they come from outside: what they really are, how large, and made anew before they are kept."""

import hashlib
import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from posthub.ai.providers.base import fault

MOST_BYTES = 20 * 1024 * 1024
MOST_FILM_BYTES = 64 * 1024 * 1024
MOST_PIXELS = 40_000_000
LEAST_SIDE = 200
FORMATS = ("PNG", "JPEG", "WEBP")
QUALITY = 88
# The press's own mark for what a machine made; it travels with the file. A model learns, a drawing program does not.
MARK = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
    'Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/{kind}"/></rdf:RDF></x:xmpmeta>'
)
BY_MODEL, BY_PROGRAM = "trainedAlgorithmicMedia", "algorithmicMedia"


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of a picture, in per cent of it."""

    x: float
    y: float
    w: float
    h: float

    @property
    def center(self) -> tuple[float, float]:
        return self.x + self.w / 2, self.y + self.h / 2


def framed(ratio: str, width: int, height: int, *, around: tuple[float, float], share: float = 100) -> Frame:
    """The frame of the ratio ("4:5") around a point, as wide as `share` per cent of the picture, or as fits in it."""
    across, down = (float(part) for part in ratio.split(":"))
    w = min(share, 100.0)
    h = w * width * down / across / height
    if h > 100:
        w, h = w * 100 / h, 100.0
    x, y = (min(max(0.0, middle - side / 2), 100 - side) for middle, side in zip(around, (w, h), strict=True))
    return Frame(x, y, w, h)


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file that passed; `kind` is its extension."""

    content: bytes
    content_type: str
    kind: str
    width: int = 0
    height: int = 0

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def too_small(content: bytes) -> str:
    """ "100 × 100" of a picture with a side too short to print; "" for any other, and for what is no picture."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as found:
            width, height = found.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ""
    return f"{width} × {height}" if min(width, height) < LEAST_SIDE else ""


def picture(content: bytes, *, source: str = BY_MODEL) -> MediaFile:
    """A JPEG of what the bytes show, upright, with nothing else that was in them. Raises ProviderError.

    `source` is the press's word for who made it, "" for people.
    """
    if len(content) > MOST_BYTES:
        raise fault("bad_file", f"{len(content)} bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as found:
                width, height = found.size
                # Before anything is unpacked: the header tells, and a lie in it breaks the decoder.
                if width * height > MOST_PIXELS or min(width, height) < LEAST_SIDE:
                    raise fault("bad_file", f"{width} × {height}")
                shown = ImageOps.exif_transpose(found).convert("RGB")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        ValueError,
        SyntaxError,
    ) as problem:
        raise fault("bad_file", problem) from problem
    return _encoded(shown, source)


def _encoded(shown: Image.Image, source: str) -> MediaFile:
    file = io.BytesIO()
    marked = {"xmp": MARK.format(kind=source).encode()} if source else {}
    shown.save(file, "JPEG", quality=QUALITY, **marked)
    return MediaFile(file.getvalue(), "image/jpeg", "jpg", *shown.size)


def made_by_machine(content: bytes) -> bool:
    """Whether the file itself says so."""
    return BY_MODEL.encode() in content


def part_of(content: bytes, frame: Frame, *, source: str) -> MediaFile:
    """What the frame shows of a picture that came from `picture`."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as found:
        width, height = found.size
        left, top = round(width * frame.x / 100), round(height * frame.y / 100)
        right, bottom = round(width * (frame.x + frame.w) / 100), round(height * (frame.y + frame.h) / 100)
        return _encoded(found.convert("RGB").crop((left, top, right, bottom)), source)


def film(content: bytes) -> MediaFile:
    """An MP4 or WebM by its first bytes. Raises ProviderError."""
    if len(content) > MOST_FILM_BYTES:
        raise fault("bad_file", f"{len(content)} bytes")
    if content[4:8] == b"ftyp":
        return MediaFile(content, "video/mp4", "mp4")
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        return MediaFile(content, "video/webm", "webm")
    raise fault("bad_file", content[:16])
