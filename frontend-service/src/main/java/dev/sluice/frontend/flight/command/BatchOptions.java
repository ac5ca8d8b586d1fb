package dev.sluice.frontend.flight.command;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a batch's metadata, or a command, says of the queries made of it.
 *
 * @param sloNanos 0: that of the call, or else the actor's default
 * @param priority 1 highest; 0: that of the call
 * @param id null where there is none
 */
public record BatchOptions(
        long sloNanos, int priority, @Nullable String id) {

    static final Set<String> MEMBERS = Set.of("slo_ms", "priority", "id");

    private static final BatchOptions NONE = new BatchOptions(0, 0, null);

    /**
     * @param metadata empty, or a JSON object
     * @throws dev.sluice.common.error.QueryException {@code INVALID_INPUT} for anything else
     */
    public static BatchOptions of(byte[] metadata) {
        return metadata.length == 0 ? NONE : of(JsonObject.read(metadata, "metadata of a batch", MEMBERS));
    }

    static BatchOptions of(JsonObject object) {
        return new BatchOptions(object.sloNanos(), object.priority(), object.id());
    }
}
