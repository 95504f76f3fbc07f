package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON header of a safetensors file: what each tensor is and where its bytes lie. Read token by token, because a
 * hostile header of 100 MB must not become a tree.
 *
 * @param metadata the optional {@code __metadata__}
 * @param entries by ascending place in the file; they cover the data without a hole or an overlap
 */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries) {
    private static final int MOST_TENSORS = 200_000;
    private static final int MOST_DIMENSIONS = 16;
    /** Room for a picture or the list of all captions in the metadata. */
    private static final int LONGEST_TEXT = 16_000_000;
    /** Without the table of names: it is copied whole for each long one, minutes of work at the largest header. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();

    /** One tensor; {@code begin} and {@code end} count from the first byte behind the header. */
    record Entry(String name, DType dtype, List<Long> shape, long begin, long end) {}

    /**
     * @param dataBytes how many bytes follow the header in the file
     * @throws ModelException where the header breaks a rule of the format; the message does not name the file
     */
    static SafetensorsHeader parse(byte[] json, long dataBytes) {
        StrictUtf8.check(json);
        // A reader, because from bytes the parser would accept UTF-16 as well.
        Reader text = new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            SafetensorsHeader header = new HeaderReader(parser).read();
            return new SafetensorsHeader(header.metadata(), inOrder(header.entries(), dataBytes));
        } catch (JacksonException e) {
            throw new ModelException("its header is not the JSON of a safetensors file (%s)"
                    .formatted(Names.show(e.getOriginalMessage())));
        }
    }

    private static List<Entry> inOrder(List<Entry> entries, long dataBytes) {
        List<Entry> sorted = entries.stream()
                .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
                .toList();
        long at = 0;
        for (Entry entry : sorted) {
            if (entry.begin() < at) {
                throw fault(entry.name(), "overlaps the tensor before it");
            }
            if (entry.begin() > at) {
                throw fault(entry.name(), "leaves a hole of %,d bytes before it".formatted(entry.begin() - at));
            }
            at = entry.end();
        }
        if (at > dataBytes) {
            throw new ModelException(
                    "it is cut off: %,d bytes are missing; download or copy it again".formatted(at - dataBytes));
        }
        if (at < dataBytes) {
            throw new ModelException(
                    "%,d bytes at its end belong to no tensor; download or copy it again".formatted(dataBytes - at));
        }
        return sorted;
    }

    private static ModelException fault(String tensor, String fault) {
        return new ModelException(
                "tensor %s %s; the file is damaged or was not made by the rules, download or copy it again"
                        .formatted(Names.show(tensor), fault));
    }

    private static final class HeaderReader {
        private final JsonParser parser;
        private final Map<String, Entry> entries = new LinkedHashMap<>();
        private Optional<Map<String, String>> metadata = Optional.empty();

        HeaderReader(JsonParser parser) {
            this.parser = parser;
        }

        SafetensorsHeader read() {
            expect(parser.nextToken(), JsonToken.START_OBJECT, "the header");
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("__metadata__")) {
                    readMetadata();
                } else {
                    readEntry(name);
                }
            }
            if (parser.nextToken() != null) {
                throw new ModelException("its header goes on behind the JSON object");
            }
            return new SafetensorsHeader(metadata.orElse(Map.of()), List.copyOf(entries.values()));
        }

        private void readMetadata() {
            if (metadata.isPresent()) {
                throw new ModelException("its header has __metadata__ twice");
            }
            expect(parser.currentToken(), JsonToken.START_OBJECT, "__metadata__");
            Map<String, String> read = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                expect(parser.nextToken(), JsonToken.VALUE_STRING, "the metadata " + Names.show(key));
                if (read.put(key, parser.getString()) != null) {
                    throw new ModelException("its header has the metadata %s twice".formatted(Names.show(key)));
                }
            }
            metadata = Optional.of(read);
        }

        private void readEntry(String name) {
            expect(parser.currentToken(), JsonToken.START_OBJECT, "the entry of tensor " + Names.show(name));
            Optional<DType> dtype = Optional.empty();
            Optional<List<Long>> shape = Optional.empty();
            Optional<List<Long>> offsets = Optional.empty();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "dtype" -> dtype = once(name, field, dtype, readType(name));
                    case "shape" -> shape = once(name, field, shape, readNumbers(name, field));
                    case "data_offsets" -> offsets = once(name, field, offsets, readNumbers(name, field));
                    default -> parser.skipChildren();
                }
            }
            Entry entry = entry(
                    name,
                    dtype.orElseThrow(() -> fault(name, "has no dtype")),
                    shape.orElseThrow(() -> fault(name, "has no shape")),
                    offsets.orElseThrow(() -> fault(name, "has no data_offsets")));
            if (entries.put(name, entry) != null) {
                throw fault(name, "is listed twice");
            }
            if (entries.size() > MOST_TENSORS) {
                throw new ModelException("its header lists more than %,d tensors".formatted(MOST_TENSORS));
            }
        }

        private static <T> Optional<T> once(String name, String field, Optional<T> before, T value) {
            if (before.isPresent()) {
                throw fault(name, "has two fields " + field);
            }
            return Optional.of(value);
        }

        private DType readType(String name) {
            expect(parser.currentToken(), JsonToken.VALUE_STRING, "the dtype of tensor " + Names.show(name));
            String written = parser.getString();
            return Stream.of(DType.values())
                    .filter(type -> type.name().equals(written))
                    .findFirst()
                    .orElseThrow(() -> fault(
                            name,
                            "has the element type %s, which this program does not read; convert the file to F16"
                                    .formatted(Names.show(written))));
        }

        private List<Long> readNumbers(String name, String field) {
            String what = "the %s of tensor %s".formatted(field, Names.show(name));
            expect(parser.currentToken(), JsonToken.START_ARRAY, what);
            List<Long> numbers = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
                long number = parser.getLongValue();
                if (number < 0) {
                    throw fault(name, "has a negative number in its " + field);
                }
                if (numbers.size() == MOST_DIMENSIONS) {
                    throw fault(name, "has more than %d numbers in its %s".formatted(MOST_DIMENSIONS, field));
                }
                numbers.add(number);
            }
            return numbers;
        }

        private static Entry entry(String name, DType dtype, List<Long> shape, List<Long> offsets) {
            if (offsets.size() != 2) {
                throw fault(name, "has %d data_offsets instead of 2".formatted(offsets.size()));
            }
            long begin = offsets.get(0);
            long end = offsets.get(1);
            if (end < begin) {
                throw fault(name, "ends before it begins");
            }
            long bytes = bytes(name, dtype, shape);
            if (bytes != end - begin) {
                throw fault(
                        name,
                        "of %s %s needs %,d bytes but has %,d"
                                .formatted(dtype, Names.shape(shape), bytes, end - begin));
            }
            return new Entry(name, dtype, List.copyOf(shape), begin, end);
        }

        private static long bytes(String name, DType dtype, List<Long> shape) {
            try {
                long elements = 1;
                for (long side : shape) {
                    elements = Math.multiplyExact(elements, side);
                }
                return Math.multiplyExact(elements, dtype.bytes());
            } catch (ArithmeticException e) {
                throw fault(name, "has the impossible shape " + Names.shape(shape));
            }
        }

        private static void expect(JsonToken found, JsonToken wanted, String what) {
            if (found != wanted) {
                String kind = switch (wanted) {
                    case START_OBJECT -> "a JSON object";
                    case START_ARRAY -> "a list";
                    case VALUE_STRING -> "a string";
                    default -> "a whole number";
                };
                throw new ModelException("%s is not %s".formatted(what, kind));
            }
        }
    }
}
