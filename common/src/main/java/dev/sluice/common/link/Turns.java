package dev.sluice.common.link;

import java.util.ArrayDeque;

/**
 * Transfers of one class. A few take turns and the others follow, however many there are: of what has begun the receiver
 * holds bytes that are no use to it yet, and that it could not refuse.
 */
final class Turns {

    /** Transfers that take turns at a time. */
    static final int MOST = 8;

    private final ArrayDeque<Transfer> current = new ArrayDeque<>();
    private final ArrayDeque<Transfer> following = new ArrayDeque<>();

    void add(Transfer transfer) {
        (current.size() < MOST ? current : following).add(transfer);
    }

    boolean isEmpty() {
        return current.isEmpty();
    }

    /** Whose turn it is; only where there is one. */
    Transfer first() {
        return current.getFirst();
    }

    void firstGoesLast() {
        current.add(current.remove());
    }

    void removeFirst() {
        current.remove();
        Transfer next = following.poll();
        if (next != null) {
            current.add(next);
        }
    }

    void releaseAll() {
        current.forEach(Transfer::release);
        following.forEach(Transfer::release);
        current.clear();
        following.clear();
    }
}
