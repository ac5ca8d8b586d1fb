package dev.sluice.sdk.annotated;

import dev.sluice.sdk.actor.Caller;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** One query's stream of results, on its way to the sink at the pace that the sink asks for. */
final class StreamRun extends BaseSubscriber<Object> {

    private final ServableMethod method;
    private final OpenQueries open;
    private final int query;
    private final Continuation continuation;

    /** For whom the method worked that returned the stream. */
    private final Context context = Caller.context(Caller.current());

    /** The replica's thread while it subscribes; user code may run on it, and only then. */
    private volatile @Nullable Thread subscribing;

    StreamRun(ServableMethod method, OpenQueries open, int query, Continuation continuation) {
        this.method = method;
        this.open = open;
        this.query = query;
        this.continuation = continuation;
    }

    void start(Publisher<?> stream) {
        subscribing = Thread.currentThread();
        FatalErrors.watch(() -> Flux.from(stream).subscribe(Operators.serialize(this)), this::hookOnError);
        subscribing = null;
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        open.streaming(query, new Pace());
    }

    @Override
    protected void hookOnNext(Object item) {
        boolean interrupted =
                Thread.currentThread() == subscribing && Thread.currentThread().isInterrupted();
        if (interrupted) {
            giveUp();
        } else if (!method.encoder().item(open, query, item)) {
            cancel();
        }
    }

    @Override
    protected void hookOnComplete() {
        open.complete(query);
    }

    @Override
    protected void hookOnError(Throwable thrown) {
        if (Thread.currentThread() == subscribing && UserFailure.isInterruption(thrown)) {
            open.cancel(query);
        } else {
            open.fail(query, UserFailure.ofOne(thrown, method.signature()));
        }
    }

    private void giveUp() {
        try {
            cancel();
        } finally {
            open.cancel(query);
        }
    }

    private void more(long items) {
        FatalErrors.watch(() -> request(items), this::hookOnError);
    }

    private final class Pace implements Subscription {

        @Override
        public void request(long items) {
            if (Thread.currentThread() == subscribing) {
                more(items);
            } else if (!continuation.execute(() -> more(items))) {
                giveUp();
            }
        }

        @Override
        public void cancel() {
            ClassLoader before = UserClassLoader.enter(continuation.loader());
            try {
                giveUp();
            } finally {
                UserClassLoader.leave(before);
            }
        }
    }
}
