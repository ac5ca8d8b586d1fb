package dev.sluice.frontend.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.zmq.ZmqServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What it takes to verify a token is of its query's SLO. Over gRPC and Arrow Flight the call's own deadline runs meanwhile. */
class VerificationTimeTest {

    private static TokenIssuer issuer;
    private static TestFrontend frontend;

    @BeforeAll
    static void start() {
        issuer = TokenIssuer.start();
        frontend = TestFrontend.start(
                "sluice.access.jwt.issuer-uri=" + issuer.uri(), "sluice.access.jwt.audiences=" + TokenIssuer.AUDIENCE);
    }

    @AfterAll
    static void stop() {
        frontend.close();
        issuer.close();
    }

    private static long waited(Door door, String token) {
        assertThat(door.ask(token, "echo")).isEqualTo(Door.SERVED);
        long nanos = frontend.gateway().calls().get(0).call().waitedNanos();
        frontend.gateway().assertReleased();
        frontend.gateway().forget();
        return nanos;
    }

    @Test
    void isOfTheFirstQuerysSlo() {
        List<Door> doors = new ArrayList<>(new HttpDoors(frontend.port()).all());
        // What comes over one is asked only once it is open.
        doors.removeIf(door -> door.name().equals("WebSocket"));
        doors.addAll(new ZmqDoors(frontend.bean(ZmqServer.class).endpoint()).all());
        for (Door door : doors) {
            String token = issuer.token("acme");
            assertThat(waited(door, token)).as(door.name()).isPositive();
            assertThat(waited(door, token)).as("known by now").isZero();
        }
    }
}
