package giga.redraw.job;

import giga.redraw.JobException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What makes a folder a job, in its job.json: the version of the layout, the arithmetic's threads and by what the job's
 * unchanging files are recognised. It is written last, so a folder without it is no job.
 *
 * @param threads of the machine that the job began on: sums split among another number may differ in their last bits
 * @param source the picture the job began with
 * @param model of the first pass, by samples
 * @param companions models of other passes, VAEs, LoRAs and upscalers, by samples, in the request's order
 * @param recipe recipe.toml
 * @param plan plan.json
 * @param metadata metadata.json
 */
record Manifest(
        int format,
        int threads,
        Fingerprint source,
        Fingerprint model,
        List<Fingerprint> companions,
        Fingerprint recipe,
        Fingerprint plan,
        Fingerprint metadata) {
    static final String NAME = "job.json";

    /** Raised whenever a folder of an older version could be misread. */
    static final int FORMAT = 4;

    private static final String CHECKSUM = "checksum";

    static final int MOST_BYTES = 1 << 16;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** With a checksum of its own: nothing else vouches for it. */
    String write() {
        ObjectNode tree = JSON.valueToTree(this);
        return JSON.writeValueAsString(tree.put(CHECKSUM, checksum()));
    }

    private String checksum() {
        return Fingerprint.of(JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8))
                .sha256();
    }

    /** @throws JobException when the text is damaged, or of another version */
    static Manifest read(String json, Object name) {
        try {
            JsonNode tree = JSON.readTree(json);
            // Before anything else: what another version writes may have other fields.
            if (tree.path("format").isInt() && tree.path("format").intValue() != FORMAT)
                throw new JobException(
                        "%s says that the job was made by a version of giga with job format %d; this one reads format %d. Resume it with that version or start the job anew."
                                .formatted(name, tree.path("format").intValue(), FORMAT));
            if (!(tree instanceof ObjectNode fields)) throw damaged(name, "it is no object", null);
            JsonNode checksum = fields.path(CHECKSUM);
            Manifest manifest = JSON.treeToValue(fields.without(CHECKSUM), Manifest.class);
            if (manifest == null) throw damaged(name, "it is empty", null);
            if (!checksum.isString() || !checksum.stringValue().equals(manifest.checksum()))
                throw damaged(name, "its checksum does not fit", null);
            return manifest;
        } catch (JacksonException e) {
            throw damaged(name, e.getOriginalMessage(), e);
        }
    }

    private static JobException damaged(Object name, String why, Throwable cause) {
        return new JobException(
                "%s is damaged (%s): restore it from a copy or start the job anew.".formatted(name, why), cause);
    }
}
