package dev.sluice.frontend.flight;

import static dev.sluice.common.testing.Patience.await;
import static dev.sluice.frontend.flight.FlightFrontend.command;
import static dev.sluice.frontend.flight.FlightFrontend.failure;
import static dev.sluice.frontend.flight.FlightFrontend.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.DataType;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.query.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.CallOptions;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;

/** Callers whose time is up while a stream goes on, and rows whose answers nobody takes: nothing of them is left running or held. */
@ExtendWith(LeakGuard.class)
@Timeout(180)
class FlightGoneTest {

    private static final String ARROW = "application/vnd.apache.arrow.stream";
    private static final CallOption SOON = CallOptions.timeout(300, TimeUnit.MILLISECONDS);

    @RegisterExtension
    final FlightFrontend frontend = new FlightFrontend();

    private VectorSchemaRoot longs(long... values) {
        return Batches.longs(frontend.memory(), "x", values);
    }

    /** Calls until the time was up after the query had begun, which a busy machine may not manage at once. */
    private void timesOutAndIsCancelled(ThrowingCallable call) {
        do {
            assertThat(failure(call).status().code()).isEqualTo(FlightStatusCode.TIMED_OUT);
        } while (frontend.gateway().calls().isEmpty());
        // One whose time was up before it had begun may still begin.
        await().untilAsserted(() -> assertThat(frontend.gateway().cancelledCalls())
                .isEqualTo(frontend.gateway().calls().size()));
    }

    private static Flux<Answer> aPieceAndNoMore() {
        return Flux.just(new Answer(ByteBufAllocator.DEFAULT.buffer().writeInt(-1), ARROW))
                .concatWith(Flux.never());
    }

    @Test
    @SuppressWarnings("try") // no test is interrupted
    void aDownloadThatHasBegunIsCancelledAtItsDeadline() {
        frontend.gateway().body("stalls", ARROW, call -> aPieceAndNoMore());
        Ticket ticket = new Ticket("{\"actor\": \"stalls\"}".getBytes(StandardCharsets.UTF_8));
        timesOutAndIsCancelled(() -> {
            try (FlightStream stream = frontend.client().getStream(ticket, SOON)) {
                stream.next();
            }
        });
    }

    @Test
    void aStreamOfABatchThatHasBegunIsCancelledAtItsDeadline() {
        frontend.gateway()
                .actor(
                        "stalls",
                        true,
                        call -> Flux.just(FlightFrontend.copied(call)).concatWith(Flux.never()));
        timesOutAndIsCancelled(() -> frontend.exchange(path("stalls"), new CallOption[] {SOON}, longs(1)));
    }

    @Test
    void aQueryForASchemaIsCancelledWithItsCaller() {
        frontend.gateway().body("stalls", ARROW, call -> aPieceAndNoMore());
        timesOutAndIsCancelled(
                () -> frontend.client().getSchema(command("{\"actor\": \"stalls\", \"input\": {}}"), SOON));
    }

    @Test
    void answersThatWaitForTheirTurnAreReleasedWhereARowFails() {
        List<ByteBuf> waiting = rows(Flux.error(new QueryException(ErrorCode.FAILED, "It is planned.")));
        FlightRuntimeException failure = failure(() -> frontend.exchange(path("rows"), longs(0, 1, 2, 3, 4, 5)));
        assertThat(failure.getMessage()).contains("Batch 0: It is planned.");
        assertAllReleased(waiting);
    }

    @Test
    void answersThatWaitForTheirTurnAreReleasedWhereTheCallerGoes() throws Exception {
        List<ByteBuf> waiting = rows(Flux.never());
        try (VectorSchemaRoot batch = longs(0, 1, 2, 3, 4, 5)) {
            var call = frontend.client().doExchange(path("rows"));
            call.getWriter().start(batch);
            call.getWriter().putNext();
            await().until(() ->
                    waiting.size() == 4 && frontend.gateway().calls().size() == 6);
            call.getReader().cancel("gone", null);
            call.getReader().close();
        }
        assertAllReleased(waiting);
    }

    /** The first row is not answered, the next four are, and the sixth is as given. */
    private List<ByteBuf> rows(Flux<Answer> sixth) {
        var number = FlightFrontend.spec("x", DataType.INT64, 1);
        List<ByteBuf> answered = new CopyOnWriteArrayList<>();
        frontend.gateway().one("rows", number, number);
        frontend.gateway().change("rows", (call, answer) -> switch (frontend.gateway()
                .calls()
                .size()) {
            case 1 -> Flux.never();
            case 6 -> sixth;
            default -> answer.doOnNext(given -> answered.add(given.body()));
        });
        return answered;
    }

    private static void assertAllReleased(List<ByteBuf> answered) {
        await().untilAsserted(() ->
                assertThat(answered).hasSize(4).extracting(ByteBuf::refCnt).containsOnly(0));
    }
}
