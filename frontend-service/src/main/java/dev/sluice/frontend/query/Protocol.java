package dev.sluice.frontend.query;

import java.util.Locale;

/** How a caller speaks to this frontend; a tag of what is measured. */
public enum Protocol {
    /** The native one, over HTTP. */
    HTTP,
    /** The native one, over a WebSocket. */
    WEBSOCKET,
    /** The Open Inference Protocol over HTTP. */
    OIP,
    /** The Open Inference Protocol over gRPC. */
    GRPC,
    /** Arrow Flight. */
    FLIGHT,
    ZEROMQ;

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** For instance {@code http}. */
    public String tag() {
        return tag;
    }
}
