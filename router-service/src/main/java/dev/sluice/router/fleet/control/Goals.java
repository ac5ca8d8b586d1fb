package dev.sluice.router.fleet.control;

import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.GoalJson;
import dev.sluice.router.fleet.store.DesiredState;
import dev.sluice.router.fleet.store.FleetKeys;
import dev.sluice.router.fleet.store.FleetStore;
import dev.sluice.router.fleet.store.StoreId;
import dev.sluice.router.fleet.store.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * What is wanted, as the store has it: read anew whenever that changes. While the store cannot be read, or another is in its place, what
 * was read last holds.
 * Thread-safe.
 */
public final class Goals implements GoalWriter, Disposable {

    private static final Logger log = LoggerFactory.getLogger(Goals.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    private final FleetStore store;
    private final List<ActorGoal> file;
    private volatile @Nullable Desired desired;
    /** The last store that was found in place of the one that is followed. */
    private @Nullable String strange;

    private final Disposable.Swap reading = Disposables.swap();

    /** @param file the goals of the actors file */
    public Goals(FleetStore store, List<ActorGoal> file) {
        this.store = store;
        this.file = List.copyOf(file);
    }

    /** Reads, again and again; returns at once. */
    public void start() {
        reading.update(store.changes()
                .onBackpressureLatest()
                .concatMap(change -> read(), 1)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_RETRY)
                        .maxBackoff(LONGEST_RETRY)
                        .doBeforeRetry(again -> log.warn(
                                "What is wanted of actors cannot be read, and is read again: {}",
                                again.failure().getMessage())))
                .subscribe());
    }

    /** Reads once more; for who has just written, and wants to see it. */
    public Mono<Desired> read() {
        return Mono.defer(() -> {
            Desired known = desired;
            return load().flatMap(read -> isOlder(read, known) ? renewed(read) : Mono.just(read))
                    .doOnNext(read -> keep(read, known));
        });
    }

    private Mono<Desired> load() {
        return store.load()
                .map(content -> Desired.of(content.id(), store.isShared(), DesiredState.of(file, content.entries())));
    }

    /** Whether the store was put back: it had a later revision before it was read. */
    private static boolean isOlder(Desired read, @Nullable Desired known) {
        return known != null
                && known.store().equals(read.store())
                && known.state().lastRevision() > read.state().lastRevision();
    }

    /** To go on with the same id would be to be ignored by all hosts that follow a later revision. */
    private Mono<Desired> renewed(Desired read) {
        return store.renew(read.store())
                .doOnSuccess(done -> log.warn(
                        "The store of what is wanted of actors was put back to the revision {}; the fleet follows that from now on.",
                        read.state().lastRevision()))
                .then(Mono.defer(this::load));
    }

    /**
     * Notes that a host follows this revision of a store. Where the store has an older one, though it is read after the host said so,
     * it was put back, perhaps before this router started.
     */
    public Mono<Desired> follow(String ofStore, long revision) {
        return Mono.defer(this::load)
                .filter(read -> read.store().equals(ofStore) && read.state().lastRevision() < revision)
                .flatMap(this::renewed)
                .flatMap(renewed -> read());
    }

    /** Reads overtake each other, and nothing would tell of what an earlier one had put back. */
    private synchronized void keep(Desired read, @Nullable Desired known) {
        Desired before = desired;
        if (before == null) {
            desired = read;
        } else if (before.store().equals(read.store())) {
            desired = before.state().lastRevision() <= read.state().lastRevision() ? read : before;
        } else if (!StoreId.haveSameOrigin(before.store(), read.store())) {
            throw anotherStore(before.store(), read.store());
        } else if (known != null && known.store().equals(before.store())) {
            desired = read;
        }
    }

    /** It may well be empty, and only people know whether it is meant: to follow it would be to end what runs. */
    private StoreUnavailable anotherStore(String known, String found) {
        StoreUnavailable refused = new StoreUnavailable("The store of what is wanted of actors is another one (" + found
                + ") than the one that this router has followed (" + known
                + "): it was emptied or exchanged. The fleet goes on as it was wanted last, and nothing can be changed. Put its"
                + " data back; or restart the routers, which then follow what is there now, and leave alone what runs of actors that"
                + " it does not name.");
        if (!found.equals(strange)) {
            strange = found;
            log.error("{}", refused.getMessage());
        }
        return refused;
    }

    /** What was read last; empty before anything was. */
    public Optional<Desired> now() {
        return Optional.ofNullable(desired);
    }

    public boolean isShared() {
        return store.isShared();
    }

    @Override
    public Mono<ActorGoal> change(String actor, UnaryOperator<ActorGoal> change) {
        return read().flatMap(state -> Mono.justOrEmpty(state.goal(actor)).flatMap(goal -> {
            ActorGoal next = change.apply(goal);
            return next.equals(goal)
                    ? Mono.empty()
                    : put(next, state.state().revision(actor)).thenReturn(next);
        }));
    }

    /**
     * Writes a goal; the result is its revision.
     *
     * @param expected the revision that the writer saw; 0 where the store had nothing
     */
    public Mono<Long> put(ActorGoal goal, long expected) {
        return written(store.write(FleetKeys.actor(goal.actor()), GoalJson.write(goal), expected));
    }

    /** Writes that an actor is to go. */
    public Mono<Long> undeploy(String actor, long expected) {
        return written(store.write(FleetKeys.actor(actor), null, expected));
    }

    /** Writes whether a host is to be empty. */
    public Mono<Long> drain(String nodeId, boolean drained) {
        return read().flatMap(state -> drain(nodeId, drained, state.state().hostRevision(nodeId)));
    }

    /**
     * As {@link #drain(String, boolean)}.
     *
     * @param expected the revision that the writer saw; 0 where the store had nothing
     */
    public Mono<Long> drain(String nodeId, boolean drained, long expected) {
        return written(store.write(FleetKeys.host(nodeId), drained ? "{\"drained\":true}" : null, expected));
    }

    /** What is written is written, whether it can be read again or not. */
    private Mono<Long> written(Mono<Long> write) {
        return write.flatMap(
                revision -> read().onErrorResume(failure -> Mono.empty()).thenReturn(revision));
    }

    @Override
    public void dispose() {
        reading.dispose();
    }
}
