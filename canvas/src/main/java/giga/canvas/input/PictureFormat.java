package giga.canvas.input;

/** The file formats that can be read. */
public enum PictureFormat {
    PNG,
    JPEG,
    WEBP,
    TIFF
}
