package dev.sluice.cli.platform;

import java.net.URI;

/** Addresses of services as people write them. */
public final class ServiceUrl {

    private ServiceUrl() {}

    /**
     * @param url with or without {@code http://}
     * @param tier whose it is to be
     * @throws PlatformException where it is no address
     */
    public static URI of(String url, Tier tier) {
        try {
            URI uri = URI.create(url.contains("://") ? url : "http://" + url);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // said below, as of any other URL that is of no use here
        }
        throw new PlatformException("\"" + url + "\" is no address of a " + tier.word()
                + ": write it like http://127.0.0.1:" + tier.firstPort() + ".");
    }
}
