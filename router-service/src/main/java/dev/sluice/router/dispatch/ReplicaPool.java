package dev.sluice.router.dispatch;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The replicas of one actor, and which of them can take a batch now. Shard only, but for what says otherwise. */
final class ReplicaPool {

    private record Key(HostLink host, String id) {}

    private final Map<Key, Replica> replicas = new LinkedHashMap<>();
    private final Set<Replica> idle = new LinkedHashSet<>();
    private final Set<Replica> roomBehind = new LinkedHashSet<>();
    private volatile List<Replica> shown = List.of();
    private volatile int free;

    /** The new replica; null where it is known already. */
    @Nullable Replica add(HostLink host, String id) {
        Key key = new Key(host, id);
        if (replicas.containsKey(key)) {
            return null;
        }
        Replica replica = new Replica(host, id);
        replicas.put(key, replica);
        shown = List.copyOf(replicas.values());
        refresh(replica);
        return replica;
    }

    @Nullable Replica find(HostLink host, String id) {
        return replicas.get(new Key(host, id));
    }

    @Nullable Replica remove(HostLink host, String id) {
        Replica replica = replicas.remove(new Key(host, id));
        if (replica != null) {
            replica.gone();
            shown = List.copyOf(replicas.values());
            refresh(replica);
        }
        return replica;
    }

    Collection<Replica> all() {
        return replicas.values();
    }

    /** Any thread. */
    int size() {
        return shown.size();
    }

    /** Any thread. */
    List<Replica> shown() {
        return shown;
    }

    /** To be told whenever a replica may have got or lost room. */
    void refresh(Replica replica) {
        enter(idle, replica, replica.idle());
        enter(roomBehind, replica, replica.hasRoomBehind());
        free = idle.size() + roomBehind.size();
    }

    private static void enter(Set<Replica> set, Replica replica, boolean member) {
        if (member) {
            set.add(replica);
        } else {
            set.remove(replica);
        }
    }

    /** How many batches could be sent now. Any thread. */
    int free() {
        return free;
    }

    /**
     * The replica that has been idle for longest; else one that has room behind its running batch; else null. One that is left alone,
     * since it fails or is far slower than the others, only where there is no other.
     */
    @Nullable Replica next() {
        Replica next = trusted(idle);
        next = next == null ? trusted(roomBehind) : next;
        if (next != null) {
            return next;
        }
        Iterator<Replica> first = (idle.isEmpty() ? roomBehind : idle).iterator();
        return first.hasNext() ? first.next() : null;
    }

    private static @Nullable Replica trusted(Set<Replica> replicas) {
        for (Replica replica : replicas) {
            if (!replica.tracked().isShunned()) {
                return replica;
            }
        }
        return null;
    }
}
