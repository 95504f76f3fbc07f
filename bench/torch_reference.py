"""Seconds of one UNet call and one VAE encode and decode of Stable Diffusion 1.5 in PyTorch, to compare `giga bench` with.

    pip install torch==2.10.0 diffusers==0.39.0 transformers==4.57.6
    python bench/torch_reference.py --size 512 --precision bf16 --rounds 3

The networks have random weights: time does not depend on their values.
"""

import argparse
import statistics
import time

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel


def median_seconds(work, rounds):
    work()
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--size", type=int, default=512)
    options.add_argument("--precision", choices=("f32", "bf16"), default="bf16")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--threads", type=int, default=2)
    options = options.parse_args()

    torch.set_num_threads(options.threads)
    dtype = {"f32": torch.float32, "bf16": torch.bfloat16}[options.precision]
    unet = UNet2DConditionModel(cross_attention_dim=768, attention_head_dim=8)
    vae = AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        block_out_channels=(128, 256, 512, 512),
        layers_per_block=2,
        latent_channels=4,
    )
    unet = unet.eval().to(dtype).to(memory_format=torch.channels_last)
    vae = vae.eval().to(dtype).to(memory_format=torch.channels_last)

    side = options.size // 8
    channels_last = {"dtype": dtype, "memory_format": torch.channels_last}
    latents = torch.randn(2, 4, side, side).to(**channels_last)
    text = torch.randn(2, 77, 768, dtype=dtype)
    pixels = torch.randn(1, 3, options.size, options.size).to(**channels_last)
    with torch.inference_mode():
        encode = median_seconds(lambda: vae.encode(pixels).latent_dist.mode(), options.rounds)
        denoise = median_seconds(lambda: unet(latents, 500, text).sample, options.rounds)
        decode = median_seconds(lambda: vae.decode(latents[:1]).sample, options.rounds)
    print(
        f"{options.size} px, {options.precision}: encode {encode:.3f} s, "
        f"UNet batch 2 {denoise:.3f} s, decode {decode:.3f} s"
    )


if __name__ == "__main__":
    main()
