package dev.sluice.sdk.annotated;

import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferMedia;
import dev.sluice.sdk.actor.Caller;
import dev.sluice.sdk.actor.Input;
import dev.sluice.sdk.tensor.TensorModel;
import dev.sluice.sdk.tensor.TensorQuery;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * Calls a method once per query, in the order of the batch. A blocking method's next query begins when the last one ended;
 * asynchronous results of one batch may overlap.
 */
final class ScalarCall implements MethodCall {

    private final ServableMethod method;
    private final MethodHandle handle;
    private final TensorModel model;
    private final Continuation continuation;

    /** @param model as what it answers those who ask with tensors */
    ScalarCall(ServableMethod method, MethodHandle handle, Continuation continuation, TensorModel model) {
        this.method = method;
        this.model = model;
        this.handle = handle;
        this.continuation = continuation;
    }

    @Override
    public Disposable run(List<Input> inputs, OpenQueries open) {
        List<Disposable> pending = new ArrayList<>(method.delivery() == Delivery.NOW ? 0 : inputs.size());
        for (int query = 0; query < inputs.size(); query++) {
            if (query > 0 && Thread.currentThread().isInterrupted()) {
                open.cancel(query);
            } else if (!start(inputs.get(query), query, open, pending)) {
                for (int rest = query; rest < inputs.size(); rest++) {
                    open.cancel(rest);
                }
                break;
            }
        }
        return pending.isEmpty() ? Disposables.disposed() : new Pending(pending, open);
    }

    /** False where the thread was interrupted. */
    private boolean start(Input input, int query, OpenQueries open, List<Disposable> pending) {
        Caller before = Caller.enter(input.caller());
        try {
            return startFor(input, query, open, pending);
        } finally {
            Caller.enter(before);
        }
    }

    private boolean startFor(Input input, int query, OpenQueries open, List<Disposable> pending) {
        Object argument;
        try {
            argument = argument(input, query, open);
        } catch (QueryException refused) {
            open.fail(query, refused.failure());
            return true;
        } catch (RuntimeException | Error thrown) {
            open.fail(query, UserFailure.of(thrown, method.signature()));
            return true;
        }
        Object returned;
        try {
            returned = (@Nullable Object) handle.invokeExact(argument);
        } catch (Throwable thrown) { // whatever it is, it is this query's outcome and nobody else's trouble
            if (UserFailure.isInterruption(thrown)) {
                return false;
            }
            open.fail(query, UserFailure.ofOne(thrown, method.signature()));
            return true;
        }
        deliver(returned, query, open, pending);
        return true;
    }

    private @Nullable Object argument(Input input, int query, OpenQueries open) {
        if (!InferMedia.isRequest(input.mediaType())) {
            return method.reader().read(input.body(), input.mediaType());
        }
        TensorQuery tensors = TensorQuery.read(input.body(), input.mediaType(), method.tensors());
        open.answer(query, tensors.answer(model));
        return tensors.read(0);
    }

    private void deliver(@Nullable Object returned, int query, OpenQueries open, List<Disposable> pending) {
        if (method.delivery() == Delivery.NOW) {
            method.encoder().end(open, query, returned);
        } else if (returned == null) {
            open.fail(
                    query,
                    UserFailure.sentence(method.signature(), "returned null where it promised a result for later."));
        } else if (method.delivery() == Delivery.STREAM) {
            StreamRun stream = new StreamRun(method, open, query, continuation);
            pending.add(stream);
            stream.start((Publisher<?>) returned);
        } else {
            pending.add(Await.of(method.delivery(), returned, new OneResult(query, open)));
        }
    }

    private final class OneResult implements Await.Outcome {

        private final int query;
        private final OpenQueries open;

        OneResult(int query, OpenQueries open) {
            this.query = query;
            this.open = open;
        }

        @Override
        public void value(@Nullable Object value) {
            method.encoder().end(open, query, value);
        }

        @Override
        public void error(Throwable thrown) {
            open.fail(query, UserFailure.ofOne(thrown, method.signature()));
        }
    }

    /** Results to come. */
    private record Pending(List<Disposable> results, OpenQueries open) implements Disposable {

        @Override
        public void dispose() {
            try {
                results.forEach(Pending::giveUp);
            } finally {
                open.cancelAll();
            }
        }

        @Override
        public boolean isDisposed() {
            return open.allEnded();
        }

        private static void giveUp(Disposable result) {
            try {
                result.dispose();
            } catch (RuntimeException | Error thrown) {
                AnnotatedInstance.log.warn("User code threw when its result was given up.", thrown);
            }
        }
    }
}
