package dev.sluice.router.fleet.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps what the control API changed: small JSON documents by key, each with a revision. What was acknowledged is there after a
 * restart, whatever happened in between. Thread-safe; never blocks the caller. While its disk or server is away all fails with a
 * {@link StoreUnavailable}.
 */
public interface FleetStore {

    /**
     * One document.
     *
     * @param revision rises with every write to the store, so that no two documents ever have the same
     * @param json null where the document was deleted: its place is kept, so that nobody takes an older one for it
     */
    record Entry(long revision, @Nullable String json) {}

    /**
     * All that a store has, at one moment.
     *
     * @param id which store this is: drawn when it was made, so that revisions of another are never taken for its own; see
     *     {@link StoreId}
     * @param entries by key
     */
    record Content(String id, Map<String, Entry> entries) {

        public Content {
            entries = Map.copyOf(entries);
        }
    }

    /** Someone else wrote in between. */
    final class Conflict extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final long expected;
        private final long actual;

        public Conflict(String key, long expected, long actual) {
            super(
                    "The entry '" + key + "' has the revision " + actual + ", and " + expected
                            + " was expected: somebody changed it in between. Read it again, and apply your change to that.",
                    null,
                    false,
                    false);
            this.expected = expected;
            this.actual = actual;
        }

        /** The revision that the writer saw. */
        public long expected() {
            return expected;
        }

        /** The revision that is there; 0 where there is nothing. */
        public long actual() {
            return actual;
        }
    }

    /** Everything. Writes nothing, but for the id of a store that is new: it can be read also where writes fail. */
    Mono<Content> load();

    /**
     * Writes a document if it still has the revision that the writer saw; the result is its new revision, once the document cannot
     * be lost any more. Fails with a {@link Conflict} where somebody else was faster.
     *
     * @param expected 0 where there was nothing
     * @param json null to delete it
     */
    Mono<Long> write(String key, @Nullable String json, long expected);

    /**
     * Goes on under another id of the same origin, for who found that the store was put back to an older state; does nothing where
     * somebody else has done so.
     *
     * @param id that the store had
     */
    Mono<Void> renew(String id);

    /**
     * A signal at once and whenever something may have changed, by whichever router; who hears it loads anew. Who is slow hears of
     * the last change only. Never ends, and never fails.
     */
    Flux<Long> changes();

    /** Whether several routers can use it together. */
    boolean isShared();
}
