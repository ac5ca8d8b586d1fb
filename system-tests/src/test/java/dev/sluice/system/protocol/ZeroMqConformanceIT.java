package dev.sluice.system.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.cli.platform.ExtraPort;
import dev.sluice.system.site.GateKeeper;
import dev.sluice.system.site.On;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** ZeroMQ as docs/protocols.md has it, against processes. */
@ExtendWith(Sites.class)
class ZeroMqConformanceIT {

    private static ZmqPeer dealer(Site site) {
        return ZmqPeer.dealer(site.frontend(0).port(ExtraPort.ZEROMQ));
    }

    private static ZmqPeer req(Site site) {
        return ZmqPeer.req(site.frontend(0).port(ExtraPort.ZEROMQ));
    }

    @Test
    void aReqGetsTheReplyOf2019ToOneFrameOfJson(@On(Shape.STEADY) Site site) {
        try (ZmqPeer peer = req(site)) {
            peer.send("{\"actor\": \"vadder\", \"input\": 10, \"slo_ms\": 60000}");
            assertThat(peer.receive()).containsExactly("{\"success\": true, \"actor\": \"vadder\", \"result\": 11}");
        }
    }

    @Test
    void aReqGetsHeaderAndResultToThreeFrames(@On(Shape.STEADY) Site site) {
        try (ZmqPeer peer = req(site)) {
            peer.send("adder/call", "{\"id\": \"q-1\", \"slo_ms\": 60000}", "40");
            assertThat(peer.receive())
                    .containsExactly(
                            "{\"success\": true, \"id\": \"q-1\", \"media_type\": \"application/json\"}", "42");
        }
    }

    @Test
    void aDealerMayLeaveTheDelimiterOutAndGetsItBackWhereItSendsIt(@On(Shape.STEADY) Site site) {
        try (ZmqPeer peer = dealer(site)) {
            assertThat(peer.send("adder", "{}", "1").receive())
                    .hasSize(2)
                    .last()
                    .isEqualTo("3");
            assertThat(peer.send("", "adder", "{}", "1").receive())
                    .hasSize(3)
                    .startsWith("")
                    .last()
                    .isEqualTo("3");
        }
    }

    @Test
    void bytesOfAnyMediaTypeComeBackAsTheyAre(@On(Shape.STEADY) Site site) {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        try (ZmqPeer peer = dealer(site)) {
            peer.send(utf8("echo"), utf8("{\"media_type\": \"application/octet-stream\"}"), bytes);
            assertThat(peer.receiveBytes().get(1)).isEqualTo(bytes);
        }
    }

    @Test
    void queriesInFlightTogetherAreToldApartByTheirIds(@On(Shape.STEADY) Site site) {
        int count = 500;
        Map<String, String> results = new HashMap<>();
        try (ZmqPeer peer = dealer(site)) {
            for (int i = 0; i < count; i++) {
                peer.send("vadder", "{\"id\": \"q-" + i + "\", \"slo_ms\": 60000}", Integer.toString(i));
            }
            for (int i = 0; i < count; i++) {
                List<String> reply = peer.receive();
                JsonNode header = JsonMapper.shared().readTree(reply.get(0));
                results.put(header.path("id").asString(), reply.get(1));
            }
        }
        for (int i = 0; i < count; i++) {
            assertThat(results.get("q-" + i)).isEqualTo(Integer.toString(i + 1));
        }
    }

    @Test
    void aDealerGetsTheResultsOfAStreamOneByOne(@On(Shape.STEADY) Site site) {
        try (ZmqPeer peer = dealer(site)) {
            peer.send("ticks", "{\"id\": \"s\", \"slo_ms\": 60000}", "200");
            for (int i = 1; i <= 200; i++) {
                assertThat(peer.receive().get(1)).isEqualTo(Integer.toString(i));
            }
            assertThat(peer.receive()).containsExactly("{\"success\": true, \"id\": \"s\", \"more\": false}", "");
        }
    }

    @Test
    void aReqGetsTheResultsOfAStreamInOneReply(@On(Shape.STEADY) Site site) {
        try (ZmqPeer peer = req(site)) {
            assertThat(peer.send("ticks", "{}", "3").receive()).last().isEqualTo("[1, 2, 3]");
        }
    }

