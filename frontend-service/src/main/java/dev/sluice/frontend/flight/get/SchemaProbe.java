package dev.sluice.frontend.flight.get;

import dev.sluice.frontend.flight.ipc.IpcMessage;
import dev.sluice.frontend.query.Answer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** Learns the schema of a result from its beginning; of the rest the query is relieved. Its first signals come one after the other, and so soon that it is not worth to stop it for a caller who goes. */
public final class SchemaProbe implements CoreSubscriber<Answer> {

    private final ArrowResult result;
    private final Consumer<byte[]> found;
    private final Consumer<Throwable> failed;
    private volatile @Nullable Subscription upstream;
    private boolean over;

    /**
     * @param model its name
     * @param found the head of the schema; or else
     * @param failed why there is none
     */
    public SchemaProbe(String model, Consumer<byte[]> found, Consumer<Throwable> failed) {
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
        if (over) {
            answer.body().release();
            return;
        }
        try {
            result.feed(answer);
            IpcMessage first = result.next();
            if (first != null) {
                first.release();
                end();
                cancel();
                found.accept(first.head());
                return;
            }
        } catch (RuntimeException e) {
            cancel();
            onError(e);
            return;
        }
        Subscription query = upstream;
        if (query != null) {
            query.request(1);
        }
    }

    @Override
    public void onError(Throwable cause) {
        if (!over) {
            end();
            failed.accept(cause);
        }
    }

    @Override
    public void onComplete() {
        if (!over) {
            try {
                result.requireWhole(false);
            } catch (RuntimeException e) {
                onError(e);
            }
        }
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
