package dev.sluice.frontend.flight;

import static dev.sluice.frontend.flight.FlightFrontend.command;
import static dev.sluice.frontend.flight.FlightFrontend.failure;
import static dev.sluice.frontend.flight.FlightFrontend.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.http.LeakGuard;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** What goes wrong is told with the status and in words, and the connection goes on. */
@ExtendWith(LeakGuard.class)
@Timeout(180)
class FlightFailureTest {

    @RegisterExtension
    final FlightFrontend frontend = new FlightFrontend();

    private VectorSchemaRoot longs(String name, long... values) {
        return Batches.longs(frontend.memory(), name, values);
    }

    private void refuses(FlightDescriptor descriptor, VectorSchemaRoot batch, FlightStatusCode code, String sentence) {
        FlightRuntimeException failure = failure(() -> frontend.exchange(descriptor, batch));
        assertThat(failure.status().code()).as(failure.getMessage()).isEqualTo(code);
        assertThat(failure.getMessage()).contains(sentence);
        assertThat(frontend.exchange(path("adds"), longs("x", 1))).containsExactly(List.of("2"));
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_INPUT, INVALID_ARGUMENT",
        "FORBIDDEN, UNAUTHORIZED",
        "NOT_FOUND, NOT_FOUND",
        "TOO_LARGE, RESOURCE_EXHAUSTED",
        "OVERLOADED, UNAVAILABLE",
        "UNMEETABLE, UNAVAILABLE",
        "EXPIRED, TIMED_OUT",
        "LOST, UNKNOWN",
        "FAILED, INTERNAL"
    })
    void mapsOutcomes(ErrorCode code, String status) {
        frontend.gateway()
                .actor("ends", false, call -> Flux.error(new Failure(code, "It is planned.", 1_500).toException()));
        refuses(path("ends"), longs("x", 1), FlightStatusCode.valueOf(status), "Batch 0: It is planned.");
    }

    @Test
    void namesWhatIsNotThere() {
        refuses(path("vader"), longs("x", 1), FlightStatusCode.NOT_FOUND, "Did you mean vadder?");
        refuses(path("adds", "nix"), longs("x", 1), FlightStatusCode.NOT_FOUND, "has no method nix");
        frontend.gateway().ready(false);
        FlightRuntimeException failure = failure(() -> frontend.exchange(path("adds"), longs("x", 1)));
        assertThat(failure.status().code()).isEqualTo(FlightStatusCode.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rubbish",
                "[]",
                "{}",
                "{\"actor\": 1}",
                "{\"actor\": \"adds\", \"what\": 1}",
                "{\"actor\": \"adds\", \"slo_ms\": -1}",
                "{\"actor\": \"adds\", \"priority\": 1.5}",
                "{\"actor\": \"adds\", \"actor\": \"echo\"}",
                "{\"actor\": \"adds\", \"input\": 1}",
                "{\"actor\": \"adds\"} x"
            })
    void refusesCommandsThatAreNone(String json) {
        FlightRuntimeException failure = failure(() -> frontend.exchange(command(json), longs("x", 1)));
        assertThat(failure.status().code()).isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
    }

    @Test
    void refusesPathsThatAreNone() {
        refuses(path("a", "b", "c"), longs("x", 1), FlightStatusCode.INVALID_ARGUMENT, "a path of an actor");
        refuses(path("adds:call", "call"), longs("x", 1), FlightStatusCode.NOT_FOUND, "has no method");
    }

    @Test
    void namesColumnsThatAreNoInputs() {
        refuses(
                path("adds"),
                longs("z", 1),
                FlightStatusCode.INVALID_ARGUMENT,
                "The model adds has no input 'z'; it takes [x INT64[-1]]");
        refuses(
                path("adds"),
                Batches.texts(frontend.memory(), "x", "1"),
                FlightStatusCode.INVALID_ARGUMENT,
                "The column 'x' has BYTES, and the model adds takes x INT64[-1]");
        refuses(path("pairs"), longs("x", 1), FlightStatusCode.INVALID_ARGUMENT, "cast it to lists of FP32");
        DateDayVector days = new DateDayVector("x", frontend.memory());
        days.allocateNew(1);
        days.set(0, 1);
        refuses(
                path("adds"),
                Batches.root(days, 1),
                FlightStatusCode.INVALID_ARGUMENT,
                "of the type Date, of which there are no tensors");
    }

    @Test
    void refusesAColumnThatIsThereTwice() {
        BigIntVector one = new BigIntVector("x", frontend.memory());
        BigIntVector other = new BigIntVector("x", frontend.memory());
        for (BigIntVector column : List.of(one, other)) {
            column.allocateNew(1);
            column.set(0, 1);
            column.setValueCount(1);
        }
        refuses(
                path("adds"),
                new VectorSchemaRoot(List.of(one, other)),
                FlightStatusCode.INVALID_ARGUMENT,
                "There are two columns 'x'");
    }

    @Test
    void refusesNullsInWords() {
        BigIntVector column = new BigIntVector("x", frontend.memory());
        column.allocateNew(2);
        column.set(0, 1);
        column.setNull(1);
        refuses(
                path("adds"),
                Batches.root(column, 2),
                FlightStatusCode.INVALID_ARGUMENT,
                "Batch 0: The column 'x' has 1 nulls");
    }

    @Test
    void answersWhatCameBeforeWhatFails() {
        frontend.gateway()
                .actor(
                        "second",
                        false,
                        call -> frontend.gateway().calls().size() == 2
                                ? Flux.error(new Failure(ErrorCode.FAILED, "It is planned.").toException())
                                : Flux.just(FlightFrontend.copied(call)));
        List<List<String>> seen = new ArrayList<>();
        FlightRuntimeException failure = failure(() -> frontend.exchange(
                path("second"), new CallOption[0], seen, longs("x", 1), longs("x", 2), longs("x", 3)));
        assertThat(failure.getMessage()).contains("Batch 1: It is planned.");
        assertThat(seen).containsExactly(List.of("1"));
    }

    @ParameterizedTest
    @CsvSource({
        "prose, answered with text/plain",
        "picture, answered with image/png",
        "empty, ended without a result",
        "broken, This frontend failed",
        "thrower, This frontend failed"
    })
    void saysThatAnAnswerIsNone(String actor, String sentence) {
        refuses(path(actor), longs("x", 1), FlightStatusCode.INTERNAL, sentence);
    }

    @Test
    void saysThatAnAnswerIsNoArrowWhateverItClaims() {
        byte[] text = "no Arrow at all, of no kind".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        frontend.gateway()
                .actor("liar", false, call -> frontend.gateway().answer(text, "application/vnd.apache.arrow.stream"));
        refuses(path("liar"), longs("x", 1), FlightStatusCode.INTERNAL, "answered with no Arrow stream");
        frontend.gateway()
                .actor(
                        "cut",
                        false,
                        call -> Flux.just(
                                new dev.sluice.frontend.query.Answer(call.body().copy(0, 40), call.mediaType())));
        refuses(path("cut"), longs("x", 1), FlightStatusCode.INTERNAL, "that is cut off");
    }

    @Test
    void refusesHeadersThatAreNone() {
        FlightCallHeaders headers = new FlightCallHeaders();
        headers.insert("sluice-slo-ms", "soon");
        FlightRuntimeException failure = failure(
                () -> frontend.exchange(path("adds"), new CallOption[] {new HeaderCallOption(headers)}, longs("x", 1)));
        assertThat(failure.status().code()).isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
        assertThat(failure.getMessage()).contains("sluice-slo-ms must be a number of milliseconds");
    }
}
