package dev.sluice.cli;

import org.jspecify.annotations.Nullable;

/** What a caller shows to frontends that ask for it. */
public final class CallerKey {

    private static final String VARIABLE = "SLUICE_KEY";

    private CallerKey() {}

    /** The one that was given, or else that of the environment; null where there is neither. */
    public static @Nullable String of(@Nullable String given) {
        String key = given != null ? given : System.getenv(VARIABLE);
        return key == null || key.isBlank() ? null : key.strip();
    }
}
