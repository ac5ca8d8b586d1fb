package dev.sluice.frontend.flight.get;

import dev.sluice.frontend.flight.ipc.IpcMessage;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.rpc.CallLoop;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** Learns the schema of a result from its beginning; of the rest the query is relieved. All happens in the drain loop. */
public final class SchemaProbe extends CallLoop implements CoreSubscriber<Answer> {

    private final Consumer<byte[]> found;
    private final Consumer<Throwable> failed;
    private volatile @Nullable Subscription upstream;

    // only the drain loop touches these
    private final ArrowResult result;
    private boolean over;

    /**
     * @param model its name
     * @param found the head of the schema; or else
     * @param failed why there is none
     */
    public SchemaProbe(String model, Consumer<byte[]> found, Consumer<Throwable> failed, Executor executor) {
        super(executor);
        this.result = new ArrowResult(model);
        this.found = found;
        this.failed = failed;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(Answer answer) {
        post(() -> take(answer));
    }

    @Override
    public void onError(Throwable cause) {
        post(() -> fail(cause));
    }

    @Override
    public void onComplete() {
        post(() -> {
            if (!over) {
                result.requireWhole(false);
            }
        });
    }

    /** In the loop: nobody waits for it any more. */
    public void relieve() {
        if (!over) {
            end();
            cancel();
        }
    }

    private void take(Answer answer) {
        if (over) {
            answer.body().release();
            return;
        }
        result.feed(answer);
        IpcMessage first = result.next();
        if (first != null) {
            first.release();
            relieve();
            found.accept(first.head());
            return;
        }
        Subscription query = upstream;
        if (query != null) {
            query.request(1);
        }
    }

    private void fail(Throwable cause) {
        if (!over) {
            end();
            failed.accept(cause);
        }
    }

    @Override
    protected void fault(Throwable cause) {
        cancel();
        fail(cause);
    }

    private void cancel() {
        Subscription query = upstream;
        if (query != null) {
            query.cancel();
        }
    }

    private void end() {
        over = true;
        result.close();
    }
}
