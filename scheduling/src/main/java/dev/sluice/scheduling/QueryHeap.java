package dev.sluice.scheduling;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A binary min-heap whose elements know their own index, so that any of them can be taken out in O(log n) without being
 * searched for. Subclasses say what comes first and in which field of the query the index lives; a query can be in one
 * heap per such field.
 */
abstract class QueryHeap {

    private static final int NOWHERE = -1;

    private @Nullable Queued[] heap = new Queued[16];
    private int size;

    /** A strict total order over the queries of one scheduler. */
    abstract boolean before(Queued one, Queued other);

    abstract int slot(Queued query);

    abstract void slot(Queued query, int slot);

    final int size() {
        return size;
    }

    /** The first query; null if there is none. */
    final @Nullable Queued peek() {
        return heap[0];
    }

    final void add(Queued query) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size + (size >> 1));
        }
        siftUp(size++, query);
    }

    /** Takes out a query that is in this heap. */
    final void remove(Queued query) {
        int hole = slot(query);
        Queued last = heap[--size];
        heap[size] = null;
        slot(query, NOWHERE);
        if (hole < size && last != null) {
            siftDown(hole, last);
            if (slot(last) == hole) {
                siftUp(hole, last);
            }
        }
    }

    private void siftUp(int hole, Queued query) {
        int at = hole;
        while (at > 0) {
            int above = (at - 1) >>> 1;
            Queued parent = heap[above];
            if (parent == null || !before(query, parent)) {
                break;
            }
            place(at, parent);
            at = above;
        }
        place(at, query);
    }

    private void siftDown(int hole, Queued query) {
        int at = hole;
        while (2 * at + 1 < size) {
            int below = 2 * at + 1;
            Queued child = heap[below];
            Queued sibling = below + 1 < size ? heap[below + 1] : null;
            if (child != null && sibling != null && before(sibling, child)) {
                child = sibling;
                below++;
            }
            if (child == null || !before(child, query)) {
                break;
            }
            place(at, child);
            at = below;
        }
        place(at, query);
    }

    private void place(int at, Queued query) {
        heap[at] = query;
        slot(query, at);
    }
}
