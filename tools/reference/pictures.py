"""Pictures by k-diffusion's samplers on diffusers' networks, which the end-to-end tests hold giga to.

    pip install --no-deps -r tools/reference/requirements.txt     (and what torch itself needs)
    python tools/reference/pictures.py KEYS OUT

KEYS has tiny_sd1.tsv, tiny_sd2.tsv and tiny_sdxl.tsv (diffusion/src/test/resources/giga/diffusion/weights/keys);
OUT gets source.png and FAMILY-WAY-SAMPLER.png. Noise is that of A1111's "CPU" source: one generator for each picture,
and a Brownian tree of the same seed. An image's latent is the mean of the encoder's distribution.
"""

import importlib.machinery
import importlib.util
import pathlib
import sys
import types

import numpy
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.loaders import single_file_utils
from PIL import Image
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

import formula

# The package's own entry imports what its training needs.
_found = importlib.util.find_spec("k_diffusion")
_package = types.ModuleType("k_diffusion")
_package.__path__ = _found.submodule_search_locations
sys.modules["k_diffusion"] = _package
from k_diffusion import external, sampling  # noqa: E402

SEED = 42
STEPS = 8
CFG = 3.0
DENOISE = 0.6
SIDE = 128
START, END = 49406, 49407
# "a photo of a cat" and "dog" in CLIP's vocabulary.
PROMPT = [320, 1125, 539, 320, 2368]
NEGATIVE = [1929]

