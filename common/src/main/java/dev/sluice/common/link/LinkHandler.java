package dev.sluice.common.link;

/** What a process does with its links. */
public interface LinkHandler {

    /**
     * The peer proved itself; frames may be sent. Called on the link's event loop, so it never blocks.
     *
     * @return who takes what the peer sends on this link
     */
    LinkReceiver opened(Link link);
}
