package giga.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Pictures for the tests, good and bad. */
final class TestPictures {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private TestPictures() {}

    /** Waves of colour in a file of the format that its suffix names. */
    static Path write(Path file, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) image.setRGB(x, y, wave(x, 23) << 16 | wave(y, 31) << 8 | wave(x + y, 47));
        }
        String name = file.getFileName().toString();
        try {
            if (!ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile()))
                throw new IllegalArgumentException(name);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A PNG whose header claims a size; pixels it has none. */
    static Path claiming(Path file, int width, int height) throws IOException {
        byte[] header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes())
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        byte[] data = "IDAT".getBytes();
        byte[] end = "IEND".getBytes();
        ByteBuffer png = ByteBuffer.allocate(SIGNATURE.length + 3 * 8 + header.length + data.length + end.length);
        png.put(SIGNATURE);
        for (byte[] chunk : new byte[][] {header, data, end}) {
            CRC32 crc = new CRC32();
            crc.update(chunk);
            png.putInt(chunk.length - 4).put(chunk).putInt((int) crc.getValue());
        }
        return Files.write(file, png.array());
    }

    static Path half(Path whole, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(whole);
        return Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    }

    /** The pixels, row by row. */
    static int[] rgb(Path file) {
        try {
            BufferedImage image = ImageIO.read(file.toFile());
            return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int wave(int at, int length) {
        return (int) Math.round(127.5 + 60 * Math.sin(2 * Math.PI * at / length));
    }
}
