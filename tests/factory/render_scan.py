"""A scan of a printed report: page images with skew, blur, noise, bleed-through and JPEG loss, at stated settings."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt
import pymupdf

from tests.factory.chance import chance

Image = npt.NDArray[np.float32]


@dataclass(slots=True, frozen=True)
class ScanSettings:
    """How a scan was made.

    Attributes:
        dpi: Dots per inch.
        skew: Degrees the paper lay askew.
        blur: Standard deviation of the blur, in dots.
        noise: Standard deviation of the noise, in grey levels of 255.
        quality: JPEG quality, 1 to 100.
        bleed: Share of the ink of the page behind that shows through.
        grey: True for a grey scan, False for colour.
    """

    dpi: int
    skew: float
    blur: float
    noise: float
    quality: int
    bleed: float
    grey: bool

    @classmethod
    def draw(cls, rng: Random) -> ScanSettings:
        """Settings of an office scanner, from good to poor."""
        return cls(
            rng.choice([150, 200, 200, 300]),
            round(rng.uniform(-1.2, 1.2), 2) if rng.random() < 0.7 else 0.0,
            round(rng.uniform(0.0, 0.9), 2),
            round(rng.uniform(0.0, 10.0), 1),
            rng.choice([40, 55, 70, 85]),
            round(rng.uniform(0.03, 0.1), 3) if rng.random() < 0.3 else 0.0,
            rng.random() < 0.7,
        )


def render_scan(pdf: bytes, seed: str, settings: ScanSettings | None = None) -> tuple[bytes, dict[str, Any]]:
    """The scan of a PDF as a PDF of page images, and the settings used."""
    settings = settings or ScanSettings.draw(chance(seed, "scanner"))
    grain = np.random.default_rng(chance(seed, "grain").getrandbits(64))
    source: Any = pymupdf.open(stream=pdf, filetype="pdf")
    out: Any = pymupdf.open()
    images = [_picture(page, settings) for page in source]
    for number, page in enumerate(source):
        image = images[number]
        if settings.bleed:
            behind = images[number ^ 1] if (number ^ 1) < len(images) else image
            image = _bleed(image, behind, settings.bleed)
        image = _blur(image, settings.blur)
        image = image + grain.normal(0, settings.noise, image.shape).astype(np.float32)
        sheet = out.new_page(width=page.rect.width, height=page.rect.height)
        sheet.insert_image(sheet.rect, stream=_jpeg(image, settings.quality), keep_proportion=False)
    out.set_metadata({"producer": "", "creator": "", "creationDate": ""})
    return bytes(out.tobytes(garbage=3, deflate=True, no_new_id=True)), asdict(settings)


def _picture(page: Any, settings: ScanSettings) -> Image:
    """The page as an array of levels, askew; what falls outside the paper is cut, what is missing is white."""
    zoom = settings.dpi / 72
    space = pymupdf.csGRAY if settings.grey else pymupdf.csRGB
    straight = page.rect * pymupdf.Matrix(zoom, zoom)
    turned = pymupdf.Matrix(zoom, zoom).prerotate(settings.skew)
    pix = page.get_pixmap(matrix=turned, colorspace=space, alpha=False)
    levels = np.frombuffer(pix.samples, dtype=np.uint8).reshape(pix.height, pix.width, pix.n).astype(np.float32)
    height, width = int(straight.height), int(straight.width)
    top, left = (pix.height - height) // 2, (pix.width - width) // 2
    return np.ascontiguousarray(levels[top : top + height, left : left + width])


def _bleed(image: Image, behind: Image, share: float) -> Image:
    if behind.shape != image.shape:
        return image
    ink = 255 - behind[:, ::-1]
    return np.asarray(image - share * ink, dtype=np.float32)


def _blur(image: Image, sigma: float) -> Image:
    """A Gaussian blur, rows then columns."""
    if sigma < 0.2:
        return image
    reach = max(1, round(3 * sigma))
    weights = np.exp(-(np.arange(-reach, reach + 1) ** 2) / (2 * sigma**2)).astype(np.float32)
    weights /= weights.sum()
    for axis in (0, 1):
        total = np.zeros_like(image)
        for shift, weight in zip(range(-reach, reach + 1), weights, strict=True):
            total += weight * np.roll(image, shift, axis=axis)
        image = total
    return image


def _jpeg(image: Image, quality: int) -> bytes:
    levels = np.clip(np.rint(image), 0, 255).astype(np.uint8)
    height, width, channels = levels.shape
    space = pymupdf.csGRAY if channels == 1 else pymupdf.csRGB
    pix: Any = pymupdf.Pixmap(space, width, height, levels.tobytes(), False)
    pix.set_dpi(72, 72)
    return bytes(pix.tobytes("jpeg", jpg_quality=quality))
