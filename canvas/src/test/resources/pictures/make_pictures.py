"""Makes the pictures of this folder and, beside each, the RGB bytes it must decode to (NAME.rgb, 37 x 29 pixels, row by row).

Needs Pillow, numpy and tifffile (with imagecodecs). PNGs that Pillow cannot write (16-bit colour, interlaced, transparent
colour) are put together here; the expected bytes are then computed from the samples, otherwise decoded by Pillow.
"""
import io, struct, zlib
import numpy as np
import tifffile
from PIL import Image, ImageCms

W, H = 37, 29
y, x = np.mgrid[0:H, 0:W]
rng = np.random.default_rng(7)
rgb = np.stack([x * 255 // (W - 1), y * 255 // (H - 1), (x * 3 + y * 5) % 256], -1).astype(np.uint8)
rgb = np.clip(rgb.astype(int) + rng.integers(-9, 10, rgb.shape), 0, 255).astype(np.uint8)
alpha = ((x * 7 + y * 11) % 256).astype(np.uint8)
grey = rgb[..., 1].copy()
rgb16 = rgb.astype(np.uint16) * 257 - (rgb > 0) * rng.integers(0, 200, rgb.shape).astype(np.uint16)
grey16 = rgb16[..., 1].copy()
alpha16 = alpha.astype(np.uint16) * 257


def to8(a, top):
    return ((a.astype(np.int64) * 255 + top // 2) // top).astype(np.uint8)


def over_white(c, a):
    c, a = c.astype(int), a.astype(int)[..., None]
    return ((c * a + 255 * (255 - a) + 127) // 255).astype(np.uint8)


def as_rgb(g):
    return np.repeat(g[..., None], 3, -1)


def put(name, data, expected):
    expected = np.asarray(expected, np.uint8)
    assert expected.shape[-1] == 3, name
    open(name, "wb").write(data)
    open(name + ".rgb", "wb").write(expected.tobytes())


def pack(samples, depth):
    """rows of samples [w, channels] to bytes"""
    flat = samples.reshape(samples.shape[0], -1)
    if depth == 16:
        return [r.astype(">u2").tobytes() for r in flat]
    if depth == 8:
        return [r.astype(np.uint8).tobytes() for r in flat]
    out = []
    for r in flat:
        bits = "".join(format(int(v), f"0{depth}b") for v in r)
        bits += "0" * (-len(bits) % 8)
        out.append(bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8)))
    return out


def png(samples, depth, colour_type, interlaced=False, before=()):
    def chunk(t, d):
        return struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d))

    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)] if interlaced else [(0, 0, 1, 1)]
    raw = b""
    for x0, y0, dx, dy in passes:
        part = samples[y0::dy, x0::dx]
        if part.size:
            raw += b"".join(b"\0" + r for r in pack(part, depth))
    h, w = samples.shape[:2]
    ihdr = struct.pack(">IIBBBBB", w, h, depth, colour_type, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", ihdr) + b"".join(chunk(t, d) for t, d in before)
            + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))


def pillow(mode, array, fmt, **options):
    out = io.BytesIO()
    Image.fromarray(array).convert(mode).save(out, fmt, **options) if mode else Image.fromarray(array).save(out, fmt, **options)
    return out.getvalue()


def decoded(data):
    im = Image.open(io.BytesIO(data))
    if im.mode in ("RGBA", "LA", "PA") or "transparency" in im.info:
        a = np.asarray(im.convert("RGBA"))
        return over_white(a[..., :3], a[..., 3])
    return np.asarray(im.convert("RGB"))


srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def cmyk_profile():
    """A tiny CMYK profile: a two-point grid to Lab in 8 bits, not colourimetric but a valid one."""
    def lab(c, m, y, k):
        light = (100 - 22 * c - 40 * m - 8 * y) * (1 - k) + 8 * k
        a = (-30 * c + 70 * m - 5 * y) * (1 - k)
        b = (-45 * c - 5 * m + 85 * y) * (1 - k)
        return [round(max(0, light) * 2.55), round(a + 128), round(b + 128)]
    grid = bytes(v for c in (0, 1) for m in (0, 1) for ye in (0, 1) for k in (0, 1) for v in lab(c, m, ye, k))
    line = bytes(range(256))
    identity = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    a2b = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + identity + line * 4 + grid + line * 3
    text = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"tiny\0" + b"\0" * 78
    xyz = b"XYZ \0\0\0\0" + struct.pack(">3i", 63190, 65536, 54061)
    copyright = b"text\0\0\0\0CC0\0"
    tags, body, offset = b"", b"", 128 + 4 + 12 * 4
    for sig, d in ((b"desc", text), (b"wtpt", xyz), (b"cprt", copyright), (b"A2B0", a2b)):
        d += b"\0" * (-len(d) % 4)
        tags += sig + struct.pack(">II", offset + len(body), len(d))
        body += d
    total = offset + len(body)
    head = struct.pack(">I", total) + b"lcms" + struct.pack(">I", 0x02100000) + b"prtr" + b"CMYK" + b"Lab "
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28 + struct.pack(">3i", 63190, 65536, 54061)
    head += b"\0" * (128 - len(head))
    return head + struct.pack(">I", 4) + tags + body


