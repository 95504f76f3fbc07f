package giga.redraw.inspect.map;

/** What numbers are written with, five pixels by seven each: a machine that has no fonts can still write them. */
final class Digits {
    static final int WIDTH = 5;
    static final int HEIGHT = 7;
    /** From the left of one to the left of the next. */
    static final int STEP = WIDTH + 1;

    private static final String KNOWN = "0123456789.+-";
    /** A row of a digit is five bits, the left one highest. */
    private static final int[][] ROWS = {
        {0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110},
        {0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110},
        {0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111},
        {0b01110, 0b10001, 0b00001, 0b00110, 0b00001, 0b10001, 0b01110},
        {0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010},
        {0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110},
        {0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110},
        {0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000},
        {0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110},
        {0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100},
        {0b00000, 0b00000, 0b00000, 0b00000, 0b00000, 0b01100, 0b01100},
        {0b00000, 0b00100, 0b00100, 0b11111, 0b00100, 0b00100, 0b00000},
        {0b00000, 0b00000, 0b00000, 0b11111, 0b00000, 0b00000, 0b00000},
    };

    private Digits() {}

    /** Pixels that a number takes across. */
    static int width(String digits) {
        return digits.length() * STEP - 1;
    }

    static boolean inked(char digit, int column, int row) {
        int index = KNOWN.indexOf(digit);
        if (index < 0) throw new IllegalArgumentException("'" + digit + "' is no part of a number");
        return (ROWS[index][row] >> WIDTH - 1 - column & 1) == 1;
    }
}
