package dev.sluice.frontend.zmq;

import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.frontend.query.QueryMetrics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The clients that are connected and have said something. Only the socket's thread calls it. */
final class Clients {

    private final Map<ByteBuffer, Client> byIdentity = new HashMap<>();
    private final RouterSocket socket;
    private final RetainedBytes unsent;
    private final long mostUnsentBytes;
    private final int mostUnsent;
    private final QueryMetrics metrics;

    /**
     * @param unsent replies of all clients that are not on their way
     * @param mostUnsentBytes of one client
     * @param mostUnsent replies of one client, when a message of it is refused
     */
    Clients(RouterSocket socket, RetainedBytes unsent, long mostUnsentBytes, int mostUnsent, QueryMetrics metrics) {
        this.socket = socket;
        this.unsent = unsent;
        this.mostUnsentBytes = mostUnsentBytes;
        this.mostUnsent = mostUnsent;
        this.metrics = metrics;
    }

    /** Who comes back on another connection under the same identity begins anew: what was under way went with the old one. */
    Client of(ClientMessage message) {
        ByteBuffer key = ByteBuffer.wrap(message.identity());
        Client known = byIdentity.get(key);
        if (known != null && known.isOn(message.connection())) {
            return known;
        }
        if (known != null) {
            known.leave();
        }
        Client client = new Client(
                message.identity(),
                message.connection(),
                socket,
                new UnsentReplies(unsent, mostUnsentBytes),
                metrics,
                mostUnsent);
        byIdentity.put(key, client);
        return client;
    }

    /** This client is gone. */
    void leave(byte[] identity) {
        Client client = byIdentity.remove(ByteBuffer.wrap(identity));
        if (client != null) {
            client.leave();
        }
    }

    /** All are gone. */
    void leaveAll() {
        List<Client> all = new ArrayList<>(byIdentity.values());
        byIdentity.clear();
        all.forEach(Client::leave);
    }

    void forEachStream(Consumer<StreamedQuery> action) {
        for (Client client : byIdentity.values()) {
            for (ClientQuery query : client.queries()) {
                if (query instanceof StreamedQuery stream) {
                    action.accept(stream);
                }
            }
        }
    }
}