def grey_profile():
    """Linear light: a grey profile whose tone curve is the identity."""
    def pad(d):
        return d + b"\0" * (-len(d) % 4)
    tags = ((b"desc", pad(b"desc\0\0\0\0" + struct.pack(">I", 5) + b"grey\0" + b"\0" * 78)),
            (b"wtpt", b"XYZ \0\0\0\0" + struct.pack(">3i", 63190, 65536, 54061)),
            (b"cprt", pad(b"text\0\0\0\0CC0\0")), (b"kTRC", b"curv\0\0\0\0" + struct.pack(">I", 0)))
    offset = 128 + 4 + 12 * len(tags)
    table, body = b"", b""
    for sig, d in tags:
        table += sig + struct.pack(">II", offset + len(body), len(d))
        body += d
    head = struct.pack(">I", offset + len(body)) + b"lcms" + struct.pack(">I", 0x02100000) + b"mntrGRAYXYZ "
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28 + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


linear = grey_profile()


def from_linear(g):
    out = ImageCms.profileToProfile(Image.fromarray(g), ImageCms.ImageCmsProfile(io.BytesIO(linear)), ImageCms.createProfile("sRGB"), outputMode="RGB")
    return np.asarray(out)


# PNG
put("grey-profile.png", png(grey[..., None], 8, 0, before=[(b"iCCP", b"x\0\0" + zlib.compress(linear))]), from_linear(grey))
put("rgb8.png", png(rgb, 8, 2), rgb)
put("rgb16.png", png(rgb16, 16, 2), to8(rgb16, 65535))
put("rgba8.png", png(np.dstack([rgb, alpha]), 8, 6), over_white(rgb, alpha))
put("rgba16.png", png(np.dstack([rgb16, alpha16]), 16, 6), over_white(to8(rgb16, 65535), alpha))
put("grey-alpha8.png", png(np.dstack([grey, alpha]), 8, 4), over_white(as_rgb(grey), alpha))
put("grey-alpha16.png", png(np.dstack([grey16, alpha16]), 16, 4), over_white(as_rgb(to8(grey16, 65535)), alpha))
put("grey8.png", png(grey[..., None], 8, 0), as_rgb(grey))
put("grey16.png", png(grey16[..., None], 16, 0), as_rgb(to8(grey16, 65535)))
for depth in (1, 2, 4):
    g = grey >> (8 - depth)
    put(f"grey{depth}.png", png(g[..., None], depth, 0), as_rgb(to8(g, 2**depth - 1)))
for depth in (1, 2, 4, 8):
    index = (grey >> (8 - depth)) if depth < 8 else grey
    table = np.stack([np.arange(2**depth) * 37 % 256, np.arange(2**depth) * 91 % 256, 255 - np.arange(2**depth) % 256], -1).astype(np.uint8)
    put(f"palette{depth}.png", png(index[..., None], depth, 3, before=[(b"PLTE", table.tobytes())]), table[index])
put("palette-transparent.png", png(index[..., None], 8, 3, before=[(b"PLTE", table.tobytes()), (b"tRNS", bytes(range(0, 256, 2)))]),
    over_white(table[index], np.where(index < 128, index * 2, 255)))
key = rgb[3, 5]
put("rgb-key.png", png(rgb, 8, 2, before=[(b"tRNS", struct.pack(">3H", *map(int, key)))]), np.where((rgb == key).all(-1)[..., None], 255, rgb))
gkey = grey[4, 4]
put("grey-key.png", png(grey[..., None], 8, 0, before=[(b"tRNS", struct.pack(">H", int(gkey)))]), as_rgb(np.where(grey == gkey, 255, grey)))
k16 = rgb16[3, 5]
put("rgb16-key.png", png(rgb16, 16, 2, before=[(b"tRNS", struct.pack(">3H", *map(int, k16)))]),
    np.where((rgb16 == k16).all(-1)[..., None], 255, to8(rgb16, 65535)))
put("interlaced-rgb8.png", png(rgb, 8, 2, True), rgb)
put("interlaced-rgba16.png", png(np.dstack([rgb16, alpha16]), 16, 6, True), over_white(to8(rgb16, 65535), alpha))
put("interlaced-grey2.png", png((grey >> 6)[..., None], 2, 0, True), as_rgb(to8(grey >> 6, 3)))
put("profile-dpi.png", png(rgb, 8, 2, before=[(b"iCCP", b"x\0\0" + zlib.compress(srgb)), (b"pHYs", struct.pack(">IIB", 11811, 11811, 1))]), rgb)

