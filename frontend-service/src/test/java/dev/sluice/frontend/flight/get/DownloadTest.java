package dev.sluice.frontend.flight.get;

import static dev.sluice.frontend.access.Caller.ANONYMOUS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.flight.wire.FlightMessage;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.rpc.CallInfo;
import io.grpc.Deadline;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Where this side sees first that the time is up; clients mostly cancel before that. */
class DownloadTest {

    private final AtomicInteger cancelled = new AtomicInteger();
    private final Caller caller = new Caller();

    private void isLate(boolean streaming) {
        CallInfo late =
                new CallInfo(null, ANONYMOUS, Deadline.after(-1, TimeUnit.SECONDS), CallInfo.Options.NONE, null);
        Download download = new Download(caller, new Download.Subject("rows", "id", streaming), late, Runnable::run);
        Flux.<Answer>never().doOnCancel(cancelled::incrementAndGet).subscribe(download);
        caller.cancel();
    }

    @Test
    void aStreamIsCancelledAtTheDeadlineSinceNobodyElseEndsIt() {
        isLate(true);
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void aQueryOfOneAnswerIsLeftToExpire() {
        isLate(false);
        assertThat(cancelled).hasValue(0);
    }

    /** Takes nothing, and goes when it is told to. */
    private static final class Caller extends ServerCallStreamObserver<FlightMessage> {

        private Runnable onCancel = () -> {};

        void cancel() {
            onCancel.run();
        }

        @Override
        public void setOnCancelHandler(@Nullable Runnable handler) {
            onCancel = handler == null ? () -> {} : handler;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public void setOnReadyHandler(@Nullable Runnable handler) {}

        @Override
        public void setCompression(String compression) {}

        @Override
        public void disableAutoInboundFlowControl() {}

        @Override
        public void request(int count) {}

        @Override
        public void setMessageCompression(boolean enable) {}

        @Override
        public void onNext(FlightMessage message) {
            throw new AssertionError("It is not ready");
        }

        @Override
        public void onError(Throwable cause) {
            throw new AssertionError(cause);
        }

        @Override
        public void onCompleted() {
            throw new AssertionError("Nothing has completed");
        }
    }
}
