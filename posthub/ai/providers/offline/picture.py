"""A picture without a model: the brand's colours, a quiet shape, and the key message."""

import colorsys
import hashlib
import io
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from ..base import MediaRequest

FONTS = ("figtree-latin", "figtree-latin-ext")
LONG_SIDE = 1350
MOST_LINES = 7


def drawn(request: MediaRequest) -> bytes:
    """PNG; the same request gives the same picture, byte for byte."""
    width, height = size_of(request.ratio)
    seed = hashlib.sha256(f"{request.brand}\n{request.words}".encode()).digest()
    ground, shape, ink = colours(request.brand)
    picture = Image.new("RGB", (width, height), ground)
    canvas = ImageDraw.Draw(picture)
    _shapes(canvas, width, height, shape, seed)
    margin = round(min(width, height) * 0.09)
    lines, points = _fitted(request.words, width - 2 * margin, round(height * 0.55), round(height * 0.1))
    top = height - margin * 2 - round(points * 1.25) * len(lines)
    for number, line in enumerate(lines):
        _write(canvas, (margin, top + round(points * 1.25) * number), line, points, ink)
    _write(canvas, (margin, height - margin - round(points * 0.2)), request.brand, round(height * 0.026), ink)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def size_of(ratio: str) -> tuple[int, int]:
    wide, _, high = ratio.partition(":")
    across, down = float(wide), float(high or 1)
    scale = LONG_SIDE / max(across, down)
    return round(across * scale), round(down * scale)


def colours(brand: str) -> tuple[Any, Any, Any]:
    """Ground, shape and ink of a brand: always the same three, always readable on each other."""
    hue = int.from_bytes(hashlib.sha256(brand.encode()).digest()[:2], "big") / 65536
    return _colour(hue, 0.22, 0.35), _colour(hue, 0.32, 0.40), (255, 252, 245)


def _colour(hue: float, lightness: float, saturation: float) -> tuple[int, ...]:
    return tuple(round(255 * part) for part in colorsys.hls_to_rgb(hue, lightness, saturation))


def _shapes(canvas: ImageDraw.ImageDraw, width: int, height: int, colour: Any, seed: bytes) -> None:
    for place in range(3):
        x, y, size = (part / 255 for part in seed[place * 3 : place * 3 + 3])
        radius = width * (0.15 + 0.2 * size)
        centre = (width * (0.45 + 0.6 * x), height * (0.05 + 0.35 * y))
        box = (centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius)
        canvas.ellipse(box, fill=colour if place != 1 else None, outline=colour, width=6)


def _fitted(text: str, width: int, height: int, points: int) -> tuple[list[str], int]:
    """The words in lines, as large as they fit."""
    while True:
        lines = _lines(text, width, points)
        if points <= 24 or (len(lines) <= MOST_LINES and len(lines) * points * 1.25 <= height):
            return lines[:MOST_LINES], points
        points = round(points * 0.92)


def _lines(text: str, width: int, points: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _length(longer, points) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@lru_cache(maxsize=64)
def _font(name: str, points: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(Path(settings.ROOT) / "static" / "fonts" / f"{name}.woff2", points)
    font.set_variation_by_name("SemiBold")
    return font


@lru_cache(maxsize=1024)
def _font_of(sign: str) -> str:
    """The letters are kept in two files, as browsers are given them."""
    has = _font(FONTS[0], 24).getmask(sign).getbbox() is not None or sign.isspace()
    return FONTS[0] if has else FONTS[1]


def _length(text: str, points: int) -> float:
    return sum(_font(_font_of(sign), points).getlength(sign) for sign in text)


def _write(canvas: ImageDraw.ImageDraw, at: tuple[float, float], text: str, points: int, ink: Any) -> None:
    x, y = at
    for sign in text:
        font = _font(_font_of(sign), points)
        canvas.text((x, y), sign, font=font, fill=ink)
        x += font.getlength(sign)
