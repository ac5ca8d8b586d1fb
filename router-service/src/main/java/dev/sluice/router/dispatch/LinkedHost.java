package dev.sluice.router.dispatch;

import dev.sluice.common.link.Link;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.wire.Frame;

/** A host that is linked and has announced itself. */
public final class LinkedHost {

    private final Link link;
    private final Announcement announcement;

    LinkedHost(Link link, Announcement announcement) {
        this.link = link;
        this.announcement = announcement;
    }

    public String nodeId() {
        return link.peer().nodeId();
    }

    /** Of its process. */
    public long incarnation() {
        return link.peer().incarnation();
    }

    /** What it said last. */
    public Announcement announcement() {
        return announcement;
    }

    public void send(Frame frame) {
        link.send(frame);
    }

    @Override
    public String toString() {
        return nodeId();
    }
}
