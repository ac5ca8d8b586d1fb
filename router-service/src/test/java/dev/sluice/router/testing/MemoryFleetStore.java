package dev.sluice.router.testing;

import dev.sluice.router.fleet.store.FleetStore;
import dev.sluice.router.fleet.store.StoreUnavailable;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A store that forgets everything, and that a test can take away for a while. */
public final class MemoryFleetStore implements FleetStore {

    private final Map<String, Entry> entries = new TreeMap<>();
    private final Sinks.Many<Long> changes = Sinks.many().replay().latest();
    private final boolean shared;
    private long revision;
    private String id = "memory";
    private int renewals;
    private volatile boolean away;

    public MemoryFleetStore(boolean shared) {
        this.shared = shared;
        changes.tryEmitNext(0L).orThrow();
    }

    /** From now on, or no longer: all that is asked of it fails. */
    public void away(boolean isAway) {
        away = isAway;
    }

    /** Comes back empty, and so as another store. */
    public synchronized void forget(String newId) {
        entries.clear();
        revision = 0;
        id = newId;
    }

    /** Comes back as it was at this moment. */
    public synchronized Runnable backup() {
        Map<String, Entry> then = Map.copyOf(entries);
        long last = revision;
        String name = id;
        return () -> {
            synchronized (this) {
                entries.clear();
                entries.putAll(then);
                revision = last;
                id = name;
            }
        };
    }

    private void mustBeThere() {
        if (away) {
            throw new StoreUnavailable("The store is away, as the test wants it.", new IOException("away"));
        }
    }

    @Override
    public Mono<Content> load() {
        return Mono.fromSupplier(() -> {
            mustBeThere();
            synchronized (this) {
                return new Content(id, entries);
            }
        });
    }

    @Override
    public Mono<Long> write(String key, @Nullable String json, long expected) {
        return Mono.fromSupplier(() -> {
            mustBeThere();
            return put(key, json, expected);
        });
    }

    private synchronized long put(String key, @Nullable String json, long expected) {
        long actual = entries.containsKey(key) ? entries.get(key).revision() : 0;
        if (actual != expected) {
            throw new Conflict(key, expected, actual);
        }
        revision++;
        entries.put(key, new Entry(revision, json));
        changes.tryEmitNext(revision).orThrow();
        return revision;
    }

    @Override
    public Mono<Void> renew(String seen) {
        return Mono.fromRunnable(() -> {
            mustBeThere();
            synchronized (this) {
                if (id.equals(seen)) {
                    id = seen.split("#")[0] + "#" + ++renewals;
                }
            }
        });
    }

    @Override
    public Flux<Long> changes() {
        return changes.asFlux().onBackpressureLatest();
    }

    @Override
    public boolean isShared() {
        return shared;
    }
}
