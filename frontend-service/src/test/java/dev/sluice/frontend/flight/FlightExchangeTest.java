package dev.sluice.frontend.flight;

import static dev.sluice.frontend.flight.FlightFrontend.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.tensor.DataType;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.query.FakeGateway.Seen;
import dev.sluice.frontend.query.Protocol;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.CallOptions;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Batches that are answered. */
@ExtendWith(LeakGuard.class)
@Timeout(180)
class FlightExchangeTest {

    @RegisterExtension
    final FlightFrontend frontend = new FlightFrontend();

    private VectorSchemaRoot longs(String name, long... values) {
        return Batches.longs(frontend.memory(), name, values);
    }

    private Seen onlyCall() {
        assertThat(frontend.gateway().calls()).hasSize(1);
        return frontend.gateway().calls().get(0);
    }

    @Test
    void asksAMethodThatTakesManyRowsOnceForEachBatch() {
        assertThat(frontend.exchange(path("adds"), longs("x", 1, 2, 3))).containsExactly(List.of("2", "3", "4"));
        Seen seen = onlyCall();
        assertThat(seen.call().protocol()).isEqualTo(Protocol.FLIGHT);
        assertThat(seen.call().method()).isEqualTo("call");
        assertThat(seen.input()).contains("\"shape\":[3]");
    }

    @Test
    void answersBatchesInTheirOrder() {
        VectorSchemaRoot[] batches =
                IntStream.range(0, 100).mapToObj(i -> longs("x", i)).toArray(VectorSchemaRoot[]::new);
        assertThat(frontend.exchange(path("adds"), batches))
                .containsExactlyElementsOf(IntStream.range(0, 100)
                        .mapToObj(i -> List.of(Integer.toString(i + 1)))
                        .toList());
    }

    @Test
    void answersBatchesInTheirOrderWhicheverEndsFirst() {
        Sinks.Empty<Void> second = Sinks.empty();
        frontend.gateway()
                .actor(
                        "backwards",
                        false,
                        call -> frontend.gateway().calls().size() == 1
                                ? second.asMono().thenMany(Flux.defer(() -> Flux.just(FlightFrontend.copied(call))))
                                : Flux.just(FlightFrontend.copied(call)).doFinally(end -> second.tryEmitEmpty()));
        assertThat(frontend.exchange(path("backwards"), longs("x", 1), longs("x", 2), longs("x", 3)))
                .containsExactly(List.of("1"), List.of("2"), List.of("3"));
    }

    @Test
    void answersRowsInTheirOrderWhicheverEndsFirst() {
        frontend.gateway()
                .one("one", FlightFrontend.spec("x", DataType.INT64, 1), FlightFrontend.spec("y", DataType.INT64, 1));
        Sinks.Empty<Void> last = Sinks.empty();
        frontend.gateway()
                .change(
                        "one",
                        (call, answer) -> frontend.gateway().calls().size() == 1
                                ? last.asMono().thenMany(answer)
                                : answer.doFinally(end -> {
                                    if (frontend.gateway().calls().size() == 4) {
                                        last.tryEmitEmpty();
                                    }
                                }));
        assertThat(frontend.exchange(path("one"), longs("x", 5, 6, 7, 8))).containsExactly(List.of("5", "6", "7", "8"));
    }

    @Test
    void answersABatchWithoutRows() {
        assertThat(frontend.exchange(path("adds"), longs("x"))).containsExactly(List.of());
    }

    @Test
    void passesListsAndTextsOnAsTheyAre() {
        assertThat(frontend.exchange(path("pairs"), Batches.lists(frontend.memory(), "x", 2, 1, 2, 3, 4)))
                .containsExactly(List.of("[1.0,2.0]", "[3.0,4.0]"));
        assertThat(frontend.exchange(path("shouts"), Batches.texts(frontend.memory(), "x", "é", "", "three")))
                .containsExactly(List.of("é", "", "three"));
    }

    @Test
    void asksAMethodOfOneValueOnceForEachRow() {
        frontend.gateway()
                .one("one", FlightFrontend.spec("x", DataType.INT64, 1), FlightFrontend.spec("y", DataType.INT64, 1));
        assertThat(frontend.exchange(path("one"), longs("x", 5, 6, 7), longs("x", 8), longs("x")))
                .containsExactly(List.of("5", "6", "7"), List.of("8"), List.of());
        assertThat(frontend.gateway().calls())
                .hasSize(4)
                .allMatch(seen -> seen.input().contains("\"shape\":[1]"));
    }

    @Test
    void handsAnActorOfAnyBodyTheWholeBatchAsAStream() {
        assertThat(frontend.exchange(path("arrow", "other"), longs("anything", 1, 2), longs("anything", 3)))
                .containsExactly(List.of("1", "2"), List.of("3"));
        assertThat(frontend.gateway().calls())
                .allMatch(seen -> seen.call().mediaType().equals("application/vnd.apache.arrow.stream")
                        && seen.call().method().equals("other"));
    }

    @Test
    void takesWhatHeadersSay() {
        FlightCallHeaders headers = new FlightCallHeaders();
        headers.insert("sluice-id", "mine");
        headers.insert("sluice-slo-ms", "1500.5");
        headers.insert("sluice-priority", "7");
        headers.insert("sluice-tenant", "acme");
        headers.insert("sluice-version", "3");
        frontend.exchange(path("adds"), new CallOption[] {new HeaderCallOption(headers)}, longs("x", 1), longs("x", 2));
        assertThat(frontend.gateway().calls()).allSatisfy(seen -> {
            assertThat(seen.call().budgetNanos()).isEqualTo(1_500_500_000L);
            assertThat(seen.call().priority()).isEqualTo(7);
            assertThat(seen.call().tenant()).isEqualTo("acme");
            assertThat(seen.call().version()).isEqualTo("3");
        });
        assertThat(frontend.gateway().calls())
                .extracting(seen -> seen.call().id())
                .containsExactlyInAnyOrder("mine-0", "mine-1");
    }

    @Test
    void takesTheDeadlineOfTheCallAsTheBudget() {
        frontend.exchange(path("adds"), new CallOption[] {CallOptions.timeout(20, TimeUnit.SECONDS)}, longs("x", 1));
        assertThat(onlyCall().call().budgetNanos()).isBetween(1L, TimeUnit.SECONDS.toNanos(20));
    }

    @Test
    void givesTheResultsOfAStreamingMethodOneByOne() {
        frontend.gateway().actor("ticks", true, call -> Flux.range(1, 3).map(i -> FlightFrontend.copied(call)));
        assertThat(frontend.exchange(path("ticks"), longs("n", 1), longs("n", 2)))
                .containsExactly(List.of("1"), List.of("1"), List.of("1"), List.of("2"), List.of("2"), List.of("2"));
    }
}
