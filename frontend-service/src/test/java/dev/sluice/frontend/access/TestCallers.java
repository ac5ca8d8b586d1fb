package dev.sluice.frontend.access;

import java.util.List;

/** Callers as tests need them. */
public final class TestCallers {

    private TestCallers() {}

    /** One that may all. */
    public static Caller ofTenant(String tenant) {
        return new Caller("somebody", tenant, Rights.ALL, () -> true);
    }

    /** One that may call actors of these names, and is no operator. */
    public static Caller limitedTo(String... actors) {
        return new Caller(
                "somebody",
                "acme",
                new Rights(ActorPatterns.of(List.of(actors)), ActorPatterns.ANY, false),
                () -> true);
    }
}