    @Test
    void aBadMessageGetsAnErrorReply(@On(Shape.STEADY) Site site) {
        try (ZmqPeer peer = dealer(site)) {
            assertThat(code(peer.send("vadder", "1"))).isEqualTo("INVALID_INPUT");
            assertThat(code(peer.send("not json"))).isEqualTo("INVALID_INPUT");
            assertThat(code(peer.send("vadder", "not json", "1"))).isEqualTo("INVALID_INPUT");
            assertThat(code(peer.send("nobody", "{}", "1"))).isEqualTo("NOT_FOUND");
            assertThat(code(peer.send("vadder/nothing", "{}", "1"))).isEqualTo("NOT_FOUND");
            assertThat(code(peer.send("adder", "{}", "\"five\""))).isEqualTo("INVALID_INPUT");
            assertThat(code(peer.send("adder", "{}", "{\"a\": "))).isEqualTo("INVALID_INPUT");
            assertThat(code(peer.send("x ".repeat(40).split(" ")))).isEqualTo("INVALID_INPUT");
            assertThat(code(peer.send(utf8("echo"), new byte[9 * 1024 * 1024], new byte[9 * 1024 * 1024])))
                    .isEqualTo("TOO_LARGE");
            assertThat(peer.send("adder", "{}", "1").receive()).last().isEqualTo("3");
        }
    }

    @Test
    void anActorsFailureIsTheCodeOfEveryProtocol(@On(Shape.STEADY) Site site) {
        try (GateKeeper gate = GateKeeper.closed(site);
                ZmqPeer peer = dealer(site)) {
            // Time enough to reach its router, which a busy frontend would be said to be too slow for.
            peer.send("gate", "{\"slo_ms\": 2000, \"id\": \"q-1\"}", "1");
            JsonNode header = peer.receiveHeader();
            assertThat(header.path("code").asString()).isEqualTo("EXPIRED");
            assertThat(header.path("actor").asString()).isEqualTo("gate");
            assertThat(header.path("id").asString()).isEqualTo("q-1");
            site.awaitCalm();
            gate.open();
        }
    }

    @Test
    void aCancelledQueryIsRepliedToAndGivenUpInEveryTier(@On(Shape.STEADY) Site site) {
        try (GateKeeper gate = GateKeeper.closed(site);
                ZmqPeer peer = dealer(site)) {
            peer.send("gate", "{\"id\": \"q-1\", \"slo_ms\": 60000}", "1");
            peer.send("{\"cancel\": true, \"id\": \"q-1\"}");
            JsonNode header = peer.receiveHeader();
            assertThat(header.path("code").asString()).isEqualTo("CANCELLED");
            assertThat(header.path("id").asString()).isEqualTo("q-1");
            site.awaitCalm();
            gate.open();
        }
    }

    @Test
    void aClientThatLeavesCancelsItsQueries(@On(Shape.STEADY) Site site) {
        double before = cancelled(site);
        try (GateKeeper gate = GateKeeper.closed(site)) {
            try (ZmqPeer peer = dealer(site)) {
                for (int i = 0; i < 20; i++) {
                    peer.send("gate", "{\"slo_ms\": 600000}", "1");
                }
                assertThat(peer.send("adder", "{}", "1").receive()).last().isEqualTo("3");
            }
            site.awaitCalm();
            gate.open();
        }
        assertThat(cancelled(site) - before).isEqualTo(20);
    }

    /** A client that nobody here wrote: pyzmq. SLUICE_PYTHON names an interpreter that has it. */
    @Test
    void pyzmqIsServed(@On(Shape.STEADY) Site site) throws Exception {
        String python = System.getenv("SLUICE_PYTHON");
        assumeTrue(
                python != null && Files.isExecutable(Path.of(python)),
                "Skipped: SLUICE_PYTHON names no Python interpreter (with pyzmq in it).");
        List<String> command = List.of(
                python,
                Places.project()
                        .resolve("system-tests/src/test/python/zeromq.py")
                        .toString(),
                "tcp://127.0.0.1:" + site.frontend(0).port(ExtraPort.ZEROMQ));
        try (OneProcess process = OneProcess.start("pyzmq", site.folder(), command)) {
            assertThat(process.awaitEnd(Site.LONG)).as("%s", process.output()).isZero();
            assertThat(process.output()).contains("all hold");
        }
    }

    private static double cancelled(Site site) {
        return site.frontendPages().get(0).metrics().sum("sluice_queries_total", "outcome=\"cancelled\"");
    }

    private static String code(ZmqPeer peer) {
        return peer.receiveHeader().path("code").asString("");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
