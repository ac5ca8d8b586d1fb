package dev.sluice.frontend.flight;

import static dev.sluice.frontend.flight.FlightFrontend.path;
import static org.assertj.core.api.Assertions.assertThat;

import arrow.flight.protocol.FlightData;
import com.google.protobuf.ByteString;
import dev.sluice.common.testing.Mutator;
import dev.sluice.frontend.flight.RawExchange.End;
import dev.sluice.frontend.http.LeakGuard;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages in an order that is none, and what they say beside their batches. */
@ExtendWith(LeakGuard.class)
@Timeout(180)
class FlightMessagesTest {

    @RegisterExtension
    final FlightFrontend frontend = new FlightFrontend();

    private List<FlightData.Builder> messages(String name, String actor) {
        try (VectorSchemaRoot batch = Batches.longs(frontend.memory(), name, 1, 2)) {
            return RawExchange.messages(batch, actor);
        }
    }

    private End send(List<FlightData.Builder> messages) {
        try (RawExchange raw = new RawExchange(frontend.port())) {
            return raw.send(RawExchange.bytes(messages));
        }
    }

    private void refuses(List<FlightData.Builder> messages, String sentence) {
        End end = send(messages);
        assertThat(end.status().getCode()).as(end.status().toString()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(end.status().getDescription()).contains(sentence);
        assertThat(frontend.exchange(path("adds"), Batches.longs(frontend.memory(), "x", 1)))
                .containsExactly(List.of("2"));
    }

    @Test
    void areAnsweredBySchemaAndBatch() {
        assertThat(send(messages("x", "adds"))).isEqualTo(new End(Status.OK, 2));
        assertThat(send(messages("x", "adds").subList(0, 2))).isEqualTo(new End(Status.OK, 1));
        assertThat(send(messages("x", "adds").subList(0, 1))).isEqualTo(new End(Status.OK, 0));
        assertThat(send(List.of())).isEqualTo(new End(Status.OK, 0));
    }

    @Test
    void takeWhatTheMetadataOfABatchSays() {
        List<FlightData.Builder> messages = messages("x", "adds");
        messages.get(2).setAppMetadata(ByteString.copyFromUtf8("{\"id\": \"mine\", \"slo_ms\": 250, \"priority\": 3}"));
        assertThat(send(messages).status().isOk()).isTrue();
        assertThat(frontend.gateway().calls()).singleElement().satisfies(seen -> {
            assertThat(seen.call().id()).isEqualTo("mine");
            assertThat(seen.call().priority()).isEqualTo(3);
            assertThat(seen.call().budgetNanos()).isEqualTo(250_000_000L);
        });
        messages.get(2).setAppMetadata(ByteString.copyFromUtf8("{\"slo\": 250}"));
        refuses(messages, "Batch 0: The metadata of a batch has the member \"slo\"; there are [id, priority, slo_ms].");
        messages.get(2).setAppMetadata(ByteString.copyFromUtf8("text"));
        refuses(messages, "The metadata of a batch is no JSON");
    }

    @Test
    void areRefusedOutOfOrder() {
        List<FlightData.Builder> messages = messages("x", "adds");
        refuses(messages.subList(1, 3), "The first message has no descriptor");
        refuses(List.of(messages.get(0), messages.get(2)), "A record batch came before its schema");
        refuses(
                List.of(messages.get(0), FlightData.newBuilder().setAppMetadata(ByteString.copyFromUtf8("{}"))),
                "metadata and no record batch");
        refuses(List.of(messages.get(0), messages.get(1), RawExchange.descriptor("vadder")), "A call asks one method");
    }

    @Test
    void areRefusedWhereTheSchemaChangesAndAnsweredBefore() {
        List<FlightData.Builder> messages = new ArrayList<>(messages("x", "arrow"));
        messages.addAll(messages("y", "arrow").subList(1, 3));
        End end = send(messages);
        assertThat(end.messages()).isEqualTo(2);
        assertThat(end.status().getDescription()).contains("The schema changes after batch 0");
    }

    @Test
    void areRefusedWithABodyOfAnotherSize() {
        List<FlightData.Builder> messages = messages("x", "adds");
        messages.get(2).setDataBody(ByteString.copyFromUtf8("short"));
        refuses(messages, "The message says that its body has");
    }

    /** No field has the number 0. */
    @Test
    void areRefusedWhereTheyAreNoMessage() {
        List<byte[]> messages = new ArrayList<>(RawExchange.bytes(messages("x", "adds")));
        messages.set(2, Mutator.joined(messages.get(2), new byte[] {0, 0}));
        try (RawExchange raw = new RawExchange(frontend.port())) {
            assertThat(raw.send(messages).status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
    }
}
