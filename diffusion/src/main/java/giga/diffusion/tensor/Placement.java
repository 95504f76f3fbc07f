package giga.diffusion.tensor;

/** Where a model's weights lie and in which format; what goes into the networks follows them. */
public record Placement(Device device, Precision precision) {
    public static Placement onProcessor(Precision precision) {
        return new Placement(Device.CPU, precision);
    }

    /**
     * By names as people type them; "auto" for either is what this machine does best.
     *
     * @throws giga.diffusion.ModelException when the device is not there, or the precision not for it
     */
    public static Placement of(String device, String precision) {
        Device place = Device.of(device);
        return new Placement(place, Precision.of(precision, place));
    }
}
