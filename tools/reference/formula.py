"""Checkpoints whose every value follows from a tensor's name, as the Java tests make them (class Formula)."""

import math

import numpy

MASK = (1 << 64) - 1


def fnv1a(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = ((h ^ byte) * 0x100000001B3) & MASK
    return h


def values(name, count, scale, shift):
    with numpy.errstate(over="ignore"):
        z = numpy.uint64(fnv1a("1:" + name)) + numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ z >> numpy.uint64(30)) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ z >> numpy.uint64(27)) * numpy.uint64(0x94D049BB133111EB)
        z ^= z >> numpy.uint64(31)
    uniform = (z >> numpy.uint64(40)).astype(numpy.float64) / 2**24 - 0.5
    return (uniform * scale + shift).astype(numpy.float32).astype(numpy.float16)


TWICE = (
    ".attn2.to_v.weight", ".attn2.to_out.0.weight", "time_embed.0.weight", "time_embed.2.weight",
    "label_emb.0.0.weight", "label_emb.0.2.weight",
)


def scale_and_shift(name, shape):
    if "token_embedding" in name:
        return 2, 0
    if "position_embedding" in name or "positional_embedding" in name:
        return 1, 0
    if len(shape) >= 2:
        gain = 3 if name.endswith(".emb_layers.1.weight") else 2 if name.endswith(TWICE) else 1
        return math.sqrt(12.0 / math.prod(shape[1:])) * gain, 0
    if name.endswith("bias"):
        return 0.1, 0
    return 0.2, 1


def checkpoint(key_list):
    """The tensors of a list of keys, one "key<TAB>AxBxC" a line, as float16."""
    tensors = {}
    for line in open(key_list):
        key, shape = line.rstrip("\n").split("\t")[:2]
        sides = [int(side) for side in shape.split("x")] if shape else []
        if key.endswith("position_ids"):
            tensors[key] = numpy.arange(math.prod(sides), dtype=numpy.int64).reshape(sides)
        else:
            tensors[key] = values(key, math.prod(sides), *scale_and_shift(key, sides)).reshape(sides)
    return tensors
