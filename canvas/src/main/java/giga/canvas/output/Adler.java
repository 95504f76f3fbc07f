package giga.canvas.output;

/** Adler-32 (RFC 1950) of two pieces of data from those of each. */
final class Adler {
    private static final int BASE = 65_521;

    private Adler() {}

    /** @param length of the second piece, in bytes */
    static int combined(int first, int second, long length) {
        long n = length % BASE;
        long a1 = first & 0xFFFF;
        long a2 = second & 0xFFFF;
        long b1 = first >>> 16;
        long b2 = second >>> 16;
        // The second piece began with a sum of 1, where it should have begun with a1.
        long a = (a1 + a2 + BASE - 1) % BASE;
        long b = (b1 + b2 + n * (a1 + BASE - 1)) % BASE;
        return (int) (b << 16 | a);
    }
}
