package dev.sluice.common.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of a process as a member of a platform.
 *
 * @param nodeId stable over restarts and unique in its tier; the host's name and the port where it is not set
 * @param clusterSecret what all processes of a platform share; needed as soon as one binds to more than loopback
 * @param routers where the routers accept links, for frontends and hosts: {@code http://host:port}, or
 *     {@code https} with mutual TLS; separated by commas
 * @param eventLoops threads that read and write sockets; 0: half as many as there are cores, one in a host
 * @param forgetAfter how long a version of an actor is remembered that is wanted no more and has no replica, with all that was measured of it
 */
@ConfigurationProperties("sluice")
public record SluiceProperties(
        @Nullable String nodeId,
        @DefaultValue("") String clusterSecret,
        @DefaultValue("http://127.0.0.1:7000") List<URI> routers,
        @DefaultValue("0") int eventLoops,
        @DefaultValue("2m") Duration forgetAfter) {

    static final String ROUTER_ADVICE = "Write each router as http://host:port, for instance http://127.0.0.1:7000.";

    private static final List<String> SCHEMES = List.of("http", "https");

    private static final int LONGEST_NODE_ID = 255;
    private static final Duration LEAST_MEMORY = Duration.ofSeconds(1);

    public SluiceProperties {
        if (eventLoops < 0) {
            throw new SettingRefused(
                    "sluice.event-loops is " + eventLoops + ".", "Write the number of threads, or 0 for the default.");
        }
        if (nodeId != null && nodeId.getBytes(StandardCharsets.UTF_8).length > LONGEST_NODE_ID) {
            throw new SettingRefused(
                    "sluice.node-id has " + nodeId.length() + " characters.",
                    "Choose a name of at most " + LONGEST_NODE_ID + " bytes.");
        }
        if (forgetAfter.compareTo(LEAST_MEMORY) < 0) {
            throw new SettingRefused(
                    "sluice.forget-after is " + forgetAfter + ".",
                    "Choose a second or more: several times as long as whoever collects the metrics takes to come again.");
        }
        for (URI router : routers) {
            if (!isAddress(router)) {
                throw new SettingRefused("sluice.routers has the entry '" + router + "'.", ROUTER_ADVICE);
            }
        }
    }

    /** A link has a path of its own, and no other part of an address would be heeded. */
    private static boolean isAddress(URI router) {
        if (router.isOpaque() || !List.of("", "/").contains(router.getRawPath())) {
            return false;
        }
        boolean bare =
                router.getRawUserInfo() == null && router.getRawQuery() == null && router.getRawFragment() == null;
        return bare && SCHEMES.contains(router.getScheme()) && router.getHost() != null && router.getPort() > 0;
    }

    /** The node id, or one made of the host's name and the port. */
    public String nodeIdOr(int port) {
        if (nodeId != null && !nodeId.isBlank()) {
            return nodeId;
        }
        try {
            return InetAddress.getLocalHost().getHostName() + ":" + port;
        } catch (UnknownHostException e) {
            return "localhost:" + port;
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "SluiceProperties[nodeId=" + nodeId + ", routers=" + routers + ", eventLoops=" + eventLoops + "]";
    }
}
