package dev.sluice.system.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.protocol.WebSocketPeer.Bytes;
import dev.sluice.system.protocol.WebSocketPeer.Closed;
import dev.sluice.system.site.GateKeeper;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** WebSockets as docs/protocols.md has them, against processes. */
@ExtendWith(Sites.class)
class WebSocketConformanceIT {

    private static WebSocketPeer open(Site site, String path) {
        return new WebSocketPeer(site.frontend(0).url(), path);
    }

    @Test
    void aQueryIsAnsweredByItsId(@On(Shape.STEADY) Site site) {
        try (WebSocketPeer peer = open(site, "/vadder/stream")) {
            assertThat(peer.send("{\"id\": \"q-1\", \"input\": 10, \"slo_ms\": 60000}")
                            .text())
                    .isEqualTo("{\"id\": \"q-1\", \"success\": true, \"result\": 11}");
        }
    }

    @Test
    void anotherMethodHasAPathOfItsOwn(@On(Shape.STEADY) Site site) {
        try (WebSocketPeer peer = open(site, "/counter/count/stream")) {
            assertThat(peer.send("{\"id\": \"a\", \"input\": null}")
                            .json()
                            .path("result")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void manyQueriesOfOneSocketAreInFlightTogether(@On(Shape.STEADY) Site site) {
        Map<String, Integer> results = new HashMap<>();
        try (WebSocketPeer peer = open(site, "/vadder/stream")) {
            for (int i = 0; i < 100; i++) {
                peer.send("{\"id\": \"q-" + i + "\", \"input\": " + i + ", \"slo_ms\": 60000}");
            }
            for (int i = 0; i < 100; i++) {
                JsonNode reply = peer.json();
                results.put(reply.path("id").asString(), reply.path("result").asInt());
            }
        }
        for (int i = 0; i < 100; i++) {
            assertThat(results).containsEntry("q-" + i, i + 1);
        }
    }

    @Test
    void aStreamGivesItemsAndAnEnd(@On(Shape.STEADY) Site site) {
        try (WebSocketPeer peer = open(site, "/ticks/stream")) {
            peer.send("{\"id\": \"s\", \"input\": 200, \"slo_ms\": 60000}");
            for (int i = 1; i <= 200; i++) {
                assertThat(peer.text()).isEqualTo("{\"id\": \"s\", \"item\": " + i + "}");
            }
            assertThat(peer.text()).isEqualTo("{\"id\": \"s\", \"success\": true, \"done\": true}");
        }
    }

    @Test
    void bytesComeBackAsTheyAre(@On(Shape.STEADY) Site site) {
        byte[] bytes = new byte[500_000];
        new Random(1).nextBytes(bytes);
        try (WebSocketPeer peer = open(site, "/echo/stream")) {
            peer.sendBinary("{\"id\": \"a\", \"media_type\": \"application/octet-stream\"}", bytes);
            byte[] reply = ((Bytes) peer.next()).bytes();
            int header = ByteBuffer.wrap(reply).getInt();
            assertThat(Arrays.copyOfRange(reply, 4 + header, reply.length)).isEqualTo(bytes);
        }
    }

    @Test
    void aBadMessageIsRefusedAndTheSocketGoesOn(@On(Shape.STEADY) Site site) {
        try (WebSocketPeer peer = open(site, "/adder/stream")) {
            assertThat(code(peer.send("nonsense"))).isEqualTo("INVALID_INPUT");
            assertThat(code(peer.send("{\"input\": 1}"))).isEqualTo("INVALID_INPUT");
            assertThat(code(peer.send("{\"id\": \"a\", \"input\": \"five\"}"))).isEqualTo("INVALID_INPUT");
            assertThat(peer.send("{\"id\": \"a\", \"input\": 1}")
                            .json()
                            .path("result")
                            .asInt())
                    .isEqualTo(3);
        }
    }

    @Test
    void aMessageThatIsTooLargeEndsItsSocketWith1009(@On(Shape.STEADY) Site site) {
        try (WebSocketPeer peer = open(site, "/echo/stream")) {
            peer.send("{\"id\": \"a\", \"input\": \"" + "x".repeat(1 << 20) + "\"}");
            assertThat(peer.next()).isEqualTo(new Closed(1009));
        }
    }

    @Test
    void aCancelledQueryIsRepliedToAndGivenUpInEveryTier(@On(Shape.STEADY) Site site) {
        try (GateKeeper gate = GateKeeper.closed(site);
                WebSocketPeer peer = open(site, "/gate/stream")) {
            peer.send("{\"id\": \"a\", \"input\": 1, \"slo_ms\": 60000}").send("{\"id\": \"a\", \"cancel\": true}");
            assertThat(code(peer)).isEqualTo("CANCELLED");
            site.awaitCalm();
            gate.open();
        }
    }

    @Test
    void aSocketThatIsLostCancelsItsQueries(@On(Shape.STEADY) Site site) {
        double before = cancelled(site);
        try (GateKeeper gate = GateKeeper.closed(site)) {
            try (WebSocketPeer peer = open(site, "/gate/stream")) {
                for (int i = 0; i < 20; i++) {
                    peer.send("{\"id\": \"q-" + i + "\", \"input\": 1, \"slo_ms\": 600000}");
                }
                assertThat(code(peer.send("nonsense"))).isEqualTo("INVALID_INPUT");
            }
            site.awaitCalm();
            gate.open();
        }
        assertThat(cancelled(site) - before).isEqualTo(20);
    }

    @Test
    void whatIsRefusedBeforeTheUpgradeIsAProblem(@On(Shape.STEADY) Site site) throws Exception {
        assertThat(get(site, "/nobody/stream").statusCode()).isEqualTo(404);
        HttpResponse<String> plain = get(site, "/vadder/stream");
        assertThat(plain.statusCode()).isEqualTo(426);
        assertThat(plain.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    private static HttpResponse<String> get(Site site, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(site.frontend(0).url().resolve(path))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static double cancelled(Site site) {
        return site.frontendPages().get(0).metrics().sum("sluice_queries_total", "outcome=\"cancelled\"");
    }

    private static String code(WebSocketPeer peer) {
        return peer.json().path("code").asString("");
    }
}
