"""Pictures in folders and tiles as others write them (Python's zarr and tifffile, libvips), for the tests of giga.canvas.input.

    python tools/reference/stored_pictures.py canvas/src/test/resources/stored.zip

Needs zarr 3, numcodecs, numpy, tifffile, imagecodecs and the command vips. All show the same 37x29 pixels: red 7x+y, green 3y+5x*y, blue 11x-y.
"""
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numcodecs
import numpy as np
import tifffile
import zarr
from zarr.codecs import BloscCodec, BytesCodec, Crc32cCodec, GzipCodec, TransposeCodec, ZstdCodec

W, H = 37, 29
y, x = np.mgrid[0:H, 0:W]
rgb = np.stack([7 * x + y, 3 * y + 5 * x * y, 11 * x - y], -1).astype(np.uint8)
grey = rgb[..., 0]
rgba = np.concatenate([rgb, (255 - (x * y % 256))[..., None].astype(np.uint8)], -1)
cyx = np.moveaxis(rgb, -1, 0)


def array(folder, data, chunks, **options):
    a = zarr.create_array(str(folder), shape=data.shape, chunks=chunks, dtype=data.dtype, overwrite=True, **options)
    a[...] = data
    return a


def write(root):
    array(root / "default", rgb, (16, 16, 3))
    array(root / "plain", rgb, (16, 16, 3), compressors=None)
    array(root / "gzip", rgb, (10, 13, 3), compressors=GzipCodec(level=5))
    array(root / "zstd-checksum", rgb, (16, 16, 3), compressors=[ZstdCodec(level=3, checksum=True), Crc32cCodec()])
    array(root / "one-chunk", rgb, (29, 37, 3))
    array(root / "large-chunk", rgb, (64, 64, 3))
    array(root / "thin-channels", rgb, (16, 16, 1))
    array(root / "two-channels", rgb, (16, 16, 2))
    array(root / "channels-first", cyx, (3, 16, 16))
    array(root / "transposed", cyx, (3, 16, 16), filters=[TransposeCodec(order=(1, 2, 0))], compressors=None)
    array(root / "named-xy", np.swapaxes(rgb, 0, 1), (16, 16, 3), dimension_names=["x", "y", "c"])
    array(root / "five-axes", cyx[None, :, None], (1, 1, 1, 16, 16), dimension_names=["t", "c", "z", "y", "x"])
    array(root / "grey", grey, (16, 16))
    array(root / "rgba", rgba, (16, 16, 4))
    array(root / "sharded", rgb, (8, 8, 3), shards=(16, 16, 3))
    array(root / "refused-blosc", rgb, (16, 16, 3), compressors=BloscCodec())
    array(root / "refused-uint16", rgb.astype(np.uint16), (16, 16, 3))
    holes = rgb.copy()
    holes[16:, 16:] = 9
    array(root / "fill", holes, (16, 16, 3), fill_value=9)
    v2 = dict(zarr_format=2)
    array(root / "v2", rgb, (16, 16, 3), **v2)
    array(root / "v2-plain", rgb, (16, 16, 3), compressors=None, **v2)
    array(root / "v2-gzip", rgb, (16, 16, 3), compressors=numcodecs.GZip(), **v2)
    array(root / "v2-zlib", rgb, (16, 16, 3), compressors=numcodecs.Zlib(), **v2)
    array(root / "v2-fortran", rgb, (16, 16, 3), order="F", **v2)
    array(root / "v2-folders", cyx, (3, 16, 16), chunk_key_encoding={"name": "v2", "separator": "/"}, **v2)
    array(root / "refused-v2-blosc", rgb, (16, 16, 3), compressors=numcodecs.Blosc(), **v2)
    for name, version, key in (("ome05", 3, "ome"), ("ome04", 2, "")):
        group = zarr.create_group(str(root / name), zarr_format=version)
        array(root / name / "0", cyx, (3, 16, 16), zarr_format=version)
        array(root / name / "1", cyx[:, ::2, ::2], (3, 16, 16), zarr_format=version)
        axes = [dict(name="c", type="channel"), dict(name="y", type="space"), dict(name="x", type="space")]
        image = dict(axes=axes, datasets=[dict(path="0"), dict(path="1")])
        ome = dict(version="0.5", multiscales=[image])
        group.attrs.update(dict(ome=ome) if version == 3 else dict(multiscales=[image]))
    raw = root / "raw.ppm"
    raw.write_bytes(b"P6 %d %d 255\n" % (W, H) + rgb.tobytes())
    for name, options in {
        "dz-even": ["--tile-size=16", "--overlap=0"],
        "dz-overlap": ["--tile-size=14", "--overlap=1"],
        "dz-wide-overlap": ["--tile-size=10", "--overlap=4"],
        "dz-one-tile": ["--tile-size=256", "--overlap=1"],
    }.items():
        subprocess.run(["vips", "dzsave", raw, root / name, "--suffix=.png", *options], check=True)
    raw.unlink()
    tiffs(root)
    for stray in root.glob("*_files/vips-properties.xml"):
        stray.unlink()


