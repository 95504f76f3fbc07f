package giga.canvas.input;

import giga.canvas.Pixels;
import giga.canvas.Region;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A Zarr folder, version 2 or 3, of grey, grey and alpha, RGB or RGBA bytes; chunks that are not there are of the fill value. */
final class ZarrDecoder implements RegionDecoder {
    private final ZarrImage image;
    private final ZarrArray array;
    private final int chunkBytes;

    private ZarrDecoder(ZarrImage image) throws IOException {
        this.image = image;
        this.array = image.array();
        this.chunkBytes = array.chunkBytes();
    }

    static ZarrDecoder open(Path folder) throws IOException {
        return new ZarrDecoder(ZarrImage.open(folder));
    }

    @Override
    public Header header() {
        return new Header(
                PictureFormat.ZARR,
                image.width(),
                image.height(),
                8,
                image.channels(),
                Orientation.UPRIGHT,
                image.dpi(),
                Optional.empty(),
                image.texts());
    }

    @Override
    public int tileWidth() {
        return Math.min(image.chunkWidth(), image.width());
    }

    @Override
    public int tileHeight() {
        return Math.min(image.chunkHeight(), image.height());
    }

    @Override
    public void read(Region part, Pixels into, int left, int top) throws IOException {
        int channels = image.channels();
        if (channels == 3) {
            Region frame = new Region(part.x() - left, part.y() - top, into.width(), into.height());
            copyChunks(part, frame, into.rgb());
            return;
        }
        byte[] samples = new byte[Math.multiplyExact(channels, (int) part.area())];
        copyChunks(part, part, samples);
        byte[] rgb = new byte[3 * (int) part.area()];
        Samples.toRgb(samples, channels, rgb, (int) part.area());
        for (int y = 0; y < part.height(); y++)
            System.arraycopy(
                    rgb, 3 * y * part.width(), into.rgb(), 3 * ((top + y) * into.width() + left), 3 * part.width());
    }

    /** @param frame where the first and last of {@code samples} are stored */
    private void copyChunks(Region part, Region frame, byte[] samples) throws IOException {
        for (int row = part.y() / image.chunkHeight(); row <= (part.bottom() - 1) / image.chunkHeight(); row++)
            for (int column = part.x() / image.chunkWidth();
                    column <= (part.right() - 1) / image.chunkWidth();
                    column++)
                for (int c = 0; c * image.chunkChannels() < image.channels(); c++)
                    copyChunk(row, column, c, part, frame, samples);
    }

    private void copyChunk(int row, int column, int channel, Region part, Region frame, byte[] samples)
            throws IOException {
        Optional<byte[]> chunk = chunk(row, column, channel);
        byte[] from = chunk.orElseGet(this::empty);
        int[] strides = array.strides();
        int rowStride = strides[image.axes().row()];
        int columnStride = strides[image.axes().column()];
        int channelStride =
                image.axes().channel() < 0 ? 1 : strides[image.axes().channel()];
        int channels = image.channels();
        int firstChannel = channel * image.chunkChannels();
        int count = Math.min(image.chunkChannels(), channels - firstChannel);
        Region place = new Region(column * image.chunkWidth(), row * image.chunkHeight(), tileWidth(), tileHeight());
        Region common = place.intersection(part);
        boolean interleaved = columnStride == channels && channelStride == 1 && count == channels;
        for (int y = common.y(); y < common.bottom(); y++) {
            int source = (y - place.y()) * rowStride + (common.x() - place.x()) * columnStride;
            int target = ((y - frame.y()) * frame.width() + common.x() - frame.x()) * channels + firstChannel;
            if (interleaved) {
                System.arraycopy(from, source, samples, target, channels * common.width());
                continue;
            }
            for (int c = 0; c < count; c++)
                for (int x = 0, i = source + c * channelStride, o = target + c; x < common.width(); x++) {
                    samples[o] = from[i];
                    i += columnStride;
                    o += channels;
                }
        }
    }

    private byte[] empty() {
        byte[] bytes = new byte[chunkBytes];
        if (array.fill() != 0) Arrays.fill(bytes, array.fill());
        return bytes;
    }

    private Optional<byte[]> chunk(int row, int column, int channel) throws IOException {
        int[] index = index(row, column, channel);
        String name = name(index);
        try {
            Optional<byte[]> stored = stored(name, index);
            if (stored.isEmpty()) return stored;
            return Optional.of(array.codecs().decode(stored.get(), chunkBytes));
        } catch (UnreadableException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableException(
                    "its chunk " + name + " is damaged (" + e.getMessage() + ")", "Fetch or export the picture again.");
        }
    }

    private int[] index(int row, int column, int channel) {
        int[] index = new int[array.shape().length];
        index[image.axes().row()] = row;
        index[image.axes().column()] = column;
        if (image.axes().channel() >= 0) index[image.axes().channel()] = channel;
        return index;
    }

    /** The file that a chunk lies in. */
    private String name(int[] index) {
        int[] place = array.shards().map(shards -> shards.shard(index)).orElse(index);
        return image.prefix() + array.key(place);
    }

    private Optional<byte[]> stored(String name, int[] index) throws IOException {
        long most = ZarrCodecs.mostStored(chunkBytes);
        if (array.shards().isEmpty()) return image.files().read(name, most);
        Optional<Path> shard = image.files().find(name);
        return shard.isEmpty() ? Optional.empty() : array.shards().get().read(shard.get(), index, most);
    }

    @Override
    public void check() throws IOException {
        for (int row = 0; row * (long) image.chunkHeight() < image.height(); row++)
            for (int column = 0; column * (long) image.chunkWidth() < image.width(); column++)
                for (int c = 0; c * image.chunkChannels() < image.channels(); c++)
                    if (isThere(index(row, column, c))) return;
        throw new UnreadableException(
                "none of its chunks are there, only its description", "Copy the whole folder again.");
    }

    private boolean isThere(int[] index) throws IOException {
        String name = name(index);
        if (image.files().find(name).isEmpty()) return false;
        return array.shards().isEmpty() || stored(name, index).isPresent();
    }
}
