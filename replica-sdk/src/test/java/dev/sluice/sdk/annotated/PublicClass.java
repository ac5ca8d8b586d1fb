package dev.sluice.sdk.annotated;

import dev.sluice.sdk.Actor;

/** Visible from everywhere, so only what is public is served. */
@Actor("public")
public class PublicClass {

    public long call(long input) {
        return helper(input);
    }

    long helper(long input) {
        return input;
    }
}
