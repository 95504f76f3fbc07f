#!/usr/bin/env python3
"""Reads a picture that giga stored with zarr-python, an implementation that shares no code with giga.

    pip install zarr==3.1.6 numpy==2.4.6
    check_zarr.py PICTURE                 print shape, type, chunks and the SHA-256 of the samples, row by row as RGB;
                                          PICTURE is a stored canvas or a level of an export, OUT.zarr/0
    check_zarr.py PICTURE FILE.rgb        also compare with raw interleaved RGB bytes; exit status 1 when they differ
    check_zarr.py --write PICTURE W H     let zarr-python write a picture (x, y, x ^ y modulo 256) for giga to open
"""
import hashlib
import sys

import numpy
import zarr


def write(path, width, height):
    array = zarr.create_array(
        path,
        shape=(height, width, 3),
        dtype="uint8",
        chunks=(512, 512, 3),
        serializer=zarr.codecs.BytesCodec(),
        compressors=[zarr.codecs.Crc32cCodec()],
        fill_value=0,
        dimension_names=("y", "x", "c"),
    )
    y, x = numpy.mgrid[0:height, 0:width]
    array[:] = numpy.stack([x % 256, y % 256, (x ^ y) % 256], axis=-1).astype("uint8")


def read(path, raw=None):
    array = zarr.open_array(path, mode="r")
    print(array.shape, array.dtype, array.chunks)
    # A level of an exported picture has its channels first.
    first = array.metadata.dimension_names == ("c", "y", "x")
    height, width = array.shape[1:] if first else array.shape[:2]
    step = array.chunks[1] if first else array.chunks[0]
    expected = None if raw is None else numpy.memmap(raw, dtype="uint8", mode="r", shape=(height, width, 3))
    digest = hashlib.sha256()
    equal = True
    for y in range(0, height, step):
        rows = numpy.moveaxis(array[:, y : y + step], 0, -1) if first else array[y : y + step]
        digest.update(rows.tobytes())
        equal &= expected is None or numpy.array_equal(rows, expected[y : y + step])
    print(digest.hexdigest())
    if expected is not None:
        print("equal" if equal else "different")
    return 0 if equal else 1


if len(sys.argv) == 5 and sys.argv[1] == "--write":
    write(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
elif len(sys.argv) in (2, 3):
    sys.exit(read(*sys.argv[1:]))
else:
    sys.exit(__doc__)
