package dev.sluice.frontend.flight;

import static dev.sluice.frontend.flight.FlightFrontend.path;
import static org.assertj.core.api.Assertions.assertThat;

import arrow.flight.protocol.Action;
import arrow.flight.protocol.Criteria;
import arrow.flight.protocol.FlightDescriptor;
import arrow.flight.protocol.FlightDescriptor.DescriptorType;
import arrow.flight.protocol.FlightServiceGrpc;
import arrow.flight.protocol.Ticket;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.testing.Mutator;
import dev.sluice.frontend.flight.RawCalls.End;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.mutation.MutationRun;
import dev.sluice.frontend.rpc.ProtoMutator;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Valid messages with something changed: each call has the result of what was sent, or a status that says what is wrong. */
@ExtendWith(LeakGuard.class)
@Timeout(300)
class FlightMutationTest {

    private static final int WINDOW = 25;
    private static final int EXCHANGES = 12_000;
    private static final String ARROW = "application/vnd.apache.arrow.stream";

    @RegisterExtension
    final FlightFrontend frontend = new FlightFrontend();

    /** Another caller's exchange, which stays open. */
    private final class Bystander implements AutoCloseable {

        private final VectorSchemaRoot batch = Batches.longs(frontend.memory(), "x", 41);
        private final FlightClient.ExchangeReaderWriter call = frontend.client().doExchange(path("adds"));

        Bystander() {
            call.getWriter().start(batch);
        }

        void assertServed() {
            call.getWriter().putNext();
            assertThat(call.getReader().next()).isTrue();
            assertThat(Batches.values(call.getReader().getRoot())).containsExactly("42");
        }

        @Override
        public void close() {
            call.getWriter().completed();
            assertThat(call.getReader().next()).isFalse();
            try {
                call.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            batch.close();
        }
    }

    private interface Window {
        void run(RawCalls calls, Mutator mutator, MutationRun run);
    }

    private void send(long seed, int requests, Window window) {
        frontend.gateway()
                .one("one", FlightFrontend.spec("x", DataType.INT64, 1), FlightFrontend.spec("y", DataType.INT64, 1));
        Mutator mutator = new Mutator(seed);
        try (RawCalls calls = new RawCalls(frontend.port());
                Bystander bystander = new Bystander()) {
            MutationRun run = new MutationRun(frontend.gateway(), bystander::assertServed);
            run.send(requests, WINDOW, () -> window.run(calls, mutator, run));
        }
    }

    @Test
    void exchangesAreAnswered() {
        send(4_717, EXCHANGES, this::exchanges);
    }

    private void exchanges(RawCalls calls, Mutator mutator, MutationRun run) {
        List<ExchangeMutation> sent = new ArrayList<>();
        List<CompletableFuture<End>> ends = new ArrayList<>();
        for (int i = 0; i < WINDOW; i++) {
            sent.add(ExchangeMutation.valid(mutator, frontend.memory()).maybeChanged(mutator));
            ends.add(calls.call(
                    FlightServiceGrpc.getDoExchangeMethod(), sent.get(i).messages()));
        }
        for (int i = 0; i < WINDOW; i++) {
            End end = ends.get(i).join();
            if (end.status().isOk()) {
                sent.get(i).assertResult(end.messages());
            } else {
                assertThat(sent.get(i).untouched()).as(end.status().toString()).isFalse();
                assertRefused(end.status());
            }
            run.ended(end.status().isOk());
        }
    }

    /** An actor that gives texts back that are none has failed itself. */
    private static void assertRefused(Status status) {
        assertThat(status.getDescription()).isNotEmpty();
        boolean actorFailed = String.valueOf(status.getDescription()).contains("The actor's output");
        assertThat(status.getCode())
                .as(status.toString())
                .isIn(
                        Status.Code.INVALID_ARGUMENT,
                        Status.Code.NOT_FOUND,
                        actorFailed ? Status.Code.INTERNAL : Status.Code.NOT_FOUND);
    }

