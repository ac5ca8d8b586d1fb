package dev.sluice.common.link;

import dev.sluice.common.wire.Frame;

/** What a process does with its links. Called on the link's event loop, so it never blocks. */
public interface LinkHandler {

    /** The peer proved itself; frames may be sent. */
    void opened(Link link);

    /** A whole frame, with the cargo that was sent in chunks; cargo becomes the handler's. */
    void received(Link link, Frame frame);

    /** The link is gone; called once for each that was opened. Cargo that was not written is released after this call. */
    void closed(Link link, String reason);
}
