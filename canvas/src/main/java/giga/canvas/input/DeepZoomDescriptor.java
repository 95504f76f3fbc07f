package giga.canvas.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a {@code .dzi} file says: a picture cut into tiles of {@code tile} pixels, each with {@code overlap} pixels of its neighbours on
 * every side that has one.
 *
 * @param suffix of the tiles' names
 */
record DeepZoomDescriptor(int width, int height, int tile, int overlap, String suffix) {
    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_TILE = 8192;
    private static final String ADVICE = "Export the deep zoom picture again.";

    static DeepZoomDescriptor parse(byte[] xml) throws IOException {
        // Nothing outside the file is ever asked for, and no entity is expanded.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            // As text, because the parser prints what it finds wrong with bytes.
            return read(factory.createXMLStreamReader(new StringReader(new String(xml, UTF_8).replace("\uFEFF", ""))));
        } catch (XMLStreamException e) {
            throw new UnreadableException("its description is not well-formed XML", ADVICE);
        }
    }

    private static DeepZoomDescriptor read(XMLStreamReader xml) throws XMLStreamException, IOException {
        int tile = 0;
        int overlap = 0;
        String suffix = "";
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) continue;
            switch (xml.getLocalName()) {
                case "Image" -> {
                    tile = number(xml, "TileSize", 1, MAX_TILE);
                    overlap = number(xml, "Overlap", 0, tile);
                    suffix = attribute(xml, "Format");
                    if (!suffix.toLowerCase(Locale.ROOT).matches("jpe?g|png|webp"))
                        throw new UnreadableException(
                                "its tiles are of the format \"" + Words.brief(suffix) + "\"",
                                "Export it with tiles of JPEG, PNG or WebP.");
                }
                case "Size" -> {
                    if (tile == 0) throw new UnreadableException("it tells its size before its tiles", ADVICE);
                    int width = number(xml, "Width", 1, Limits.SIDE);
                    return new DeepZoomDescriptor(width, number(xml, "Height", 1, Limits.SIDE), tile, overlap, suffix);
                }
                case "Collection" ->
                    throw new UnreadableException(
                            "it is a collection of deep zoom pictures", "Name the .dzi file of one of them.");
                default -> {}
            }
        }
        throw new UnreadableException("it is XML that describes no deep zoom picture", ADVICE);
    }

    private static int number(XMLStreamReader xml, String name, int least, int most) throws UnreadableException {
        String text = attribute(xml, name).strip();
        int value = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (value < least || value > most)
            throw new UnreadableException(
                    "its " + name + " is \"" + Words.brief(text) + "\", not " + least + " to " + most, ADVICE);
        return value;
    }

    private static String attribute(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    /** The level of full size: the first that has one pixel is 0, and each is twice as large as the one before. */
    int level() {
        return 32 - Integer.numberOfLeadingZeros(Math.max(width, height) - 1);
    }
}
