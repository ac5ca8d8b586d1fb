package dev.sluice.frontend.oip;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.RawHttp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is too much, and callers that go. */
@ExtendWith(LeakGuard.class)
class InferLimitsTest {

    private static final byte[] REQUEST = OipFrontend.REQUEST.getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    final OipFrontend frontend = new OipFrontend();

    @Test
    void takesABodyOfExactlyTheLimit() {
        frontend.gateway().maxPayloadBytes(REQUEST.length);
        assertThat(frontend.infer("adds", OipFrontend.REQUEST).status()).isEqualTo(200);
        assertThat(OipFrontend.error(frontend.infer("adds", OipFrontend.REQUEST + " "), 413))
                .contains(REQUEST.length + " bytes");
    }

    @Test
    void refusesALargeBodyByItsLengthWithoutWaitingForIt() {
        frontend.gateway().maxPayloadBytes(1_000);
        frontend.http()
                .send("POST /v2/models/adds/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n");
        RawHttp.Response response = frontend.http().read();
        OipFrontend.error(response, 413);
        assertThat(response.header("Connection")).isEqualTo("close");
        assertThat(frontend.http().isClosedByServer()).isTrue();
    }

    @Test
    void refusesABodyThatThereIsNoRoomForWhileItStillComes() {
        frontend.gateway().maxRetainedBytes(10_000);
        frontend.http()
                .send("POST /v2/models/adds/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n\r\n"
                        + "x".repeat(20_000));
        assertThat(OipFrontend.error(frontend.http().read(), 503)).contains("sluice.frontend.max-retained");
        assertThat(frontend.http().isClosedByServer()).isTrue();
    }

    @Test
    void handsABodyToTheGatewayStillCounted() {
        long[] seen = new long[2];
        frontend.gateway().actor("weigh", false, call -> {
            seen[0] = call.charge();
            seen[1] = frontend.gateway().retained().held();
            return frontend.gateway().answer("{}");
        });
        frontend.infer("weigh", OipFrontend.REQUEST);
        assertThat(seen[0]).isEqualTo(seen[1]).isGreaterThan(REQUEST.length);
    }

    @Test
    void cancelsTheQueryOfACallerThatGoes() {
        frontend.http().sendPost("/v2/models/never/infer", REQUEST);
        await().until(() -> frontend.gateway().calls().size() == 1);
        frontend.http().close();
        await().until(() -> frontend.gateway().cancelledCalls() == 1);
    }

    @Test
    void survivesAStormOfCallersThatGo() {
        for (int i = 0; i < 200; i++) {
            try (RawHttp caller = frontend.connect()) {
                String model = List.of("never", "late", "elsewhere").get(i % 3);
                caller.sendPost("/v2/models/" + model + "/infer", REQUEST);
            }
        }
        for (int i = 0; i < 50; i++) {
            assertThat(frontend.infer("adds", OipFrontend.REQUEST).status()).isEqualTo(200);
        }
        frontend.awaitEventLoops();
    }
}
