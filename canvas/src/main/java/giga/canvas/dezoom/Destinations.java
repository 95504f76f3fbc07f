package giga.canvas.dezoom;

import giga.canvas.PictureException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Where requests may go. */
record Destinations(boolean publicOnly) {

    /**
     * Lets an address pass. Java keeps what it learned of a host's name for some seconds, so that the request which follows goes to the
     * machine that was looked at here.
     *
     * @throws PictureException when it is no web address, its host is unknown, or private where only public ones may be asked
     */
    void check(URI address) {
        String scheme = address.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme))
            throw new PictureException(address + ": only http and https addresses are followed.");
        if (address.getHost() == null) throw new PictureException(address + ": this address names no host.");
        if (!publicOnly) return;
        try {
            if (Arrays.stream(InetAddress.getAllByName(address.getHost())).allMatch(Destinations::isPublic)) return;
        } catch (UnknownHostException e) {
            throw new PictureException(address + ": there is no host of this name. Check the spelling.", e);
        }
        throw new PictureException(
                address + ": this is an address of a private network, which --public-only keeps from being asked.");
    }

    private static boolean isPublic(InetAddress host) {
        if (host.isLoopbackAddress()
                || host.isLinkLocalAddress()
                || host.isSiteLocalAddress()
                || host.isAnyLocalAddress()
                || host.isMulticastAddress()) return false;
        byte[] bytes = host.getAddress();
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        return switch (host) {
            // This network, carriers' own, protocol assignments, benchmarks, reserved.
            case Inet4Address _ ->
                first != 0
                        && !(first == 100 && second >= 64 && second < 128)
                        && !(first == 192 && second == 0)
                        && !(first == 198 && (second == 18 || second == 19))
                        && first < 240;
            // Unique local ones, and those that lead to IPv4 (NAT64, 6to4, Teredo).
            case Inet6Address _ ->
                (first & 0xFE) != 0xFC
                        && !(first == 0x00 && second == 0x64)
                        && !(first == 0x20 && second == 0x02)
                        && !(first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0);
            default -> false;
        };
    }
}
