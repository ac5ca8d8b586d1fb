package dev.sluice.frontend.access.token;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where an issuer's keys may be fetched. */
final class KeyAddress {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    private KeyAddress() {}

    /** The address that this is; null where it is none of the web. */
    static @Nullable URI parse(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && text.matches("https?://.*") ? uri : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether nobody can change the keys on their way: who can makes tokens as they like. */
    static boolean isSafe(URI uri) {
        return "https".equals(uri.getScheme())
                || LOOPBACK.matcher(uri.getHost()).matches();
    }
}
