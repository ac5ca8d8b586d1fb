package dev.sluice.frontend.access;

import org.jspecify.annotations.Nullable;

/**
 * Whom queries are counted for.
 *
 * @param actors that it may call
 * @param quota null where it may ask as much as it likes
 */
public record Tenant(ActorPatterns actors, @Nullable Quota quota) {

    /** One of which nothing is said. */
    public static final Tenant FREE = new Tenant(ActorPatterns.ANY, null);
}