def tiffs(root):
    wide = (rgb.astype(np.uint32) * 257).astype(np.uint16)
    for order, big in (("<", False), (">", False), ("<", True), (">", True)):
        for packing in ("none", "lzw", "zlib", "packbits", "zstd"):
            for planar in ("contig", "separate"):
                for data in (rgb, wide):
                    depth = 8 * data.itemsize
                    # The writer cannot predict with one channel of another byte order.
                    predictor = packing in ("lzw", "zlib", "zstd") and (depth == 8 or order == "<") and planar == "contig"
                    pixels = data if planar == "contig" else np.moveaxis(data, -1, 0)
                    name = f"tiff-{packing}-{planar}-{depth}{'-big' if big else ''}-{'mm' if order == '>' else 'ii'}.tif"
                    tifffile.imwrite(root / name, pixels, byteorder=order, bigtiff=big, tile=(16, 32), photometric="rgb",
                                     planarconfig=planar, compression=None if packing == "none" else packing,
                                     predictor=predictor, metadata=None)
    for rows in (1, 7, 16, 29):
        tifffile.imwrite(root / f"tiff-strips-{rows}.tif", rgb, rowsperstrip=rows, photometric="rgb", compression="lzw")
    tifffile.imwrite(root / "tiff-rgba.tif", rgba, tile=(16, 16), photometric="rgb", extrasamples=["unassalpha"])
    tifffile.imwrite(root / "tiff-unsaid.tif", rgba, tile=(16, 16), photometric="rgb", extrasamples=["unspecified"])
    tifffile.imwrite(root / "tiff-grey.tif", grey, tile=(16, 16), photometric="minisblack", compression="lzw")
    tifffile.imwrite(root / "tiff-inverted.tif", 255 - grey, tile=(16, 16), photometric="miniswhite", compression="zlib")
    soft = np.stack([2 * x + y, 90 + x, 200 - 2 * y], -1).astype(np.uint8)
    raw = root / "soft.ppm"
    raw.write_bytes(b"P6 %d %d 255\n" % (W, H) + soft.tobytes())
    tile = ["--tile", "--tile-width=32", "--tile-height=16", "--compression=jpeg", "--Q=96"]
    subprocess.run(["vips", "tiffsave", raw, root / "soft-luma.tif", *tile], check=True)
    subprocess.run(["vips", "tiffsave", raw, root / "soft-strips.tif", "--compression=jpeg", "--Q=96"], check=True)
    tifffile.imwrite(root / "soft-rgb.tif", soft, tile=(16, 32), photometric="rgb", compression="jpeg",
                     compressionargs=dict(level=96), metadata=None)
    raw.unlink()


def main():
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "stored"
        root.mkdir()
        write(root)
        with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as out:
            for file in sorted(f for f in root.rglob("*") if f.is_file()):
                entry = zipfile.ZipInfo(str(file.relative_to(root)), (2026, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                out.writestr(entry, file.read_bytes())


main()
