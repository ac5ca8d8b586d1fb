package dev.sluice.frontend.flight;

import static dev.sluice.common.testing.Patience.await;
import static dev.sluice.frontend.flight.FlightFrontend.command;
import static dev.sluice.frontend.flight.FlightFrontend.failure;
import static dev.sluice.frontend.flight.FlightFrontend.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.query.Answer;
import io.netty.buffer.ByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

/** Results as streams. */
@ExtendWith(LeakGuard.class)
@Timeout(180)
class FlightGetTest {

    private static final String ARROW = "application/vnd.apache.arrow.stream";

    @RegisterExtension
    final FlightFrontend frontend = new FlightFrontend();

    /** As a SQL actor gives it: one stream, in pieces that end anywhere. */
    private byte[] stream(int batches) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (VectorSchemaRoot root = Batches.longs(frontend.memory(), "n", 1, 2, 3);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, null, out)) {
            for (int i = 0; i < batches; i++) {
                writer.writeBatch();
            }
            writer.end();
        }
        return out.toByteArray();
    }

    private Flux<Answer> pieces(byte[] stream, int size) {
        int count = (stream.length + size - 1) / size;
        return Flux.range(0, count).map(i -> {
            int from = i * size;
            int length = Math.min(size, stream.length - from);
            return new Answer(ByteBufAllocator.DEFAULT.buffer(length).writeBytes(stream, from, length), ARROW);
        });
    }

    @SuppressWarnings("try") // no test is interrupted
    private List<List<String>> get(String ticket) {
        try (FlightStream stream = frontend.client().getStream(new Ticket(ticket.getBytes(StandardCharsets.UTF_8)))) {
            return FlightFrontend.read(stream);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void refuses(String ticket, FlightStatusCode code, String sentence) {
        FlightRuntimeException failure = failure(() -> get(ticket));
        assertThat(failure.status().code()).as(failure.getMessage()).isEqualTo(code);
        assertThat(failure.getMessage()).contains(sentence);
    }

    @Test
    void streamsThePiecesAsBatches() throws Exception {
        byte[] stream = stream(50);
        for (int size : new int[] {1, 7, 64, 1_000_000}) {
            frontend.gateway().body("rows", ARROW, call -> pieces(stream, size));
            assertThat(get("{\"actor\": \"rows\", \"method\": \"pieces\", \"input\": {\"a\": 1.10}}"))
                    .isEqualTo(IntStream.range(0, 50)
                            .mapToObj(i -> List.of("1", "2", "3"))
                            .toList());
        }
        assertThat(frontend.gateway().calls().get(0).input()).isEqualTo("{\"a\":1.10}");
    }

    @Test
    void choosesTheMethodThatGivesArrowUnlessOneIsNamed() throws Exception {
        byte[] stream = stream(1);
        frontend.gateway().body("rows", ARROW, call -> pieces(stream, 1000));
        assertThat(get("{\"actor\": \"rows\"}")).hasSize(1);
        assertThat(frontend.gateway().calls().get(0).call().method()).isEqualTo("pieces");
        assertThat(frontend.gateway().calls().get(0).input()).isEqualTo("{}");
    }

    @Test
    void takesAnyNumberForAnSlo() throws Exception {
        byte[] stream = stream(1);
        frontend.gateway().body("rows", ARROW, call -> pieces(stream, 1000));
        assertThat(get("{\"actor\": \"rows\", \"slo_ms\": 1e400}")).hasSize(1);
    }

    @Test
    void takesTheSchemaFromTheQueryItself() throws Exception {
        byte[] stream = stream(1000);
        frontend.gateway().body("rows", ARROW, call -> pieces(stream, 100));
        assertThat(frontend.client()
                        .getSchema(command("{\"actor\": \"rows\", \"input\": {}}"))
                        .getSchema()
                        .toString())
                .isEqualTo("Schema<n: Int(64, true)>");
        await().until(() -> frontend.gateway().cancelledCalls() == 1);
        FlightRuntimeException failure = failure(() -> frontend.client().getSchema(path("rows")));
        assertThat(failure.getMessage()).contains("is known once it is asked");
    }

    @Test
    @SuppressWarnings("try") // no test is interrupted
    void isHeldBackByACallerThatReadsSlowlyAndEndsWithIt() throws Exception {
        byte[] stream = stream(1);
        AtomicLong given = new AtomicLong();
        byte[] batch = java.util.Arrays.copyOfRange(stream, 0, stream.length - 8);
        int schema = batch.length - (stream(2).length - stream.length);
        byte[] first = java.util.Arrays.copyOf(batch, schema);
        byte[] rest = java.util.Arrays.copyOfRange(batch, schema, batch.length);
        frontend.gateway()
                .body(
                        "endless",
                        ARROW,
                        call -> Flux.generate(sink -> sink.next(new Answer(
                                ByteBufAllocator.DEFAULT
                                        .buffer()
                                        .writeBytes(given.getAndIncrement() == 0 ? first : rest),
                                ARROW))));
        try (FlightStream reader =
                frontend.client().getStream(new Ticket("{\"actor\": \"endless\"}".getBytes(StandardCharsets.UTF_8)))) {
            assertThat(reader.next()).isTrue();
            AtomicLong before = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(200)).until(() -> before.getAndSet(given.get()) == given.get());
            long held = given.get();
            List<Boolean> read = new ArrayList<>();
            for (int i = 0; i < held; i++) {
                read.add(reader.next());
            }
            assertThat(read).doesNotContain(false);
            await().until(() -> given.get() > held);
            reader.cancel("enough", null);
        }
        await().until(() -> frontend.gateway().cancelledCalls() == 1);
    }

    @Test
    void breaksOffWhereTheQueryFailsMidway() throws Exception {
        byte[] stream = stream(10);
        frontend.gateway()
                .body(
                        "spoils",
                        ARROW,
                        call -> pieces(stream, 100)
                                .take(3)
                                .concatWith(
                                        Flux.error(new Failure(ErrorCode.LOST, "The replica is gone.").toException())));
        refuses("{\"actor\": \"spoils\"}", FlightStatusCode.UNKNOWN, "The replica is gone.");
        frontend.gateway().body("ends", ARROW, call -> pieces(stream, 100).take(3));
        refuses("{\"actor\": \"ends\"}", FlightStatusCode.INTERNAL, "that is cut off");
        frontend.gateway().body("none", ARROW, call -> Flux.empty());
        refuses("{\"actor\": \"none\"}", FlightStatusCode.INTERNAL, "that is cut off");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rubbish | INVALID_ARGUMENT | The ticket is no JSON",
                "{\"actor\": 1e4009223372036854775808} | INVALID_ARGUMENT | The ticket is no JSON",
                "{\"actor\": \"vader\"} | NOT_FOUND | Did you mean vadder?",
                "{\"actor\": \"adds\", \"input\": 1} | INVALID_ARGUMENT | ask it by DoExchange",
                "{\"actor\": \"ticks\", \"input\": 1} | INVALID_ARGUMENT | ask it by DoExchange",
                "{\"actor\": \"prose\"} | INTERNAL | answered with text/plain"
            })
    void refusesTicketsInWords(String ticket, String code, String sentence) {
        refuses(ticket, FlightStatusCode.valueOf(code), sentence);
    }
}
