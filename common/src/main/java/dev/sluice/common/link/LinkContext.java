package dev.sluice.common.link;

/**
 * What all links of a process have in common.
 *
 * @param identity this process
 * @param settings its side of every link
 * @param handler told of every link and its frames
 * @param transport what this process connects to routers over
 */
public record LinkContext(Identity identity, LinkSettings settings, LinkHandler handler, LinkTransport transport) {

    /** Of a process that connects in cleartext, or not at all. */
    public LinkContext(Identity identity, LinkSettings settings, LinkHandler handler) {
        this(identity, settings, handler, LinkTransport.CLEARTEXT);
    }
}
