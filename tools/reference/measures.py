"""Texture and likeness of pictures by scikit-image and Pillow, which the tests of giga.redraw.inspect are held to.

    pip install --no-deps -r tools/reference/requirements.txt     (and what scikit-image itself needs)
    python tools/reference/measures.py samples/coffee.png redraw/src/test/resources/giga/redraw/inspect

OUT gets sharp.png, soft.png (the same, blurred and shifted in tone), fine.png (noise) and measures.json.
"""

import io
import json
import math
import pathlib
import sys

import numpy
from PIL import Image, ImageFilter
from skimage.feature import graycomatrix
from skimage.measure import shannon_entropy
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

PATCH = 64
DISTANCES = [1, 2, 3, 4]
ANGLES = [0, math.pi / 4, math.pi / 2, 3 * math.pi / 4]


def luma(picture):
    return numpy.asarray(picture.convert("L"))


def glcm_score(picture):
    """Entropy of how often each value occurs in a patch's normalised co-occurrence matrices; mean over whole patches."""
    levels = luma(picture) // 4
    height, width = levels.shape
    scores = []
    for y in range(0, height - PATCH + 1, PATCH):
        for x in range(0, width - PATCH + 1, PATCH):
            patch = levels[y : y + PATCH, x : x + PATCH]
            scores.append(shannon_entropy(graycomatrix(patch, DISTANCES, ANGLES, levels=64, normed=True)))
    return float(numpy.mean(scores))


def jpeg_ratio(picture):
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95, subsampling=0)
    return 3 * picture.width * picture.height / len(out.getvalue())


def ssim(a, b):
    return float(structural_similarity(
        luma(a), luma(b), data_range=255, gaussian_weights=True, sigma=1.5, use_sample_covariance=False))


def main(sample, out):
    coffee = Image.open(sample).convert("RGB")
    sharp = coffee.crop((200, 100, 200 + 211, 100 + 149))
    soft = sharp.filter(ImageFilter.GaussianBlur(1.2)).point(lambda level: min(255, level + 3))
    noise = numpy.random.default_rng(7).integers(90, 160, (149, 211, 3), dtype=numpy.uint8)
    pictures = {"sharp": sharp, "soft": soft, "fine": Image.fromarray(noise)}
    measures = {}
    for name, picture in pictures.items():
        picture.save(out / f"{name}.png", optimize=True)
        measures[name] = {"glcm_score": glcm_score(picture), "jpeg_ratio": jpeg_ratio(picture)}
    for a, b in (("sharp", "soft"), ("sharp", "fine")):
        measures[f"{a}-{b}"] = {
            "psnr_db": float(peak_signal_noise_ratio(numpy.asarray(pictures[a]), numpy.asarray(pictures[b]))),
            "ssim": ssim(pictures[a], pictures[b]),
        }
    (out / "measures.json").write_text(json.dumps(measures, indent=2) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
