package dev.sluice.sdk.annotated;

import dev.sluice.common.error.Failure;
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
 * One batch on its way through a batched method: usually one attempt with all its rows, of which each query brings one unless
 * it brings tensors. If that throws and the actor is idempotent, the halves are attempted one after the other, until each poisonous row
 * has failed alone: for k of n rows O(k log n) calls. Inputs are decoded again for each attempt, since the method may have changed them.
 *
 * <p>Attempts never overlap. Whoever finishes one, on whatever thread, comes to {@link #drain()}; the first attempt runs
 * on the replica's thread, later ones there or, if that has returned, on the {@link Continuation}.
 */
final class BatchedRun implements Disposable {

    private final BatchedCall call;
    private final ServableMethod method;
    private final List<Input> inputs;
    private final Rows rows;
    private final Deque<int[]> waiting = new ArrayDeque<>();
    private final AtomicInteger work = new AtomicInteger();
    private final Disposable.Swap current = Disposables.swap();
    private boolean begun;
    private int taken;

    BatchedRun(BatchedCall call, List<Input> inputs, Rows rows) {
        this.call = call;
        this.method = call.method();
        this.inputs = inputs;
        this.rows = rows;
    }

    void start() {
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
            rows.cancelAll();
        }
    }

    @Override
    public boolean isDisposed() {
        return rows.allEnded();
    }

    // ---- attempts, one at a time: only whoever raised `work` from 0 is in here ----

    private void drain() {
        do {
            int[] attempted = waiting.poll();
            if (attempted != null) {
                attempt(attempted);
            } else if (taken < rows.count()) {
                attempt(nextPart());
            }
        } while (work.decrementAndGet() != 0);
    }

    /** Made when it is its turn: there may be millions of rows. */
    private int[] nextPart() {
        int first = taken;
        int[] part = new int[Math.min(rows.most(), rows.count() - first)];
        Arrays.setAll(part, i -> first + i);
        taken += part.length;
        return part;
    }

    private void attempt(int[] attempted) {
        if (current.isDisposed()) {
            return;
        }
        // Code that never waits does not hear that nobody waits for its other parts any more.
        if (begun && Thread.currentThread().isInterrupted()) {
            rows.cancelAll();
            return;
        }
        begun = true;
        try {
            Object array = call.column().array(attempted.length);
            int[] decoded = decode(attempted, array);
            if (decoded.length == 0) {
                next();
            } else {
                invoke(decoded, call.column().argument(array, decoded.length));
            }
        } catch (RuntimeException
                | Error thrown) { // the machine's, not the user's: user code is caught where it is called
            rows.failAll(UserFailure.of(thrown, method.signature()));
        }
    }

    /** Reads into the front of the array, fails what cannot be read, and returns whose inputs were read. */
    private int[] decode(int[] attempted, Object array) {
        int[] decoded = new int[attempted.length];
        int size = 0;
        int count;
        for (int i = 0; i < attempted.length; i += count) {
            count = rows.together(attempted, i);
            if (rows.isOpen(attempted[i]) && read(attempted[i], count, array, size)) {
                System.arraycopy(attempted, i, decoded, size, count);
                size += count;
            }
        }
        return size == decoded.length ? decoded : Arrays.copyOf(decoded, size);
    }

    private boolean read(int row, int count, Object array, int index) {
        try {
            rows.readInto(row, count, array, index);
            return true;
        } catch (QueryException refused) {
            if (count > 1) {
                // One by one, to name the one that is wrong.
                for (int i = 0; i < count && rows.isOpen(row); i++) {
                    read(row + i, 1, array, index + i);
                }
            } else {
                rows.fail(row, refused.failure());
            }
        } catch (RuntimeException | Error thrown) {
            rows.fail(row, UserFailure.of(thrown, method.signature()));
        }
        return false;
    }

    private void invoke(int[] attempted, Object argument) {
        Caller before = Caller.enter(Caller.ofAll(inputs));
        try {
            invokeForAll(attempted, argument);
        } finally {
            Caller.enter(before);
        }
    }

    private void invokeForAll(int[] attempted, Object argument) {
        Object returned;
        try {
            returned = (@Nullable Object) call.handle().invokeExact(argument);
        } catch (Throwable thrown) { // whatever it is, it is the outcome of these queries
            if (UserFailure.isInterruption(thrown)) {
                rows.cancelAll();
            } else {
                failed(attempted, thrown);
            }
            return;
        }
        if (method.delivery() == Delivery.NOW) {
            spread(attempted, returned);
        } else if (returned == null) {
            failAll(attempted, "returned null where it promised results for later.");
        } else {
            current.replace(Await.of(method.delivery(), returned, new LaterResults(attempted)));
        }
    }

    // ---- outcomes of an attempt, on any thread ----

    private void failed(int[] attempted, Throwable thrown) {
        if (attempted.length == 1) {
            rows.fail(attempted[0], UserFailure.ofOne(thrown, method.signature()));
        } else if (call.bisecting() && UserFailure.mayBePoison(thrown)) {
            int middle = attempted.length / 2;
            waiting.addFirst(Arrays.copyOfRange(attempted, middle, attempted.length));
            waiting.addFirst(Arrays.copyOf(attempted, middle));
        } else {
            Failure failure = rows.isOneQuery(attempted)
                    ? UserFailure.ofOne(thrown, method.signature())
                    : UserFailure.of(thrown, method.signature());
            for (int row : attempted) {
                rows.failTogether(row, failure);
            }
        }
        next();
    }

    private void spread(int[] attempted, @Nullable Object returned) {
        Object results;
        try {
            results = returned instanceof Collection<?> list ? list.toArray() : returned;
        } catch (RuntimeException | Error thrown) {
            failAll(attempted, "returned a list that threw " + UserFailure.describe(thrown));
            return;
        }
        if (results == null || !results.getClass().isArray()) {
            failAll(attempted, "returned " + results + " for " + count(attempted.length) + ".");
            return;
        }
        int size = Array.getLength(results);
        if (size != attempted.length) {
            failAll(
                    attempted,
                    "returned " + size + (size == 1 ? " result" : " results") + " for " + count(attempted.length)
                            + ".");
            return;
        }
        if (results instanceof Object[]) {
            @Nullable Object[] values = (@Nullable Object[]) results;
            for (int i = 0; i < attempted.length; i++) {
                rows.end(attempted[i], values[i]);
            }
        } else {
            int count;
            for (int i = 0; i < attempted.length; i += count) {
                count = rows.together(attempted, i);
                rows.endWithElements(attempted[i], count, results, i);
            }
        }
        next();
    }

    private void failAll(int[] attempted, String why) {
        for (int row : attempted) {
            rows.failTogether(row, UserFailure.sentence(method.signature(), why));
        }
        next();
    }

    private static String count(int inputs) {
        return inputs == 1 ? "1 query" : inputs + " queries";
    }

    /** After an attempt ended. Within {@link #drain()} that goes on; else a thread is found to begin it again. */
    private void next() {
        if ((!waiting.isEmpty() || taken < rows.count())
                && work.getAndIncrement() == 0
                && !call.continuation().execute(this::drain)) {
            rows.cancelAll();
        }
    }

    private final class LaterResults implements Await.Outcome {

        private final int[] attempted;

        LaterResults(int[] attempted) {
            this.attempted = attempted;
        }

        @Override
        public void value(@Nullable Object value) {
            spread(attempted, value);
        }

        @Override
        public void error(Throwable thrown) {
            failed(attempted, thrown);
        }
    }
}
