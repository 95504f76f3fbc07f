package giga.canvas.icc;

/** How colours that a device cannot show are brought into what it can, with the numbers that ICC.1 gives them. */
public enum Intent {
    PERCEPTUAL(0),
    /** Relative colorimetric: white is the paper's, what can be shown stays as it is. */
    RELATIVE(1),
    SATURATION(2),
    /** Absolute colorimetric: also the white stays, where the paper can show it. */
    ABSOLUTE(1);

    /** The last digit of the tables A2Bn and B2An. */
    final int table;

    Intent(int table) {
        this.table = table;
    }

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
