package giga.canvas.dezoom.format;

import giga.canvas.PictureException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The IIIF Image API, versions 1 to 3: a server that cuts and scales what it is asked for, described by {@code info.json}. */
final class Iiif implements Format {
    private static final String DESCRIPTION = "/info.json";

    @Override
    public String title() {
        return "IIIF";
    }

    @Override
    public Answer read(String address, byte[] contents) {
        Optional<JsonNode> info = Json.object(contents).filter(Iiif::isService);
        if (info.isEmpty()) return new Answer.NotMine("it is no info.json of the IIIF Image API");
        try {
            return new Answer.Levels(new IiifService(info.get(), base(address, info.get())).levels());
        } catch (PictureException e) {
            throw new PictureException(address + ": " + e.getMessage(), e);
        }
    }

    /** Sizes alone are in many a description. */
    private static boolean isService(JsonNode info) {
        return info.has("width")
                && info.has("height")
                && (info.has("@id")
                        || info.has("id")
                        || info.has("identifier")
                        || info.has("protocol")
                        || info.has("@context")
                        || info.has("tiles"));
    }

    /** Where the service is, which it says itself, unless what it says was left over from a trial. */
    private static String base(String address, JsonNode info) {
        String own = Addresses.path(address);
        if (own.endsWith(DESCRIPTION)) own = own.substring(0, own.length() - DESCRIPTION.length());
        String told = Json.text(info.path("@id"));
        if (told.isEmpty()) told = Json.text(info.path("id"));
        if (told.isEmpty() || !Addresses.isWeb(address)) return own;
        String id = Addresses.resolved(address, told).replaceFirst("/+$", "");
        boolean leftOver = id.matches("(?i)https?://(localhost|127\\.|10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.|"
                + "(www\\.)?example\\.).*");
        if (leftOver) return own;
        // A page that came safely does not send its reader elsewhere unsafely.
        return address.regionMatches(true, 0, "https:", 0, 6) ? id.replaceFirst("(?i)^http:", "https:") : id;
    }
}
