package giga.diffusion.text;

/** What people mean by the code points U+0080 to U+009F: the characters Windows-1252 has there. */
final class Windows1252 {
    private static final String CHARACTERS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    private Windows1252() {}

    static int fromControl(int codePoint) {
        return codePoint < 0x80 || codePoint > 0x9F ? codePoint : CHARACTERS.charAt(codePoint - 0x80);
    }
}
