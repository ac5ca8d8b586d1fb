package dev.sluice.cli.platform;

import java.util.Locale;

/** The three kinds of process, in the order in which they are told to end: callers before those they call. */
public enum Tier {
    FRONTEND(8080),
    ROUTER(7000),
    HOST(7100);

    private final int firstPort;

    Tier(int firstPort) {
        this.firstPort = firstPort;
    }

    /** The port of the tier's first process, where nothing else is said; the others follow it. */
    public int firstPort() {
        return firstPort;
    }

    /** The word that process names, options and variables are made of: {@code frontend}, {@code router}, {@code host}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
