package giga.canvas.output;

import java.util.Arrays;

/** LZW as TIFF 6.0 has it, section 13: codes of 9 to 12 bits, most significant bit first, widened one code early. */
final class Lzw {
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int FIRST = 258;
    private static final int FULL = 4094;
    private static final int SLOTS = 1 << 14;

    private final byte[] out;
    private final int[] keys = new int[SLOTS];
    private final short[] codes = new short[SLOTS];
    private int length;
    private long bits;
    private int pending;
    private int width;
    private int next;

    private Lzw(int most) {
        out = new byte[most];
    }

    static byte[] compress(byte[] in) {
        // A code of at most 12 bits for each byte, some clears among them, and the end.
        Lzw lzw = new Lzw(in.length + in.length / 2 + in.length / 1000 + 16);
        lzw.run(in);
        return Arrays.copyOf(lzw.out, lzw.length);
    }

    private void run(byte[] in) {
        width = 9;
        clear();
        int prefix = in[0] & 0xFF;
        for (int i = 1; i < in.length; i++) {
            int key = prefix << 8 | in[i] & 0xFF;
            int slot = slot(key);
            if (keys[slot] == key) {
                prefix = codes[slot];
                continue;
            }
            write(prefix);
            keys[slot] = key;
            codes[slot] = (short) next;
            prefix = in[i] & 0xFF;
            grow();
        }
        write(prefix);
        grow();
        write(END);
        while (pending > 0) emit();
    }

    /** One more code is known; the reader knows it one code later, and is given wider ones before it needs them. */
    private void grow() {
        next++;
        if (next == FULL) clear();
        else if (next == 1 << width) width++;
    }

    private void clear() {
        write(CLEAR);
        Arrays.fill(keys, -1);
        width = 9;
        next = FIRST;
    }

    private int slot(int key) {
        int slot = (key * 0x9E3779B1) >>> 18;
        while (keys[slot] != -1 && keys[slot] != key) slot = (slot + 1) % SLOTS;
        return slot;
    }

    private void write(int code) {
        bits = bits << width | code;
        pending += width;
        while (pending >= 8) emit();
    }

    /** The uppermost eight bits that wait, filled with zeros at the end. */
    private void emit() {
        out[length++] = (byte) (pending >= 8 ? bits >>> pending - 8 : bits << 8 - pending);
        pending = Math.max(0, pending - 8);
    }
}
