package dev.sluice.router.config;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.link.Link;
import dev.sluice.common.link.LinkTransport;
import dev.sluice.common.wire.Role;
import dev.sluice.router.testing.RunningRouter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever can reach a router's port, and what it may keep of it. */
class RouterConnectionsTest {

    private static final int PATIENCE_MILLIS = 120_000;

    private static Socket connect(RunningRouter router) throws IOException {
        Socket socket = new Socket("127.0.0.1", router.uri("/").getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Waits for the end, be it a polite one or a reset. */
    private static void awaitEnd(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // What it is told before is not the point here.
            }
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        } catch (IOException e) {
            throw new AssertionError("the connection does not end", e);
        }
    }

    @Test
    void closesMoreThanMayBeOpen() throws Exception {
        try (RunningRouter router = new RunningRouter("--sluice.connections.max=2");
                Socket first = connect(router);
                Socket second = connect(router)) {
            MeterRegistry meters = router.context().getBean(MeterRegistry.class);
            await().until(() -> meters.get("sluice.connections.open").gauge().value() == 2);
            try (Socket third = connect(router)) {
                awaitEnd(third);
            }
            assertThat(meters.get("sluice.connections.open").gauge().value()).isEqualTo(2);
            assertThat(first.isConnected() && second.isConnected()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /control/v1/actors HTTP/1.1\r\nHost: a\r\nX-Never: ends",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            })
    void closesOneThatAsksForNothingAndKeepsLinks(String begun) throws Exception {
        try (RunningRouter router = new RunningRouter("--sluice.router.idle-timeout=300ms")) {
            Link link = router.connect(Role.HOST, LinkTransport.CLEARTEXT).link();
            try (Socket idle = connect(router)) {
                idle.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
                awaitEnd(idle);
            }
            try (Socket another = connect(router)) {
                awaitEnd(another);
            }
            assertThat(link.isOpen()).as("after several times the limit").isTrue();
        }
    }
}
