package dev.sluice.frontend.flight.exchange;

import dev.sluice.common.error.Failure;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.flight.wire.FlightMessage;
import dev.sluice.frontend.flight.wire.FlightOutput;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.rpc.ArrivingBytes;
import dev.sluice.frontend.rpc.CallInfo;
import dev.sluice.frontend.rpc.CallLoop;
import dev.sluice.frontend.rpc.GrpcOutcomes;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One call: batches are asked for as long as there is room, answered at the same time, and their results leave in their order. A caller
 * that reads slowly is asked for no more. All happens in the drain loop.
 */
public final class Exchange extends CallLoop implements StreamObserver<FlightMessage> {

    /** Batches that are taken up at once. */
    static final int WINDOW = 16;

    /** Their bytes; one may be taken up whatever its size. */
    static final long WINDOW_BYTES = 16 * 1024 * 1024;

    private final ServerCallStreamObserver<FlightMessage> caller;
    private final ExchangeInput input;
    private final CallInfo info;

    // only the drain loop touches these
    private final Deque<ExchangedBatch> batches = new ArrayDeque<>();
    private final FlightOutput output;
    private long heldBytes;
    private boolean requested;
    private boolean noMore;
    private boolean stopping;
    private boolean over;
    private @Nullable Failure failure;

    public Exchange(
            ServerCallStreamObserver<FlightMessage> caller,
            ExchangeInput input,
            CallInfo info,
            FrontendDrain drain,
            Executor executor) {
        super(executor);
        this.caller = caller;
        this.input = input;
        this.info = info;
        this.output = new FlightOutput(caller);
        ArrivingBytes arriving = info.arriving();
        if (arriving != null) {
            arriving.handOverAndEndBy(why -> post(() -> refuse(why)));
        }
        caller.disableAutoRequest();
        caller.setOnReadyHandler(() -> post(this::goOn));
        caller.setOnCancelHandler(() -> post(this::cancelled));
        whenStopping(drain, this::stop);
        post(this::goOn);
    }

    @Override
    public void onNext(FlightMessage message) {
        post(() -> take(message));
    }

    @Override
    public void onError(Throwable cause) {
        post(this::cancelled);
    }

    @Override
    public void onCompleted() {
        post(() -> {
            noMore = true;
            goOn();
        });
    }

    private void take(FlightMessage message) {
        requested = false;
        try {
            if (!over && failure == null) {
                input.take(message, this::begin).ifPresent(output::schema);
            }
        } catch (RuntimeException e) {
            failure = input.refused(e);
        } finally {
            message.release();
            ArrivingBytes arriving = info.arriving();
            if (arriving != null) {
                arriving.giveBack();
            }
        }
        goOn();
    }

    /** A batch that is on its way; its place among the others is the last. */
    private ExchangedBatch begin(ExchangedBatch.Head head, Translation.Result result) {
        ExchangedBatch batch = new ExchangedBatch(this, head, result);
        batches.add(batch);
        heldBytes += head.size();
        return batch;
    }

    /** Takes the answer's body over. */
    void answered(ExchangedBatch batch, Answer answer) {
        if (over || batch.isOver()) {
            answer.body().release();
            return;
        }
        batch.keep(answer);
        goOn();
    }

    void ended(ExchangedBatch batch, @Nullable Throwable cause) {
        batch.end(cause);
        goOn();
    }

    /** Whatever can be done now. */
    private void goOn() {
        if (over) {
            return;
        }
        giveResults();
        boolean allLeft = output.send();
        ExchangedBatch first = batches.peek();
        if (allLeft && first != null) {
            first.more();
        }
        if (allLeft && batches.isEmpty() && (failure != null || noMore || stopping)) {
            end(failure != null || noMore ? failure : FrontendDrain.STOPPING);
        } else {
            askForMore();
        }
    }

    private void giveResults() {
        for (ExchangedBatch first = batches.peek(); first != null; first = batches.peek()) {
            try {
                first.give(output);
            } catch (RuntimeException e) {
                first.end(e);
            }
            Throwable cause = first.failure();
            if (cause != null) {
                failure = first.head().in(first.head().label().failure(cause));
                cancelBatches();
                return;
            }
            if (!first.isDone()) {
                return;
            }
            heldBytes -= first.head().size();
            first.close();
            batches.remove();
        }
    }

    private void askForMore() {
        boolean room = batches.isEmpty() || batches.size() < input.window() && heldBytes < WINDOW_BYTES;
        if (room && !requested && !noMore && !stopping && failure == null && output.isFree()) {
            requested = true;
            caller.request(1);
        }
    }

    /** What was asked is answered; then the call ends, whoever might go on. */
    private void stop() {
        stopping = true;
        goOn();
    }

    private void cancelled() {
        if (!over) {
            close();
        }
    }

    @Override
    protected void fault(Throwable cause) {
        refuse(GrpcOutcomes.failure(cause));
    }

    private void refuse(Failure why) {
        if (!over) {
            end(why);
        }
    }

    private void end(@Nullable Failure why) {
        close();
        if (why == null) {
            caller.onCompleted();
        } else {
            caller.onError(GrpcOutcomes.exception(why));
        }
    }

    private void close() {
        over = true;
        hasEnded();
        cancelBatches();
        output.close();
        input.close();
    }

    /** What is late the platform ends by itself, as expired, but for streams that have begun. */
    private void cancelBatches() {
        batches.forEach(batch -> batch.cancel(info.isLate() && !batch.head().streaming()));
        batches.clear();
        heldBytes = 0;
    }
}
