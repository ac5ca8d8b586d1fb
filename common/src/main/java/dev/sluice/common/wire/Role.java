package dev.sluice.common.wire;

/** What a process at one end of a link is. */
public enum Role {
    FRONTEND,
    ROUTER,
    HOST
}
