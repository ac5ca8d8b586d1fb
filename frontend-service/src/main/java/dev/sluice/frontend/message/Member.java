package dev.sluice.frontend.message;

/** What a message may say. Each protocol allows some of these. */
public enum Member {
    ACTOR,
    METHOD,
    INPUT,
    SLO_MS,
    PRIORITY,
    VERSION,
    ID,
    TENANT,
    KEY,
    MEDIA_TYPE,
    STREAM,
    CANCEL,
    TRACEPARENT,
    TRACESTATE;

    private final String key = name().toLowerCase(java.util.Locale.ROOT);

    /** As it is written in JSON, for instance {@code slo_ms}. */
    public String key() {
        return key;
    }
}