FAMILIES = {
    "sd1": dict(
        unet=dict(
            block_out_channels=(32, 64, 128, 128), cross_attention_dim=128, attention_head_dim=8,
            down_block_types=("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
            up_block_types=("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3,
        ),
        scale=0.18215,
    ),
    "sd2": dict(
        unet=dict(
            block_out_channels=(64, 128, 256, 256), cross_attention_dim=128, attention_head_dim=(1, 2, 4, 4),
            use_linear_projection=True,
            down_block_types=("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
            up_block_types=("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3,
        ),
        scale=0.18215,
    ),
    "sdxl": dict(
        unet=dict(
            block_out_channels=(64, 128, 256), cross_attention_dim=192, attention_head_dim=(1, 2, 4),
            use_linear_projection=True, transformer_layers_per_block=(1, 2, 3),
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
            addition_embed_type="text_time", addition_time_embed_dim=256, projection_class_embeddings_input_dim=1664,
        ),
        scale=0.13025,
    ),
}


def text_config(width, layers, heads, activation, **more):
    return CLIPTextConfig(
        vocab_size=49408, hidden_size=width, intermediate_size=4 * width, num_hidden_layers=layers,
        num_attention_heads=heads, hidden_act=activation, bos_token_id=START, eos_token_id=END, **more)


def load(model, state):
    missing, unexpected = model.load_state_dict(state, strict=False)
    missing = [name for name in missing if not name.endswith("position_ids")]
    assert not missing and not [n for n in unexpected if not n.endswith("position_ids")], (missing, unexpected)
    return model.eval().float()


def open_clip(model, weights, prefix):
    """OpenCLIP's names and joined projections as transformers has them."""
    state = single_file_utils.convert_open_clip_checkpoint(model, dict(weights), prefix=prefix)
    return load(model, {name: tensor for name, tensor in state.items() if name in model.state_dict()})


def ids(tokens, pad):
    row = [START] + tokens + [END]
    return torch.tensor([row + [pad] * (77 - len(row))])


class Model:
    def __init__(self, family, keys):
        self.family = family
        plan = FAMILIES[family]
        self.scale = plan["scale"]
        weights = {
            name: torch.from_numpy(value.astype(numpy.float32) if value.dtype == numpy.float16 else value)
            for name, value in formula.checkpoint(keys / f"tiny_{family}.tsv").items()
        }
        unet = UNet2DConditionModel(in_channels=4, out_channels=4, layers_per_block=2, **plan["unet"])
        self.unet = load(unet, single_file_utils.convert_ldm_unet_checkpoint(dict(weights), dict(unet.config)))
        vae = AutoencoderKL(
            block_out_channels=(32, 64, 128, 128), layers_per_block=2, latent_channels=4,
            down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4)
        self.vae = load(vae, single_file_utils.convert_ldm_vae_checkpoint(dict(weights), dict(vae.config)))
        self.encoders(weights)

    def encoders(self, weights):
        if self.family == "sd1":
            prefix = "cond_stage_model.transformer."
            state = {n[len(prefix):]: t for n, t in weights.items() if n.startswith(prefix)}
            self.text = load(CLIPTextModel(text_config(128, 2, 2, "quick_gelu")), state)
        elif self.family == "sd2":
            self.text = open_clip(CLIPTextModel(text_config(128, 3, 2, "gelu")), weights, "cond_stage_model.model.")
        else:
            prefix = "conditioner.embedders.0.transformer."
            state = {n[len(prefix):]: t for n, t in weights.items() if n.startswith(prefix)}
            self.text = load(CLIPTextModel(text_config(64, 2, 1, "quick_gelu")), state)
            self.second = open_clip(
                CLIPTextModelWithProjection(text_config(128, 3, 2, "gelu", projection_dim=128)),
                weights, "conditioner.embedders.1.model.")

    def condition(self, tokens):
        if self.family == "sd1":
            return self.text(ids(tokens, END)).last_hidden_state, {}
        if self.family == "sd2":
            hidden = self.text(ids(tokens, 0), output_hidden_states=True).hidden_states[-2]
            return self.text.text_model.final_layer_norm(hidden), {}
        first = self.text(ids(tokens, END), output_hidden_states=True).hidden_states[-2]
        second = self.second(ids(tokens, 0), output_hidden_states=True)
        sizes = torch.tensor([[SIDE, SIDE, 0, 0, SIDE, SIDE]])
        return torch.cat([first, second.hidden_states[-2]], -1), dict(text_embeds=second.text_embeds, time_ids=sizes)

    def denoiser(self):
        positive, negative = self.condition(PROMPT), self.condition(NEGATIVE)
        betas = torch.linspace(0.00085**0.5, 0.0120**0.5, 1000, dtype=torch.float64) ** 2
        alphas = torch.cumprod(1 - betas, 0).float()

        class Eps(external.DiscreteEpsDDPMDenoiser):
            def get_eps(self, x, t, condition):
                return self.inner_model(x, t, encoder_hidden_states=condition[0], added_cond_kwargs=condition[1]).sample

        class V(external.DiscreteVDDPMDenoiser):
            def get_v(self, x, t, condition):
                return self.inner_model(x, t, encoder_hidden_states=condition[0], added_cond_kwargs=condition[1]).sample

        model = (V if self.family == "sd2" else Eps)(self.unet, alphas, quantize=False)

        def guided(x, sigma):
            without = model(x, sigma, condition=negative)
            return without + CFG * (model(x, sigma, condition=positive) - without)

        return model, guided


def karras(model, steps):
    return sampling.get_sigmas_karras(steps, model.sigmas[0].item(), model.sigmas[-1].item())


def uniform(model, steps):
    return model.get_sigmas(steps)


SAMPLERS = {
    "euler-a": (uniform, sampling.sample_euler_ancestral),
    "dpmpp-2m-karras": (karras, sampling.sample_dpmpp_2m),
    "dpmpp-sde-karras": (karras, sampling.sample_dpmpp_sde),
}


def sample(name, guided, x, run, sigmas, generator):
    def independent(sigma, sigma_next):
        return torch.randn(x.shape[1:], generator=generator)[None]

    if name == "dpmpp-2m-karras":
        return SAMPLERS[name][1](guided, x, run, disable=True)
    tree = sampling.BrownianTreeNoiseSampler(x, sigmas[sigmas > 0].min(), sigmas.max(), seed=[SEED])
    return SAMPLERS[name][1](
        guided, x, run, disable=True, noise_sampler=tree if name == "dpmpp-sde-karras" else independent)


@torch.no_grad()
def main(keys, out):
    out.mkdir(parents=True, exist_ok=True)
    source = numpy.array(Image.open(out / "source.png").convert("RGB"))
    pixels = torch.from_numpy(source).permute(2, 0, 1)[None].float() / 127.5 - 1
    for family in FAMILIES:
        model = Model(family, keys)
        schedule, guided = model.denoiser()
        encoded = model.vae.encode(pixels).latent_dist.mean * model.scale
        for name, (sigmas_of, _) in SAMPLERS.items():
            sigmas = sigmas_of(schedule, STEPS)
            for way in ("txt2img", "img2img"):
                # A1111's step rule: int(min(denoise, 0.999) * steps) + 1 of the steps are run.
                run = sigmas if way == "txt2img" else sigmas[STEPS - int(DENOISE * STEPS) - 1:]
                generator = torch.Generator().manual_seed(SEED)
                noise = torch.randn(encoded.shape[1:], generator=generator)[None]
                start = noise * run[0] if way == "txt2img" else encoded + noise * run[0]
                latent = sample(name, guided, start, run, sigmas, generator)
                image = model.vae.decode(latent / model.scale).sample
                bytes_ = ((image.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)[0].permute(1, 2, 0).numpy()
                Image.fromarray(bytes_).save(out / f"{family}-{way}-{name}.png")
                clipped = (image.abs() > 1).float().mean().item()
                print(f"{family} {way} {name}: latent {latent.abs().max():.2f}, clipped {clipped:.1%}", flush=True)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
