package dev.sluice.frontend.flight.get;

import dev.sluice.frontend.flight.ipc.IpcMessage;
import dev.sluice.frontend.flight.wire.FlightMessage;
import dev.sluice.frontend.flight.wire.FlightOutput;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryLabel;
import dev.sluice.frontend.rpc.CallInfo;
import dev.sluice.frontend.rpc.CallLoop;
import dev.sluice.frontend.rpc.GrpcOutcomes;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * The pieces of one result on their way to a caller: no more of them are asked for than it reads. All happens in the drain loop.
 */
public final class Download extends CallLoop implements CoreSubscriber<Answer> {

    /** Pieces on their way at once. */
    private static final int AHEAD = 16;

    /**
     * What is downloaded.
     *
     * @param model its name
     * @param id of the query
     * @param streaming whether its pieces are those of a stream
     */
    public record Subject(String model, String id, boolean streaming) {}

    private final ServerCallStreamObserver<FlightMessage> caller;
    private final CallInfo info;
    private final Subject subject;
    private volatile @Nullable Subscription upstream;

    // only the drain loop touches these
    private final ArrowResult result;
    private final FlightOutput output;
    private int taken;
    private boolean complete;
    private boolean over;

    public Download(ServerCallStreamObserver<FlightMessage> caller, Subject subject, CallInfo info, Executor executor) {
        super(executor);
        this.caller = caller;
        this.info = info;
        this.subject = subject;
        this.result = new ArrowResult(subject.model());
        this.output = new FlightOutput(caller);
        caller.setOnReadyHandler(() -> post(this::goOn));
        caller.setOnCancelHandler(() -> post(this::cancelled));
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        subscription.request(AHEAD);
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
            complete = true;
            goOn();
        });
    }

    private void take(Answer answer) {
        if (over) {
            answer.body().release();
            return;
        }
        result.feed(answer);
        taken++;
        goOn();
    }

    private void goOn() {
        if (over) {
            return;
        }
        while (output.send()) {
            IpcMessage next = result.next();
            if (next == null) {
                more();
                return;
            }
            output.give(next, subject.id());
        }
    }

    /** All that came has left. */
    private void more() {
        if (complete) {
            result.requireWhole(output.hasSchema());
            close();
            caller.onCompleted();
            return;
        }
        Subscription query = upstream;
        if (query != null && taken > 0) {
            int more = taken;
            taken = 0;
            query.request(more);
        }
    }

    /** What came before is as good as it was, but the caller is told of the failure as soon as it can be. */
    private void fail(Throwable cause) {
        if (!over) {
            close();
            QueryLabel label = info.label(subject.model(), subject.id());
            caller.onError(GrpcOutcomes.exception(label.failure(cause)));
        }
    }

    /** The caller is gone. One query whose deadline passed the platform ends by itself, as expired; a stream that has begun it does not. */
    private void cancelled() {
        if (!over) {
            close();
            if (subject.streaming() || !info.isLate()) {
                cancel();
            }
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

    private void close() {
        over = true;
        output.close();
        result.close();
    }
}
