package dev.sluice.sdk.annotated;

import dev.sluice.common.error.QueryException;
import dev.sluice.sdk.actor.Caller;
import dev.sluice.sdk.actor.Input;
import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * One batch on its way through a batched method: usually one attempt with all queries. If that throws and the actor is
 * idempotent, the halves are attempted one after the other, until each poisonous query has failed alone: for k of n
 * queries O(k log n) calls. Inputs are decoded again for each attempt, since the method may have changed them.
 *
 * <p>Attempts never overlap. Whoever finishes one, on whatever thread, comes to {@link #drain()}; the first attempt runs
 * on the replica's thread, later ones there or, if that has returned, on the {@link Continuation}.
 */
final class BatchedRun implements Disposable {

    private final BatchedCall call;
    private final ServableMethod method;
    private final List<Input> inputs;
    private final OpenQueries open;
    private final Deque<int[]> waiting = new ArrayDeque<>();
    private final AtomicInteger work = new AtomicInteger();
    private final Disposable.Swap current = Disposables.swap();

    BatchedRun(BatchedCall call, List<Input> inputs, OpenQueries open) {
        this.call = call;
        this.method = call.method();
        this.inputs = inputs;
        this.open = open;
    }

    void start() {
        int[] all = new int[inputs.size()];
        Arrays.setAll(all, query -> query);
        waiting.add(all);
        work.incrementAndGet();
        drain();
    }

    @Override
    public void dispose() {
        try {
            current.dispose();
        } catch (RuntimeException | Error thrown) {
            AnnotatedInstance.log.warn("User code threw when its result was given up.", thrown);
        } finally {
            open.cancelAll();
        }
    }

    @Override
    public boolean isDisposed() {
        return open.allEnded();
    }

    // ---- attempts, one at a time: only whoever raised `work` from 0 is in here ----

    private void drain() {
        do {
            int[] queries = waiting.poll();
            if (queries != null) {
                attempt(queries);
            }
        } while (work.decrementAndGet() != 0);
    }

    private void attempt(int[] queries) {
        if (current.isDisposed()) {
            return;
        }
        try {
            Object array = call.column().array(queries.length);
            int[] decoded = decode(queries, array);
            if (decoded.length == 0) {
                next();
            } else {
                invoke(decoded, call.column().argument(array, decoded.length));
            }
        } catch (RuntimeException
                | Error thrown) { // the machine's, not the user's: user code is caught where it is called
            open.failAll(UserFailure.of(thrown, method.signature()));
        }
    }

    /** Reads into the front of the array, fails what cannot be read, and returns whose inputs were read. */
    private int[] decode(int[] queries, Object array) {
        int[] decoded = new int[queries.length];
        int size = 0;
        for (int query : queries) {
            if (open.isOpen(query) && read(query, array, size)) {
                decoded[size++] = query;
            }
        }
        return size == decoded.length ? decoded : Arrays.copyOf(decoded, size);
    }

    private boolean read(int query, Object array, int index) {
        Input input = inputs.get(query);
        try {
            method.reader().readInto(array, index, input.body(), input.mediaType());
            return true;
        } catch (QueryException refused) {
            open.fail(query, refused.failure());
        } catch (RuntimeException | Error thrown) {
            open.fail(query, UserFailure.of(thrown, method.signature()));
        }
        return false;
    }

    private void invoke(int[] queries, Object argument) {
        Caller before = Caller.enter(Caller.ofAll(inputs));
        try {
            invokeForAll(queries, argument);
        } finally {
            Caller.enter(before);
        }
    }

    private void invokeForAll(int[] queries, Object argument) {
        Object returned;
        try {
            returned = (@Nullable Object) call.handle().invokeExact(argument);
        } catch (Throwable thrown) { // whatever it is, it is the outcome of these queries
            if (UserFailure.isInterruption(thrown)) {
                open.cancelAll();
            } else {
                failed(queries, thrown);
            }
            return;
        }
        if (method.delivery() == Delivery.NOW) {
            spread(queries, returned);
        } else if (returned == null) {
            failAll(queries, "returned null where it promised results for later.");
        } else {
            current.replace(Await.of(method.delivery(), returned, new LaterResults(queries)));
        }
    }

    // ---- outcomes of an attempt, on any thread ----

    private void failed(int[] queries, Throwable thrown) {
        if (queries.length == 1) {
            open.fail(queries[0], UserFailure.ofOne(thrown, method.signature()));
        } else if (call.bisecting() && UserFailure.mayBePoison(thrown)) {
            int middle = queries.length / 2;
            waiting.addFirst(Arrays.copyOfRange(queries, middle, queries.length));
            waiting.addFirst(Arrays.copyOf(queries, middle));
        } else {
            for (int query : queries) {
                open.fail(query, UserFailure.of(thrown, method.signature()));
            }
        }
        next();
    }

    private void spread(int[] queries, @Nullable Object returned) {
        Object results;
        try {
            results = returned instanceof Collection<?> list ? list.toArray() : returned;
        } catch (RuntimeException | Error thrown) {
            failAll(queries, "returned a list that threw " + UserFailure.describe(thrown));
            return;
        }
        if (results == null || !results.getClass().isArray()) {
            failAll(queries, "returned " + results + " for " + count(queries.length) + ".");
            return;
        }
        int size = Array.getLength(results);
        if (size != queries.length) {
            failAll(
                    queries,
                    "returned " + size + (size == 1 ? " result" : " results") + " for " + count(queries.length) + ".");
            return;
        }
        if (results instanceof Object[]) {
            @Nullable Object[] values = (@Nullable Object[]) results;
            for (int i = 0; i < queries.length; i++) {
                method.encoder().end(open, queries[i], values[i]);
            }
        } else {
            for (int i = 0; i < queries.length; i++) {
                method.encoder().endWithElement(open, queries[i], results, i);
            }
        }
        next();
    }

    private void failAll(int[] queries, String why) {
        for (int query : queries) {
            open.fail(query, UserFailure.sentence(method.signature(), why));
        }
        next();
    }

    private static String count(int queries) {
        return queries == 1 ? "1 query" : queries + " queries";
    }

    /** After an attempt ended. Within {@link #drain()} that goes on; else a thread is found to begin it again. */
    private void next() {
        if (!waiting.isEmpty()
                && work.getAndIncrement() == 0
                && !call.continuation().execute(this::drain)) {
            open.cancelAll();
        }
    }

    private final class LaterResults implements Await.Outcome {

        private final int[] queries;

        LaterResults(int[] queries) {
            this.queries = queries;
        }

        @Override
        public void value(@Nullable Object value) {
            spread(queries, value);
        }

        @Override
        public void error(Throwable thrown) {
            failed(queries, thrown);
        }
    }
}
