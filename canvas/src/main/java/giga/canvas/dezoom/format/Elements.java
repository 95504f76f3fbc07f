package giga.canvas.dezoom.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The elements of a small XML text with their attributes, in their order; nothing outside of it is ever asked for. */
record Elements(List<Element> all) {
    private static final int MOST = 10_000;

    record Element(String name, Map<String, String> attributes) {
        /** The value of an attribute as a whole number, -1 where it is none. */
        int number(String attribute) {
            String text = attributes.getOrDefault(attribute, "").strip();
            return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        }
    }

    /** Empty where the text is no well-formed XML. */
    static Optional<Elements> of(byte[] text) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            // As text, because the parser prints what it finds wrong with bytes.
            String characters = new String(text, UTF_8).replace("\uFEFF", "").strip();
            if (!characters.startsWith("<")) return Optional.empty();
            return Optional.of(new Elements(read(factory.createXMLStreamReader(new StringReader(characters)))));
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
    }

    private static List<Element> read(XMLStreamReader xml) throws XMLStreamException {
        List<Element> elements = new ArrayList<>();
        while (xml.hasNext() && elements.size() < MOST) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) continue;
            Map<String, String> attributes = new LinkedHashMap<>();
            for (int i = 0; i < xml.getAttributeCount(); i++)
                attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
            elements.add(new Element(xml.getLocalName(), attributes));
        }
        return elements;
    }

    /** The first of this name. */
    Optional<Element> first(String name) {
        return all.stream().filter(element -> element.name().equals(name)).findFirst();
    }

    List<Element> named(String name) {
        return all.stream().filter(element -> element.name().equals(name)).toList();
    }
}
