package dev.sluice.common.discovery;

/** What an instance says of itself in a registry. Letters and dashes: every registry takes such keys. */
public final class InstanceMetadata {

    /** Its node id. */
    public static final String NODE_ID = "sluice-node-id";

    /** Where a router accepts links, where that is not the port that is registered. */
    public static final String LINK_PORT = "sluice-link-port";

    private InstanceMetadata() {}
}