# JPEG
for name, options in {
    "444": dict(subsampling=0), "422": dict(subsampling=1), "420": dict(subsampling=2), "progressive": dict(progressive=True),
    "restarts": dict(restart_marker_blocks=2), "plain-rgb": dict(keep_rgb=True), "profile-dpi": dict(icc_profile=srgb, dpi=(300, 300)),
}.items():
    data = pillow("RGB", rgb, "JPEG", quality=92, **options)
    put(f"{name}.jpg", data, decoded(data))
data = pillow("L", grey, "JPEG", quality=92)
put("grey.jpg", data, decoded(data))
for turn in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x011A], exif[0x011B], exif[0x0128] = 240.0, 240.0, 2
    data = pillow("RGB", rgb, "JPEG", quality=92, exif=exif)
    back = {1: lambda a: a, 2: np.fliplr, 3: lambda a: np.rot90(a, 2), 4: np.flipud, 5: lambda a: a.transpose(1, 0, 2),
            6: lambda a: np.rot90(a, -1), 7: lambda a: np.rot90(a, 2).transpose(1, 0, 2), 8: lambda a: np.rot90(a)}[turn]
    put(f"turned{turn}.jpg", data, np.ascontiguousarray(back(decoded(data))))
cmyk = np.dstack([255 - rgb, alpha // 3])


def cmyk_formula(ink):
    ink = ink.astype(int)
    return (((255 - ink[..., :3]) * (255 - ink[..., 3:]) + 127) // 255).astype(np.uint8)


def cmyk_image():
    return Image.frombytes("CMYK", (W, H), cmyk.astype(np.uint8).tobytes())


def ink_of(data):
    return np.asarray(Image.open(io.BytesIO(data)))


out = io.BytesIO()
cmyk_image().save(out, "JPEG", quality=92)
put("cmyk.jpg", out.getvalue(), cmyk_formula(ink_of(out.getvalue())))
progressive = io.BytesIO()
cmyk_image().save(progressive, "JPEG", quality=92, progressive=True)
put("cmyk-progressive.jpg", progressive.getvalue(), cmyk_formula(ink_of(progressive.getvalue())))
ycck = bytearray(out.getvalue())
ycck[ycck.index(b"Adobe") + 11] = 2
put("ycck.jpg", bytes(ycck), cmyk_formula(ink_of(bytes(ycck))))
profile = cmyk_profile()
out = io.BytesIO()
cmyk_image().save(out, "JPEG", quality=92, icc_profile=profile)
by_profile = ImageCms.profileToProfile(Image.open(io.BytesIO(out.getvalue())), ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                                       ImageCms.createProfile("sRGB"), outputMode="RGB", renderingIntent=1)
put("cmyk-profile.jpg", out.getvalue(), np.asarray(by_profile))

# WebP
for name, array, options in (("lossy", rgb, dict(quality=90)), ("lossless", rgb, dict(lossless=True)),
                             ("lossy-alpha", np.dstack([rgb, alpha]), dict(quality=90)),
                             ("lossless-alpha", np.dstack([rgb, alpha]), dict(lossless=True, exact=True))):
    data = pillow(None, array, "WEBP", **options)
    put(name + ".webp", data, decoded(data))
noise = np.dstack([rgb, rng.integers(0, 256, alpha.shape, np.uint8)])
data = pillow(None, noise, "WEBP", quality=90)
put("noise-alpha.webp", data, decoded(data))
exif = Image.Exif()
exif[0x0112] = 6
data = pillow("RGB", rgb, "WEBP", quality=90, icc_profile=srgb, exif=exif)
put("profile-turned.webp", data, np.ascontiguousarray(np.rot90(decoded(data), -1)))

# TIFF
def tiff(name, array, expected, **options):
    out = io.BytesIO()
    tifffile.imwrite(out, array, metadata=None, **{"photometric": "rgb" if array.ndim == 3 else "minisblack", **options})
    put(name + ".tif", out.getvalue(), expected)


for c in (None, "lzw", "zlib", "packbits"):
    tiff(f"rgb8-{c or 'plain'}", rgb, rgb, compression=c, rowsperstrip=8)
tiff("rgb8-one-strip", rgb, rgb, rowsperstrip=H)
tiff("rgb8-one-strip-lzw", rgb, rgb, rowsperstrip=H, compression="lzw")
tiff("rgb8-predictor", rgb, rgb, compression="zlib", predictor=True)
tiff("rgb8-tiled", rgb, rgb, compression="zlib", predictor=True, tile=(16, 16))
tiff("rgb8-tiled-plain", rgb, rgb, tile=(16, 32))
tiff("rgb8-big-endian", rgb, rgb, byteorder=">", compression="lzw", rowsperstrip=5)
tiff("rgb16-big-endian", rgb16, to8(rgb16, 65535), byteorder=">", compression="zlib", predictor=True, rowsperstrip=5)
tiff("rgb8-bigtiff", rgb, rgb, bigtiff=True, compression="lzw", rowsperstrip=5)
tiff("rgb8-bigtiff-tiled", rgb, rgb, bigtiff=True, byteorder=">", compression="zlib", tile=(16, 16))
tiff("rgb8-planar", np.ascontiguousarray(rgb.transpose(2, 0, 1)), rgb, planarconfig="separate", compression="lzw", rowsperstrip=8)
tiff("rgb16", rgb16, to8(rgb16, 65535), compression="lzw", predictor=True)
tiff("rgba8", np.dstack([rgb, alpha]), over_white(rgb, alpha), extrasamples=["unassalpha"], compression="zlib")
tiff("rgba16", np.dstack([rgb16, alpha16]), over_white(to8(rgb16, 65535), alpha), extrasamples=["unassalpha"])
premultiplied = (rgb.astype(int) * alpha[..., None] // 255).astype(np.uint8)
tiff("rgba8-premultiplied", np.dstack([premultiplied, alpha]), premultiplied + (255 - alpha[..., None]), extrasamples=["assocalpha"])
tiff("grey8", grey, as_rgb(grey), compression="lzw")
tiff("grey8-inverted", 255 - grey, as_rgb(grey), photometric="miniswhite")
tiff("grey16", grey16, as_rgb(to8(grey16, 65535)), compression="zlib")
tiff("float", (rgb / 255).astype(np.float32), rgb)
tiff("cmyk8", cmyk.astype(np.uint8), cmyk_formula(cmyk), photometric="separated", compression="lzw")
exact = ImageCms.profileToProfile(cmyk_image(), ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"),
                                  outputMode="RGB", renderingIntent=1)
tiff("cmyk8-profile", cmyk.astype(np.uint8), np.asarray(exact), photometric="separated", iccprofile=profile)
tiff("profile-dpi", rgb, rgb, iccprofile=srgb, resolution=(150, 150), resolutionunit="inch")
tiff("turned6", rgb, np.ascontiguousarray(np.rot90(rgb, -1)), extratags=[(274, 3, 1, 6, True)])
for name, im, options in (("bilevel", Image.fromarray(grey).convert("1"), {}), ("bilevel-group4", Image.fromarray(grey).convert("1"), dict(compression="group4")),
                          ("palette", Image.fromarray(rgb).quantize(64), dict(compression="tiff_lzw")), ("jpeg", Image.fromarray(rgb), dict(compression="jpeg", quality=92))):
    out = io.BytesIO()
    im.save(out, "TIFF", **options)
    put(name + ".tif", out.getvalue(), decoded(out.getvalue()))

# Tall ones, decoded in several parts; their samples follow from the place (PictureFileTest.tall), so no bytes lie beside them.
ty, tx = np.mgrid[0:1300, 0:20]
tall = np.stack([(tx * 7 + ty) % 256, ty * 3 % 256, ty // 8 % 256], -1).astype(np.uint8)
for name, array, options in (
    ("strips", tall, dict(compression="zlib", rowsperstrip=100)),
    ("tiles", tall, dict(compression="zlib", tile=(16, 16))),
    ("big-endian-bigtiff-tiles", tall, dict(compression="zlib", tile=(32, 16), bigtiff=True, byteorder=">")),
    ("planes", np.ascontiguousarray(tall.transpose(2, 0, 1)), dict(compression="zlib", rowsperstrip=130, planarconfig="separate")),
    ("plane-tiles", np.ascontiguousarray(tall.transpose(2, 0, 1)), dict(compression="zlib", tile=(16, 16), planarconfig="separate")),
    ("one-strip", tall, dict(compression="zlib", rowsperstrip=1300)),
    ("one-strip-16", tall.astype(np.uint16) * 257, dict(compression="zlib", predictor=True, rowsperstrip=1300)),
    ("one-strip-planes", np.ascontiguousarray(tall.transpose(2, 0, 1)), dict(compression="zlib", rowsperstrip=1300, planarconfig="separate")),
    ("one-plain-strip", tall, dict(rowsperstrip=1300)),
):
    tifffile.imwrite(f"tall/{name}.tif", array, photometric="rgb", metadata=None, **options)
out = Image.fromarray(tall)
out.save("tall/sequential.jpg", quality=100, subsampling=0)
out.save("tall/progressive.jpg", quality=100, subsampling=0, progressive=True)
out.save("tall/sequential.png")
