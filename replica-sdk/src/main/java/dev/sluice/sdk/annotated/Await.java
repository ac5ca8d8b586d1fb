package dev.sluice.sdk.annotated;

import dev.sluice.sdk.actor.Caller;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** Waits for the one value of a {@code Mono} or {@code CompletionStage}. Disposing it cancels that. */
final class Await extends BaseSubscriber<Object> {

    /** Told once, on any thread, unless the wait was given up. Does not throw. */
    interface Outcome {

        /** @param value null where it ended without one */
        void value(@Nullable Object value);

        void error(Throwable thrown);
    }

    private final Outcome outcome;
    private final Context context;
    private final AtomicBoolean settled = new AtomicBoolean();

    private Await(Outcome outcome) {
        this.outcome = outcome;
        // What the method returned may go on, on any thread, for whom the method worked; its replica is free then.
        Caller caller = Caller.current();
        this.context = Caller.context(caller == null ? null : caller.freed());
    }

    static Await of(Delivery delivery, Object returned, Outcome outcome) {
        Await await = new Await(outcome);
        FatalErrors.watch(() -> mono(delivery, returned).subscribe(await), await::hookOnError);
        return await;
    }

    private static Mono<?> mono(Delivery delivery, Object returned) {
        return delivery == Delivery.STAGE
                ? Mono.fromCompletionStage((CompletionStage<?>) returned)
                : (Mono<?>) returned;
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    protected void hookOnNext(Object value) {
        if (settled.compareAndSet(false, true)) {
            outcome.value(value);
        }
    }

    @Override
    protected void hookOnComplete() {
        if (settled.compareAndSet(false, true)) {
            outcome.value(null);
        }
    }

    @Override
    protected void hookOnError(Throwable thrown) {
        if (settled.compareAndSet(false, true)) {
            outcome.error(thrown);
        }
    }
}
