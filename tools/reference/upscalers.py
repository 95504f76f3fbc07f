"""Expected values of the compact upscaler with weights by formula: python upscalers.py OUT.safetensors

Networks and input are those of UpscalerFormula in the tests of diffusion; computed in float64 and stored as float32.
"""

import math
import sys

import numpy
import torch
from safetensors.numpy import save_file

from formula import MASK, fnv1a


def values(name, count, scale):
    with numpy.errstate(over="ignore"):
        z = numpy.uint64(fnv1a("1:" + name)) + numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ z >> numpy.uint64(30)) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ z >> numpy.uint64(27)) * numpy.uint64(0x94D049BB133111EB)
        z ^= z >> numpy.uint64(31)
    uniform = (z >> numpy.uint64(40)).astype(numpy.float64) / 2**24 - 0.5
    return torch.from_numpy((uniform * scale).astype(numpy.float32)).double()


def compact(x, features, convolutions, scale):
    h = x
    for i in range(convolutions):
        into = 3 if i == 0 else features
        out = 3 * scale * scale if i == convolutions - 1 else features
        name = f"body.{2 * i}"
        weight = values(name + ".weight", out * into * 9, math.sqrt(12 / (into * 9))).reshape(out, into, 3, 3)
        h = torch.nn.functional.conv2d(h, weight, values(name + ".bias", out, 0.1), padding=1)
        if i < convolutions - 1:
            h = torch.nn.functional.prelu(h, values(f"body.{2 * i + 1}.weight", features, 0.4))
    return torch.nn.functional.pixel_shuffle(h, scale) + torch.nn.functional.interpolate(x, scale_factor=scale, mode="nearest")


picture = (values("input", 3 * 13 * 17, 1) + 0.5).reshape(1, 3, 13, 17)
save_file({f"x{scale}": compact(picture, 12, 4, scale).float().numpy() for scale in (1, 2, 4)}, sys.argv[1])
