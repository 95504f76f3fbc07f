"""Keeps of the full golden folder noise/ what this module's tests use: python3 trim.py GOLDEN_FOLDER"""

import json
import struct
import sys
from pathlib import Path

GOLDEN = Path(sys.argv[1])


def read_tensors(path):
    data = (GOLDEN / path).read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        yield name, entry["shape"], data[8 + length + start : 8 + length + end]


def write_tensors(path, tensors):
    header, blob = {}, b""
    for name, shape, data in tensors:
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(blob), len(blob) + len(data)]}
        blob += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + blob)


def trim_noise(to):
    for name in ("brownian", "image_rng", "nv_philox", "philox4x32_10", "seed_sequence", "torch_cpu"):
        (to / f"{name}.json").write_text((GOLDEN / f"noise/{name}.json").read_text())
    wanted = ("brownian/", "image_rng/", "nv/42/", "torch_cpu/42/")
    tensors = read_tensors("noise/tensors.safetensors")
    write_tensors(to / "tensors.safetensors", [t for t in tensors if t[0].startswith(wanted)])


trim_noise(Path(__file__).parent)
