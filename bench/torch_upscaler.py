"""Seconds of one call of the compact upscaler (SRVGG) in PyTorch, bytes to bytes, to compare `giga bench --upscaler` with.

    pip install torch==2.10.0
    python bench/torch_upscaler.py --size 512 --precision f32 --rounds 3

The network has random weights: time does not depend on their values.
"""

import argparse
import statistics
import time

import torch
from torch import nn


class Compact(nn.Module):
    def __init__(self, features, convolutions, scale):
        super().__init__()
        layers = [nn.Conv2d(3, features, 3, 1, 1), nn.PReLU(features)]
        for _ in range(convolutions - 2):
            layers += [nn.Conv2d(features, features, 3, 1, 1), nn.PReLU(features)]
        self.body = nn.Sequential(*layers, nn.Conv2d(features, 3 * scale * scale, 3, 1, 1))
        self.shuffle = nn.PixelShuffle(scale)
        self.scale = scale

    def forward(self, x):
        return self.shuffle(self.body(x)) + nn.functional.interpolate(x, scale_factor=self.scale, mode="nearest")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--size", type=int, default=512)
    options.add_argument("--precision", choices=("f32", "bf16"), default="f32")
    options.add_argument("--convolutions", type=int, default=34)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--layout", choices=("channels_last", "contiguous"), default="channels_last")
    options = options.parse_args()

    torch.set_num_threads(options.threads)
    layout = {"channels_last": torch.channels_last, "contiguous": torch.contiguous_format}[options.layout]
    dtype = {"f32": torch.float32, "bf16": torch.bfloat16}[options.precision]
    network = Compact(64, options.convolutions, 4).eval().to(dtype).to(memory_format=layout)
    picture = torch.randint(0, 256, (1, options.size, options.size, 3), dtype=torch.uint8)

    def work():
        x = (picture.permute(0, 3, 1, 2).float() / 255).to(dtype=dtype, memory_format=layout)
        return network(x).float().mul(255).round_().clamp_(0, 255).to(torch.uint8).permute(0, 2, 3, 1).contiguous()

    with torch.inference_mode():
        work()
        seconds = []
        for _ in range(options.rounds):
            start = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - start)
    print(f"{options.size} px, {options.precision}, {options.layout}: {statistics.median(seconds):.3f} s")


main()
