package giga.canvas.dezoom.format;

import giga.canvas.PictureException;
import java.net.URI;
import java.net.URISyntaxException;

/** Addresses of files and on the web. */
public final class Addresses {
    private Addresses() {}

    public static boolean isWeb(String address) {
        return address.regionMatches(true, 0, "http://", 0, 7) || address.regionMatches(true, 0, "https://", 0, 8);
    }

    /**
     * Where a reference leads that stands in a description.
     *
     * @param base where that lies
     * @throws PictureException when it is no address
     */
    public static String resolved(String base, String reference) {
        if (isWeb(reference)) return reference;
        if (isWeb(base)) {
            try {
                return new URI(base)
                        .resolve(new URI(reference.replace(" ", "%20")))
                        .toString();
            } catch (URISyntaxException | IllegalArgumentException e) {
                throw new PictureException("%s refers to '%s', which is no address".formatted(base, reference), e);
            }
        }
        return base.substring(0, base.lastIndexOf('/') + 1) + reference;
    }

    /** What stands before the question mark. */
    static String path(String address) {
        int query = isWeb(address) ? address.indexOf('?') : -1;
        return query < 0 ? address : address.substring(0, query);
    }

    /** The question mark and what stands behind it. */
    static String query(String address) {
        return address.substring(path(address).length());
    }
}
