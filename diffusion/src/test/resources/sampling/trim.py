"""Keeps of the full golden folders samplers/ and noise/ what this module's tests use: python3 trim.py GOLDEN_FOLDER"""

import json
import struct
import sys
from pathlib import Path

GOLDEN = Path(sys.argv[1])
SAMPLERS = {"Euler", "Euler a", "DPM++ 2M", "DPM++ SDE"}
SCHEDULERS = {"Automatic", "Uniform", "Karras", "Exponential"}
OTHER_SETTINGS = ("AND", "edit", "NGMS", "skip", "mask", "fix_steps", "extra_noise")


def read_json(path):
    return json.loads((GOLDEN / path).read_text())


def read_tensors(path):
    data = (GOLDEN / path).read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        yield name, entry["shape"], data[8 + length + start : 8 + length + end]


def write_json(path, what, cases):
    rows = ",\n".join(json.dumps(case) for case in cases)
    path.write_text('{"what": %s, "cases": [\n%s\n]}\n' % (json.dumps(what), rows))


def write_tensors(path, tensors):
    header, blob = {}, b""
    for name, shape, data in tensors:
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(blob), len(blob) + len(data)]}
        blob += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + blob)


def kept(case):
    return (
        case["sampler"] in SAMPLERS
        and case["scheduler"] in SCHEDULERS
        and not any(word in case["id"] for word in OTHER_SETTINGS)
    )


def trim_samplers(to):
    latents = [(n, s, d) for n, s, d in read_tensors("samplers/inputs.safetensors")]
    for name in ("txt2img", "schedulers", "img2img", "guidance", "real_noise"):
        golden = read_json(f"samplers/{name}.json")
        cases = [case for case in golden["cases"] if kept(case)]
        for case in cases:
            case.pop("full_sigmas", None)
        write_json(to / f"{name}.json", golden["what"], cases)
        ids = {case["id"] for case in cases}
        latents += [
            (f"{name}/{n}", s, d) for n, s, d in read_tensors(f"samplers/{name}.safetensors") if n in ids
        ]
    write_tensors(to / "latents.safetensors", latents)
    tables = read_tensors("samplers/tables.safetensors")
    write_tensors(to / "tables.safetensors", [t for t in tables if t[0].startswith("scaled_linear")])
    mapping = read_json("samplers/mapping.json")
    rows = [case for case in mapping["cases"] if case["table"] == "scaled_linear"]
    write_json(to / "mapping.json", mapping["what"], rows)
    schedules = read_json("samplers/schedules.json")
    rows = [
        case
        for case in schedules["cases"]
        if (case.get("label") in SCHEDULERS or case.get("sampler") in SAMPLERS) and not case["zsnr"]
    ]
    write_json(to / "schedules.json", schedules["what"], rows)
    steps = read_json("samplers/img2img_steps.json")
    rows = [dict(zip(steps["columns"], row)) for row in steps["rows"] if not row[2]]
    write_json(to / "img2img_steps.json", "run steps are t_enc + 1", rows)
    write_json(to / "network.json", read_json("samplers/network.json")["what"], read_json("samplers/network.json")["cases"])


def trim_noise(to):
    for name in ("brownian", "image_rng", "nv_philox", "philox4x32_10", "seed_sequence", "torch_cpu"):
        (to / f"{name}.json").write_text((GOLDEN / f"noise/{name}.json").read_text())
    wanted = ("brownian/", "image_rng/", "nv/42/", "torch_cpu/42/")
    tensors = read_tensors("noise/tensors.safetensors")
    write_tensors(to / "tensors.safetensors", [t for t in tensors if t[0].startswith(wanted)])


here = Path(__file__).parent
trim_samplers(here)
trim_noise(here.parent / "noise")
