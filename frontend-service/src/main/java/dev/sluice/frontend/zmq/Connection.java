package dev.sluice.frontend.zmq;

import org.jspecify.annotations.Nullable;
import zmq.io.Metadata;

/**
 * One connection of a client, as its frames name it: it has one object of metadata for its life, and no other has the same. What that
 * says was said by the client, so two connections may well say the same.
 */
record Connection(@Nullable Metadata metadata) {

    @SuppressWarnings("ReferenceEquality")
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Connection that && metadata == that.metadata;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(metadata);
    }
}
