"""Pictures and films as they come from outside: what they really are, how large, and made anew before they are kept."""

import hashlib
import io
import warnings
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

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


def picture(content: bytes, *, source: str = BY_MODEL) -> MediaFile:
    """A JPEG of what the bytes show, with nothing else that was in them. Raises ProviderError."""
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
                shown = found.convert("RGB")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        ValueError,
        SyntaxError,
    ) as problem:
        raise fault("bad_file", problem) from problem
    file = io.BytesIO()
    shown.save(file, "JPEG", quality=QUALITY, xmp=MARK.format(kind=source).encode())
    return MediaFile(file.getvalue(), "image/jpeg", "jpg", width, height)


def film(content: bytes) -> MediaFile:
    """An MP4 or WebM by its first bytes. Raises ProviderError."""
    if len(content) > MOST_FILM_BYTES:
        raise fault("bad_file", f"{len(content)} bytes")
    if content[4:8] == b"ftyp":
        return MediaFile(content, "video/mp4", "mp4")
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        return MediaFile(content, "video/webm", "webm")
    raise fault("bad_file", content[:16])
