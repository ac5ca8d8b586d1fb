package dev.sluice.router.fleet.store;

import dev.sluice.common.config.SettingRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A store in a file of this machine, for a router that is the only one. A write that was begun is finished, though nobody waits for
 * it any more.
 */
public final class FileFleetStore implements FleetStore, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FileFleetStore.class);
    private static final int MOST_WAITING = 1_000;
    private static final int IDLE_SECONDS = 60;
    private static final Duration LAST_WRITES = Duration.ofSeconds(10);

    private final FleetFolder folder;
    private final Scheduler writer =
            Schedulers.newBoundedElastic(1, MOST_WAITING, "sluice-fleet-store", IDLE_SECONDS, true);
    private final ChangeSignals changes = new ChangeSignals();
    /** Written by the writer alone: while the folder is held, nobody else changes the file. */
    private volatile StoredFleet stored;

    /**
     * Blocks.
     *
     * @throws SettingRefused where the folder cannot be used, another process uses it, or its file is damaged
     */
    public FileFleetStore(Path folder) {
        this.folder = FleetFolder.open(folder);
        try {
            this.stored = readOrMake(this.folder);
        } catch (SettingRefused e) {
            release();
            throw e;
        }
        changes.changed(stored.revision());
    }

    private static StoredFleet readOrMake(FleetFolder folder) {
        try {
            byte[] bytes = folder.read().orElse(null);
            if (bytes != null) {
                return StoredFleet.of(bytes);
            }
            StoredFleet fresh = StoredFleet.fresh();
            folder.replace(fresh.bytes());
            return fresh;
        } catch (StoredFleet.Damaged e) {
            throw new SettingRefused(
                    "The file " + folder.file() + ", which keeps what is wanted of actors, is damaged: "
                            + e.getMessage() + ".",
                    "Put a copy of it back. Or move it away: this router then starts with the actors file alone. What"
                            + " was deployed beside that goes on where it runs, but is not started anew: deploy it again,"
                            + " or undeploy it.");
        } catch (IOException e) {
            throw new SettingRefused(
                    "The file " + folder.file() + ", which keeps what is wanted of actors, cannot be used: " + e + ".",
                    "Let this process read and write it, or set sluice.fleet.dir to another folder.");
        }
    }

    @Override
    public Mono<Content> load() {
        return Mono.fromSupplier(() -> {
            StoredFleet now = stored;
            return new Content(now.id(), now.entries());
        });
    }

    @Override
    public Mono<Long> write(String key, @Nullable String json, long expected) {
        return written(before -> {
                    long actual = before.revisionOf(key);
                    if (actual != expected) {
                        throw new Conflict(key, expected, actual);
                    }
                    return before.with(key, json);
                })
                .map(StoredFleet::revision);
    }

    @Override
    public Mono<Void> renew(String id) {
        return written(before -> before.id().equals(id) ? before.renewed() : before)
                .then();
    }

    private Mono<StoredFleet> written(UnaryOperator<StoredFleet> change) {
        return Mono.create(sink -> {
            try {
                // Not as part of the subscription: who cancels that would interrupt the write.
                writer.schedule(() -> write(change, sink));
            } catch (RejectedExecutionException e) {
                sink.error(new StoreUnavailable(
                        "The store of what is wanted of actors is closed, or too many writes wait for its disk.", e));
            }
        });
    }

    private void write(UnaryOperator<StoredFleet> change, MonoSink<StoredFleet> sink) {
        StoredFleet before = stored;
        StoredFleet after;
        try {
            after = change.apply(before);
            folder.replace(after.bytes());
        } catch (Conflict e) {
            sink.error(e);
            return;
        } catch (IOException e) {
            log.error("What is wanted of actors cannot be written to {}.", folder.file(), e);
            lookAgain(before);
            sink.error(new StoreUnavailable(
                    "What is wanted of actors cannot be written to " + folder.file() + ": " + e.getMessage() + ".", e));
            return;
        }
        stored = after;
        changes.changed(after.revision());
        sink.success(after);
    }

    /** After a write that failed the file may be as it was, or as it was to be: as it would be after a restart. */
    private void lookAgain(StoredFleet before) {
        try {
            stored = folder.read().map(StoredFleet::of).orElse(before);
            changes.changed(stored.revision());
        } catch (IOException | StoredFleet.Damaged e) {
            log.error("{} cannot be read; what it held before the last write goes on to hold.", folder.file(), e);
        }
    }

    @Override
    public Flux<Long> changes() {
        return changes.flux();
    }

    @Override
    public boolean isShared() {
        return false;
    }

    /** Waits for the writes that were begun. Blocks. */
    @Override
    public void close() {
        writer.disposeGracefully().timeout(LAST_WRITES).onErrorComplete().block();
        release();
    }

    private void release() {
        try {
            folder.close();
        } catch (IOException e) {
            log.warn("The lock of {} cannot be released.", folder.file(), e);
        }
    }
}
