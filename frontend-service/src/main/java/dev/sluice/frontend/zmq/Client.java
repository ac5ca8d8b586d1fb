package dev.sluice.frontend.zmq;

import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zmq.Msg;

/** A client as long as it is connected: its queries in flight, and its replies. Only the socket's thread calls it. */
final class Client {

    private static final Runnable NOTHING = () -> {};

    private final byte[] identity;
    private final Connection connection;
    private final RouterSocket socket;
    private final UnsentReplies unsent;
    private final QueryMetrics metrics;
    private final int mostUnsent;
    private final Map<String, ClientQuery> inFlight = new HashMap<>();
    private @Nullable Caller known;
    private int reserved;
    private boolean gone;

    /** @param mostUnsent so many replies may be unsent when a message is refused; of what is refused beyond nothing is said */
    Client(
            byte[] identity,
            Connection connection,
            RouterSocket socket,
            UnsentReplies unsent,
            QueryMetrics metrics,
            int mostUnsent) {
        this.identity = identity;
        this.connection = connection;
        this.socket = socket;
        this.unsent = unsent;
        this.metrics = metrics;
        this.mostUnsent = mostUnsent;
    }

    boolean isOn(Connection asked) {
        return connection.equals(asked);
    }

    /** Whether it has so many replies unread that it may not ask for more. */
    boolean isDeaf() {
        return unsent.replies() >= mostUnsent;
    }

    boolean isGone() {
        return gone;
    }

    /** Whom it last showed itself to be. */
    void isKnownAs(Caller caller) {
        known = caller;
    }

    /** Whether it has shown credentials that are still good. */
    boolean isKnown() {
        return known != null && known.gone() == null;
    }

    /** Queries, and messages that are about to become some: a place each, from before it is known who sends them. */
    int inFlight() {
        return reserved;
    }

    void reserve() {
        reserved++;
    }

    void unreserve() {
        reserved--;
    }

    /** Whether a reply of so many bytes could ever be sent. */
    boolean couldTake(List<byte[]> parts) {
        return unsent.couldTake(size(parts));
    }

    long unsentBytes() {
        return unsent.bytes();
    }

    @Nullable ClientQuery query(String id) {
        return inFlight.get(id);
    }

    List<ClientQuery> queries() {
        return List.copyOf(inFlight.values());
    }

    void begun(String id, ClientQuery query) {
        inFlight.put(id, query);
    }

    void ended(String id) {
        inFlight.remove(id);
    }

    /** False where the client has so much unread that there is no room for this. */
    boolean reply(List<byte[]> path, List<byte[]> parts, Runnable onSent) {
        long size = size(parts);
        if (!gone && !unsent.add(size)) {
            return false;
        }
        send(path, parts, () -> {
            unsent.sent(size);
            onSent.run();
        });
        return true;
    }

    /** The reply of a query that ends without a result: there is always room for it. */
    void replyAlways(List<byte[]> path, List<byte[]> parts) {
        unsent.addAlways();
        send(path, parts, () -> unsent.sent(0));
    }

    /** The reply to a message that never was a query. Who sends such and does not read replies misses some. */
    void refuse(List<byte[]> path, List<byte[]> parts) {
        if (!isDeaf()) {
            replyAlways(path, parts);
        } else {
            metrics.dropped(Protocol.ZEROMQ);
        }
    }

    private void send(List<byte[]> path, List<byte[]> parts, Runnable onSent) {
        List<Msg> frames = new ArrayList<>(path.size() + parts.size());
        path.forEach(hop -> frames.add(new Msg(hop)));
        for (int i = 0; i < parts.size() - 1; i++) {
            frames.add(new Msg(parts.get(i)));
        }
        frames.add(new LastFrame(parts.get(parts.size() - 1), gone ? NOTHING : onSent));
        if (gone || !socket.send(identity, frames)) {
            metrics.dropped(Protocol.ZEROMQ);
        }
    }

    private static long size(List<byte[]> parts) {
        long size = 0;
        for (byte[] part : parts) {
            size += part.length;
        }
        return size;
    }

    /** Cancels its queries: nobody waits for them any more. */
    void leave() {
        gone = true;
        for (ClientQuery query : queries()) {
            query.finish();
        }
        unsent.close();
    }
}
