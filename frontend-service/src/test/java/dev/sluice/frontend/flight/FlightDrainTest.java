package dev.sluice.frontend.flight;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.FakeGateway;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightClient.ExchangeReaderWriter;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.Location;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** A frontend that stops. Limits that must not be what ends it are hours long. */
@ExtendWith(LeakGuard.class)
@Timeout(120)
class FlightDrainTest {

    @Test
    @SuppressWarnings("try") // no test is interrupted
    void answersWhatIsInFlightAndEndsTheCall() throws Exception {
        TestFrontend frontend = TestFrontend.start(
                "spring.lifecycle.timeout-per-shutdown-phase=2h",
                "sluice.drain.stream-limit=1h",
                TestFrontend.USUAL_END);
        FakeGateway gateway = frontend.gateway();
        Sinks.Empty<Void> gate = Sinks.empty();
        gateway.actor(
                "gate",
                false,
                call -> gate.asMono().thenMany(Flux.defer(() -> Flux.just(FlightFrontend.copied(call)))));
        try (BufferAllocator memory = new RootAllocator();
                FlightClient client = FlightClient.builder(
                                memory, Location.forGrpcInsecure("127.0.0.1", frontend.flightPort()))
                        .build();
                VectorSchemaRoot batch = Batches.longs(memory, "n", 7);
                ExchangeReaderWriter call = client.doExchange(FlightDescriptor.path("gate"))) {
            call.getWriter().start(batch);
            call.getWriter().putNext();
            await().until(() -> gateway.calls().size() == 1);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(frontend::close);
            await().until(frontend.bean(FrontendDrain.class)::isDraining);
            gate.tryEmitEmpty();
            assertThat(call.getReader().next()).isTrue();
            assertThat(Batches.values(call.getReader().getRoot())).isEqualTo(List.of("7"));
            FlightRuntimeException end =
                    FlightFrontend.failure(() -> call.getReader().next());
            assertThat(end.status().code()).isEqualTo(FlightStatusCode.UNAVAILABLE);
            assertThat(end.getMessage()).contains("is stopping");
            stopped.get(60, TimeUnit.SECONDS);
        }
        gateway.assertReleased();
    }
}
