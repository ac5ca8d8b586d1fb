package dev.sluice.frontend.flight;

import static dev.sluice.frontend.flight.FlightFrontend.failure;
import static dev.sluice.frontend.flight.FlightFrontend.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.http.LeakGuard;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.CallOptions;
import org.apache.arrow.flight.FlightClient.ExchangeReaderWriter;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is too much, and callers that go. */
@ExtendWith(LeakGuard.class)
@Timeout(180)
class FlightLimitsTest {

    @RegisterExtension
    final FlightFrontend frontend = new FlightFrontend();

    private VectorSchemaRoot longs(int count) {
        return Batches.longs(frontend.memory(), "x", new long[count]);
    }

    @Test
    void refusesWhatThereIsNoRoomFor() {
        frontend.gateway().maxRetainedBytes(10_000);
        FlightRuntimeException failure = failure(() -> frontend.exchange(path("adds"), longs(10_000)));
        assertThat(failure.status().code()).isEqualTo(FlightStatusCode.UNAVAILABLE);
        assertThat(failure.getMessage()).contains("sluice.frontend.max-retained");
        assertThat(frontend.gateway().calls()).isEmpty();
    }

    @Test
    void refusesAMessageBeyondTheLargestInput() {
        FlightRuntimeException failure = failure(() -> frontend.exchange(path("adds"), longs(9 * 1024 * 1024)));
        // gRPC itself refuses it: with words where it had sent nothing yet.
        assertThat(failure.status().code()).isIn(FlightStatusCode.RESOURCE_EXHAUSTED, FlightStatusCode.CANCELLED);
        assertThat(frontend.exchange(path("adds"), longs(1))).hasSize(1);
    }

    @Test
    void takesUpNoMoreBatchesThanItsWindowAndCancelsAllOfACallerThatGoes() throws Exception {
        try (VectorSchemaRoot batch = longs(1)) {
            ExchangeReaderWriter call = frontend.client().doExchange(path("never"));
            call.getWriter().start(batch);
            for (int i = 0; i < 40; i++) {
                call.getWriter().putNext();
            }
            await().until(() -> frontend.gateway().calls().size() == 16);
            // Another call goes on, and by its end the first one could have taken more.
            assertThat(frontend.exchange(path("adds"), longs(1))).hasSize(1);
            assertThat(frontend.gateway().calls()).hasSize(17);
            call.getReader().cancel("gone", null);
            await().until(() -> frontend.gateway().cancelledCalls() == 16);
            call.getReader().close();
        }
    }

    @Test
    void cancelsTheRowsOfACallerThatGoes() throws Exception {
        frontend.gateway().oneThatNeverEnds("slow");
        try (VectorSchemaRoot batch = longs(1000)) {
            ExchangeReaderWriter call = frontend.client().doExchange(path("slow"));
            call.getWriter().start(batch);
            call.getWriter().putNext();
            await().until(() -> frontend.gateway().calls().size() == 256);
            call.getReader().cancel("gone", null);
            await().until(() -> frontend.gateway().cancelledCalls() == 256);
            call.getReader().close();
        }
    }

    @Test
    void endsAtTheDeadline() {
        frontend.gateway()
                .actor(
                        "late",
                        false,
                        call -> Mono.delay(Duration.ofNanos(call.budgetNanos()))
                                .thenMany(Flux.error(new QueryException(ErrorCode.EXPIRED, "It is late."))));
        FlightRuntimeException failure = failure(() -> frontend.exchange(
                path("late"), new CallOption[] {CallOptions.timeout(300, TimeUnit.MILLISECONDS)}, longs(1)));
        assertThat(failure.status().code()).isEqualTo(FlightStatusCode.TIMED_OUT);
    }
}
