package dev.sluice.frontend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No more connections than may be, at each port. */
class ConnectionLimitsTest {

    private static TestFrontend frontend;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start("sluice.connections.max=2");
    }

    @AfterAll
    static void stop() {
        frontend.close();
    }

    static Stream<IntSupplier> ports() {
        return Stream.of(() -> frontend.port(), () -> frontend.grpcPort(), () -> frontend.flightPort());
    }

    @ParameterizedTest
    @MethodSource("ports")
    void closesMoreThanMayBeOpen(IntSupplier port) {
        List<RawHttp> connections =
                Stream.generate(() -> RawHttp.connect(port.getAsInt())).limit(3).toList();
        assertThat(connections.get(2).isClosedByServer()).isTrue();
        connections.forEach(RawHttp::close);
        await().until(() -> frontend.bean(MeterRegistry.class).get("sluice.connections.open").gauges().stream()
                .allMatch(open -> open.value() == 0));
    }
}
