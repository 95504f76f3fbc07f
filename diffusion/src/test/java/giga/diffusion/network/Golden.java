package giga.diffusion.network;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.GoldenFile;
import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Tensor;
import tools.jackson.databind.JsonNode;

/** A golden file with the tolerances that its folder's manifest gives for each value. */
record Golden(GoldenFile values, JsonNode tolerances) {
    static Golden open(String folder, String file) {
        return new Golden(
                GoldenFile.open("/networks/" + folder + "/" + file),
                GoldenFile.json("/networks/" + folder + "/manifest.json").get(file));
    }

    Tensor tensor(String name) {
        int[] shape = values.shape(name);
        long[] sides = new long[shape.length];
        for (int i = 0; i < shape.length; i++) sides[i] = shape[i];
        return Tensor.of(values.floats(name), sides);
    }

    /** Token ids [b][77]. */
    Tokens tokens(String name) {
        long[] flat = values.longs(name);
        int[][] ids = new int[flat.length / 77][77];
        for (int i = 0; i < flat.length; i++) ids[i / 77][i % 77] = (int) flat[i];
        return new Tokens(ids);
    }

    /** In f32 the largest difference counts; in bf16 the largest and the rms. */
    void check(String name, Tensor actual, Precision precision) {
        float[] expected = values.floats(name);
        float[] found = actual.toFloats();
        assertThat(found).as(name).hasSameSizeAs(expected);
        double max = 0;
        double squares = 0;
        for (int i = 0; i < found.length; i++) {
            double difference = Math.abs((double) found[i] - expected[i]);
            max = difference > max || Double.isNaN(difference) ? difference : max;
            squares += difference * difference;
        }
        JsonNode tolerance = tolerances.get(name);
        if (precision == Precision.F32) {
            assertThat(max).as(name).isLessThanOrEqualTo(tolerance.get("tol").asDouble());
        } else {
            assertThat(max)
                    .as(name)
                    .isLessThanOrEqualTo(tolerance.get("tol_bf16").asDouble());
            double rms = Math.sqrt(squares / found.length);
            assertThat(rms)
                    .as(name + " rms")
                    .isLessThanOrEqualTo(tolerance.get("tol_bf16_rms").asDouble());
        }
    }
}
