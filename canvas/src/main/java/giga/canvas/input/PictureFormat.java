package giga.canvas.input;

/** The formats that can be read. */
public enum PictureFormat {
    PNG,
    JPEG,
    WEBP,
    TIFF,
    ZARR,
    DZI
}
