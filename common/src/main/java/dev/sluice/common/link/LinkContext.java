package dev.sluice.common.link;

/**
 * What all links of a process have in common.
 *
 * @param identity this process
 * @param settings its side of every link
 * @param handler told of every link and its frames
 * @param transport what this process connects to routers over
 * @param refusals which peers that prove nothing are worth a line in the log
 */
public record LinkContext(
        Identity identity, LinkSettings settings, LinkHandler handler, LinkTransport transport, RefusalLog refusals) {

    public LinkContext(Identity identity, LinkSettings settings, LinkHandler handler, LinkTransport transport) {
        this(identity, settings, handler, transport, new RefusalLog());
    }

    /** Of a process that connects in cleartext, or not at all. */
    public LinkContext(Identity identity, LinkSettings settings, LinkHandler handler) {
        this(identity, settings, handler, LinkTransport.CLEARTEXT);
    }
}
