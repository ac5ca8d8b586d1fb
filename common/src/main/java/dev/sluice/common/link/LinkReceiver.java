package dev.sluice.common.link;

import dev.sluice.common.wire.Frame;

/** Takes what comes on one link. Called on the link's event loop, so it never blocks. */
public interface LinkReceiver {

    /** A whole frame, with the cargo that was sent in chunks; cargo becomes the receiver's. */
    void received(Frame frame);

    /** The link is gone; called once, last. Cargo that was not written is released after this call. */
    void closed(String reason);
}
