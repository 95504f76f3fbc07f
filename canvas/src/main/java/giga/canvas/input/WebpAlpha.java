package giga.canvas.input;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A WebP alpha plane stored without compression (RFC 9649, section 2.7.1.2), which the decoder in use takes for opaque. */
record WebpAlpha(int width, int height, int filter, ByteBuffer data) {
    /** Empty where the chunk is compressed, as the decoder reads those. */
    static Optional<WebpAlpha> ifPlain(FileBytes file, long position, long length, int width, int height)
            throws IOException {
        int flags = file.read(position, 1).get(0);
        if ((flags & 3) != 0) return Optional.empty();
        Limits.checkWhole("the alpha of this WebP", (long) width * height);
        if (length - 1 < (long) width * height) throw new IOException("its alpha plane is cut off");
        return Optional.of(new WebpAlpha(
                width, height, flags >> 2 & 3, file.read(position + 1, Math.multiplyExact(width, height))));
    }

    void putInto(BufferedImage image) {
        WritableRaster alpha = image.getAlphaRaster();
        if (alpha == null || image.getWidth() != width || image.getHeight() != height) return;
        int[] above = new int[width];
        for (int y = 0; y < height; y++) {
            int[] row = new int[width];
            for (int x = 0; x < width; x++) row[x] = data.get(y * width + x) + predicted(row, above, x, y) & 0xFF;
            alpha.setSamples(0, y, width, 1, 0, row);
            above = row;
        }
    }

    private int predicted(int[] row, int[] above, int x, int y) {
        if (filter == 0 || x == 0 && y == 0) return 0;
        if (y == 0) return row[x - 1];
        if (x == 0) return above[0];
        return switch (filter) {
            case 1 -> row[x - 1];
            case 2 -> above[x];
            default -> Math.clamp(row[x - 1] + above[x] - above[x - 1], 0, 255);
        };
    }
}