    private record Asked(MethodDescriptor<?, ?> method, Message message) {}

    private static final List<Asked> VALID = List.of(
            new Asked(
                    FlightServiceGrpc.getDoGetMethod(), ticket("{\"actor\": \"tables\", \"input\": {\"n\": [1, 2]}}")),
            new Asked(
                    FlightServiceGrpc.getDoGetMethod(),
                    ticket(
                            "{\"actor\": \"tables\", \"method\": \"pieces\", \"version\": \"1\", \"slo_ms\": 100, \"id\": \"t\"}")),
            new Asked(FlightServiceGrpc.getGetFlightInfoMethod(), descriptor("adds", "call")),
            new Asked(FlightServiceGrpc.getGetFlightInfoMethod(), command("{\"actor\": \"adds\", \"priority\": 3}")),
            new Asked(FlightServiceGrpc.getGetSchemaMethod(), descriptor("pairs")),
            new Asked(FlightServiceGrpc.getGetSchemaMethod(), command("{\"actor\": \"tables\", \"input\": 1}")),
            new Asked(
                    FlightServiceGrpc.getListFlightsMethod(),
                    Criteria.newBuilder()
                            .setExpression(ByteString.copyFromUtf8("ad"))
                            .build()),
            new Asked(
                    FlightServiceGrpc.getDoActionMethod(),
                    Action.newBuilder().setType("health").build()));

    private static Ticket ticket(String json) {
        return Ticket.newBuilder().setTicket(ByteString.copyFromUtf8(json)).build();
    }

    private static FlightDescriptor command(String json) {
        return FlightDescriptor.newBuilder()
                .setType(DescriptorType.CMD)
                .setCmd(ByteString.copyFromUtf8(json))
                .build();
    }

    private static FlightDescriptor descriptor(String... path) {
        return FlightDescriptor.newBuilder()
                .setType(DescriptorType.PATH)
                .addAllPath(List.of(path))
                .build();
    }

    @Test
    void allElseIsAnswered() {
        byte[] table = IpcText.stream(Batches.longs(frontend.memory(), "n", 1, 2, 3));
        frontend.gateway().body("tables", ARROW, call -> frontend.gateway().answer(table, ARROW));
        send(4_718, MutationRun.REQUESTS - EXCHANGES, FlightMutationTest::requests);
    }

    private static void requests(RawCalls calls, Mutator mutator, MutationRun run) {
        List<Boolean> untouched = new ArrayList<>();
        List<CompletableFuture<End>> ends = new ArrayList<>();
        for (int i = 0; i < WINDOW; i++) {
            Asked asked = mutator.oneOf(VALID);
            untouched.add(mutator.once(8));
            ends.add(calls.call(
                    asked.method,
                    List.of(untouched.get(i) ? asked.message.toByteArray() : changed(asked.message, mutator))));
        }
        for (int i = 0; i < WINDOW; i++) {
            End end = ends.get(i).join();
            if (end.status().isOk()) {
                assertThat(end.messages()).isNotNull();
            } else {
                assertThat(untouched.get(i)).as(end.status().toString()).isFalse();
                assertRefused(end.status());
            }
            run.ended(end.status().isOk());
        }
    }

    /** Bytes of the message, or the JSON in it. */
    private static byte[] changed(Message message, Mutator mutator) {
        if (mutator.once(2)) {
            return mutator.bytes(message.toByteArray());
        }
        if (message instanceof Ticket ticket) {
            return ticket(mutator.json(ticket.getTicket().toStringUtf8())).toByteArray();
        }
        if (message instanceof FlightDescriptor asked && asked.getType() == DescriptorType.CMD) {
            return command(mutator.json(asked.getCmd().toStringUtf8())).toByteArray();
        }
        Message.Builder builder = message.toBuilder();
        new ProtoMutator(mutator).change(builder);
        return builder.build().toByteArray();
    }
}
