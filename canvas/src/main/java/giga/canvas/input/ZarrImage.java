package giga.canvas.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * The picture in a Zarr folder: an array, or the largest level of the first image of an OME-NGFF group (0.4 on Zarr 2, 0.5 on Zarr 3).
 *
 * @param prefix of the array's files in the folder: empty, or a path that ends with a slash
 * @see <a href="https://ngff.openmicroscopy.org/0.5/">OME-NGFF 0.5</a>
 */
record ZarrImage(
        InnerFiles files,
        String prefix,
        ZarrArray array,
        ZarrAxes axes,
        OptionalDouble dpi,
        Map<String, String> texts) {

    static ZarrImage open(Path folder) throws IOException {
        InnerFiles files = new InnerFiles(folder);
        JsonNode v3 = ZarrMetadata.read(files, ZarrMetadata.V3);
        if (!v3.isMissingNode()) return openV3(files, v3);
        JsonNode attributes = ZarrMetadata.read(files, ZarrMetadata.V2_ATTRIBUTES);
        JsonNode v2 = ZarrMetadata.read(files, ZarrMetadata.V2_ARRAY);
        if (!v2.isMissingNode()) return image(files, "", ZarrMetadata.arrayV2(v2, List.of()), attributes, List.of());
        JsonNode image = attributes.path("multiscales").path(0);
        String path = level(image);
        JsonNode array = ZarrMetadata.read(files, path + ZarrMetadata.V2_ARRAY);
        if (array.isMissingNode()) throw missing(path + ZarrMetadata.V2_ARRAY);
        return image(files, path, ZarrMetadata.arrayV2(array, List.of()), attributes, axisNames(image));
    }

    private static ZarrImage openV3(InnerFiles files, JsonNode json) throws IOException {
        JsonNode attributes = json.path("attributes");
        if (json.path("node_type").asString("").equals("array"))
            return image(files, "", ZarrMetadata.arrayV3(json), attributes, List.of());
        JsonNode image = attributes.path("ome").path("multiscales").path(0);
        String path = level(image);
        JsonNode array = ZarrMetadata.read(files, path + ZarrMetadata.V3);
        if (array.isMissingNode()) throw missing(path + ZarrMetadata.V3);
        return image(files, path, ZarrMetadata.arrayV3(array), attributes, axisNames(image));
    }

    private static ZarrImage image(
            InnerFiles files, String prefix, ZarrArray array, JsonNode attributes, List<String> names)
            throws IOException {
        array.chunkBytes();
        JsonNode dpi = attributes.path("dpi");
        String made = attributes.path(PictureInfo.PARAMETERS).asString("");
        Map<String, String> texts = new LinkedHashMap<>();
        if (!made.isBlank()) texts.put(PictureInfo.PARAMETERS, made);
        return new ZarrImage(
                files,
                prefix,
                array,
                ZarrAxes.of(names.isEmpty() ? array.axisNames() : names, array.shape()),
                dpi.isNumber() && dpi.asDouble() > 0 && dpi.asDouble() < 1e6
                        ? OptionalDouble.of(dpi.asDouble())
                        : OptionalDouble.empty(),
                texts);
    }

    private static String level(JsonNode image) throws UnreadableException {
        String path = image.path("datasets").path(0).path("path").asString("");
        if (path.isEmpty())
            throw new UnreadableException(
                    "it is a Zarr group that holds no OME-NGFF picture", "Name the folder of one of its arrays.");
        return path + "/";
    }

    private static List<String> axisNames(JsonNode image) {
        List<String> names = new ArrayList<>();
        image.path("axes").forEach(axis -> names.add(axis.path("name").asString("")));
        return names;
    }

    private static UnreadableException missing(String name) {
        return new UnreadableException("its " + Words.brief(name) + " is missing", "Copy the whole folder again.");
    }

    int width() {
        return (int) array.shape()[axes.column()];
    }

    int height() {
        return (int) array.shape()[axes.row()];
    }

    int channels() {
        return axes.channel() < 0 ? 1 : (int) array.shape()[axes.channel()];
    }

    int chunkWidth() {
        return array.chunk()[axes.column()];
    }

    int chunkHeight() {
        return array.chunk()[axes.row()];
    }

    int chunkChannels() {
        return axes.channel() < 0 ? 1 : array.chunk()[axes.channel()];
    }
}
