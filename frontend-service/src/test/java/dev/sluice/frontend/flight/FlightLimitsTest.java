package dev.sluice.frontend.flight;

import static dev.sluice.common.testing.Patience.await;
import static dev.sluice.frontend.flight.FlightFrontend.failure;
import static dev.sluice.frontend.flight.FlightFrontend.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.TensorSignature;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.frontend.http.LeakGuard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.CallOptions;
import org.apache.arrow.flight.FlightClient.ExchangeReaderWriter;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Schema;
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
    void refusesColumnsThatAreLargerAsTensors() {
        frontend.gateway().maxPayloadBytes(8_192);
        TensorSpec flags = FlightFrontend.spec("x", DataType.BOOL, -1);
        frontend.gateway().model("flags", new TensorSignature(List.of(flags), List.of(flags)), call -> Flux.empty());
        BitVector bits = new BitVector("x", frontend.memory());
        bits.allocateNew(10_000);
        IntStream.range(0, 10_000).forEach(i -> bits.set(i, 1));
        FlightRuntimeException failure = failure(() -> frontend.exchange(path("flags"), Batches.root(bits, 10_000)));
        assertThat(failure.getMessage()).contains("Batch 0: ", "from 'x' on: send fewer rows at once");
        assertThat(failure.status().code()).isEqualTo(FlightStatusCode.RESOURCE_EXHAUSTED);
        assertThat(frontend.gateway().calls()).isEmpty();
    }

    @Test
    void refusesASchemaThatIsMoreThanOneNeedsToBe() {
        VectorSchemaRoot batch = longs(1);
        Schema described = new Schema(batch.getSchema().getFields(), Map.of("story", "x".repeat(300_000)));
        FlightRuntimeException failure = failure(
                () -> frontend.exchange(path("adds"), new VectorSchemaRoot(described, batch.getFieldVectors(), 1)));
        assertThat(failure.status().code()).isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
        assertThat(failure.getMessage()).contains("The schema has ", "leave out its metadata");
    }

    @Test
    void refusesATicketThatIsMoreThanACommand() {
        byte[] ticket = ("{\"actor\": \"arrow\", \"input\": [" + "0,".repeat(600_000) + "0]}")
                .getBytes(StandardCharsets.US_ASCII);
        FlightRuntimeException failure =
                failure(() -> frontend.client().getStream(new Ticket(ticket)).next());
        assertThat(failure.status().code()).isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
        assertThat(failure.getMessage()).contains("The ticket has 1200", "by DoExchange, or over HTTP");
    }

    @Test
    @SuppressWarnings("try") // an interrupt fails the test, wherever it comes
    void countsDictionariesAsLongAsTheyAreHeld() throws Exception {
        try (VarCharVector words = new VarCharVector("words", frontend.memory());
                VectorSchemaRoot plain = Batches.texts(frontend.memory(), "x", "w", "w")) {
            words.allocateNew();
            words.setSafe(0, "w".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
            words.setValueCount(1);
            ((VarCharVector) plain.getVector(0)).setSafe(0, words.get(0));
            ((VarCharVector) plain.getVector(0)).setSafe(1, words.get(0));
            Dictionary dictionary = new Dictionary(words, new DictionaryEncoding(1, false, null));
            DictionaryProvider.MapDictionaryProvider provider =
                    new DictionaryProvider.MapDictionaryProvider(dictionary);
            try (VectorSchemaRoot encoded = VectorSchemaRoot.of(
                            (FieldVector) DictionaryEncoder.encode(plain.getVector(0), dictionary));
                    ExchangeReaderWriter call = frontend.client().doExchange(path("arrow"))) {
                encoded.setRowCount(2);
                call.getWriter().start(encoded, provider);
                call.getWriter().putNext();
                assertThat(call.getReader().next()).isTrue();
                // The caller may have the answer before its query is counted no longer.
                await().untilAsserted(() ->
                        assertThat(frontend.gateway().retained().held()).isBetween(100_000L, 110_000L));
                call.getWriter().completed();
                assertThat(call.getReader().next()).isFalse();
            }
        }
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
        FlightRuntimeException failure = failure(() ->
                frontend.exchange(path("late"), new CallOption[] {CallOptions.timeout(1, TimeUnit.SECONDS)}, longs(1)));
        assertThat(failure.status().code()).isEqualTo(FlightStatusCode.TIMED_OUT);
    }
}
