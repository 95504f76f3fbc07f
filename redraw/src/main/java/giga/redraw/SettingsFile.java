package giga.redraw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.toml.TomlMapper;

/** The settings that a model recommends for itself: the file {@code giga.toml} in its folder, or NAME.toml beside it. */
public final class SettingsFile {
    private static final long LARGEST = 1 << 20;
    private static final int LONGEST_MESSAGE = 200;
    private static final TomlMapper MAPPER = TomlMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .addModule(new SimpleModule().addDeserializer(DenoiseBySize.class, new DenoiseReader()))
            .build();

    private SettingsFile() {}

    /** The recommendation for a model, all open where there is none. */
    public static Settings beside(Path model) {
        Path file = Files.isDirectory(model) ? model.resolve("giga.toml") : besideFile(model);
        return Files.exists(file) ? read(file) : Settings.OPEN;
    }

    /** @throws JobException when the file is no settings file, or has a field that is none */
    public static Settings read(Path file) {
        try {
            if (Files.size(file) > LARGEST)
                throw new JobException(file + " is too large for a settings file; give a TOML file of a few lines");
            return MAPPER.readValue(Files.readString(file), Settings.class);
        } catch (UnrecognizedPropertyException e) {
            throw new JobException(
                    file + ": there is no setting '" + e.getPropertyName() + "'; known are " + e.getKnownPropertyIds());
        } catch (JacksonException e) {
            throw new JobException(file + fault(e), e);
        } catch (IOException e) {
            throw new JobException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String fault(JacksonException e) {
        if (!e.getPath().isEmpty() && e.getPath().getFirst().getPropertyName() != null)
            return ": the setting '%s' must be %s"
                    .formatted(e.getPath().getFirst().getPropertyName(), wanted(e));
        String message = e.getOriginalMessage();
        return " is not a settings file: " + message.substring(0, Math.min(LONGEST_MESSAGE, message.length()));
    }

    private static String wanted(JacksonException e) {
        Class<?> type = e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : Integer.class;
        if (type == Double.class) return "a number";
        if (type == String.class) return "a text in quotes";
        return type.isEnum()
                ? "one of " + List.of(type.getEnumConstants())
                : "a whole number of at most " + Integer.MAX_VALUE;
    }

    /** A number, or a rule as a text. */
    private static final class DenoiseReader extends StdDeserializer<DenoiseBySize> {
        DenoiseReader() {
            super(DenoiseBySize.class);
        }

        @Override
        public DenoiseBySize deserialize(JsonParser toml, DeserializationContext context) {
            try {
                return toml.currentToken().isNumeric()
                        ? DenoiseBySize.always(toml.getDoubleValue())
                        : DenoiseBySize.parse(context.readValue(toml, String.class));
            } catch (JobException e) {
                throw DatabindException.from(toml, e.getMessage(), e);
            }
        }
    }

    private static Path besideFile(Path model) {
        String name = model.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return model.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + ".toml");
    }
}
