package dev.sluice.frontend.flight;

import static dev.sluice.frontend.flight.FlightFrontend.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.tensor.DataType;
import dev.sluice.frontend.flight.RawExchange.End;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.envelope.JsonTexts;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of valid messages with something wrong: each call is answered, by results or a status that says what is wrong. */
@ExtendWith(LeakGuard.class)
@Timeout(180)
class FlightMutationTest {

    @RegisterExtension
    final FlightFrontend frontend = new FlightFrontend();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void areAnswered(int seed) {
        frontend.gateway()
                .one("one", FlightFrontend.spec("x", DataType.INT64, 1), FlightFrontend.spec("y", DataType.INT64, 1));
        Random random = new Random(seed);
        int refused = 0;
        try (RawExchange raw = new RawExchange(frontend.port())) {
            for (int round = 0; round < 400; round++) {
                List<byte[]> messages = new ArrayList<>(messages(random));
                if (random.nextInt(6) > 0) {
                    int damaged = random.nextInt(3);
                    messages.set(damaged, JsonTexts.damage(random, messages.get(damaged)));
                }
                End end = raw.send(messages);
                assertThat(String.valueOf(end.status().getDescription()))
                        .doesNotContain("This frontend failed")
                        .doesNotContain("in flight");
                assertThat(end.status().getCode())
                        .as(end.status().toString())
                        .isIn(
                                Status.Code.OK,
                                Status.Code.INVALID_ARGUMENT,
                                Status.Code.NOT_FOUND,
                                Status.Code.INTERNAL);
                refused += end.status().isOk() ? 0 : 1;
            }
        }
        assertThat(refused).isBetween(50, 399);
        assertThat(frontend.exchange(path("adds"), Batches.longs(frontend.memory(), "x", 1)))
                .containsExactly(List.of("2"));
    }

    private List<byte[]> messages(Random random) {
        String actor = List.of("adds", "pairs", "shouts", "one", "arrow").get(random.nextInt(5));
        try (VectorSchemaRoot batch = batch(actor)) {
            return RawExchange.bytes(RawExchange.messages(batch, actor));
        }
    }

    private VectorSchemaRoot batch(String actor) {
        return switch (actor) {
            case "pairs" -> Batches.lists(frontend.memory(), "x", 2, 1, 2, 3, 4);
            case "shouts" -> Batches.texts(frontend.memory(), "x", "é", "", "three");
            default -> Batches.longs(frontend.memory(), "x", 1, 2, 3);
        };
    }
}
