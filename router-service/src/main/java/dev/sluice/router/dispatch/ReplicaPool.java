package dev.sluice.router.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The replicas of one actor, and which of them can take a batch now: the longest idle first. Shard only. */
final class ReplicaPool {

    private record Key(HostLink host, String id) {}

    private final Map<Key, Replica> replicas = new LinkedHashMap<>();
    private final ArrayDeque<Replica> room = new ArrayDeque<>();

    /** Adds the replica if it is new. */
    boolean add(HostLink host, String id) {
        Key key = new Key(host, id);
        if (replicas.containsKey(key)) {
            return false;
        }
        Replica replica = new Replica(host, id);
        replicas.put(key, replica);
        room.add(replica);
        return true;
    }

    @Nullable Replica find(HostLink host, String id) {
        return replicas.get(new Key(host, id));
    }

    @Nullable Replica remove(HostLink host, String id) {
        Replica replica = replicas.remove(new Key(host, id));
        if (replica != null) {
            replica.gone();
            room.remove(replica);
        }
        return replica;
    }

    List<Replica> on(HostLink host) {
        List<Replica> found = new ArrayList<>();
        for (Replica replica : replicas.values()) {
            if (replica.host() == host) {
                found.add(replica);
            }
        }
        return found;
    }

    Collection<Replica> all() {
        return replicas.values();
    }

    boolean isEmpty() {
        return replicas.isEmpty();
    }

    /** To be told whenever a replica may have got room. */
    void refresh(Replica replica) {
        if (replica.hasRoom() && !room.contains(replica)) {
            room.add(replica);
        }
    }

    /** How many batches could be sent now. */
    int free() {
        return room.size();
    }

    /** A replica with room: an idle one before one that would stage. */
    @Nullable Replica take() {
        Replica behind = null;
        for (int i = room.size(); i > 0; i--) {
            Replica next = room.remove();
            if (next.state() == Replica.State.IDLE) {
                if (behind != null) {
                    room.addFirst(behind);
                }
                return next;
            }
            if (next.hasRoom()) {
                if (behind == null) {
                    behind = next;
                } else {
                    room.add(next);
                }
            }
        }
        return behind;
    }
}
