package dev.sluice.frontend.config;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.link.Link;
import dev.sluice.common.membership.CatalogueContent;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.testing.LinkServer;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.frontend.rpc.GrpcLifecycle;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** A refused query costs no line in the log, however many there are: else callers could fill it. */
class QuietRefusalsTest {

    private static final int MANY = 1_000;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static LinkServer router;
    private static ConfigurableApplicationContext frontend;
    private static Link link;
    private static int port;

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
                lines.add(event.getLoggerName() + ": " + event.getFormattedMessage());
            }
        }
    };

    @BeforeAll
    static void start() throws Exception {
        router = LinkServer.start();
        frontend = WholeFrontend.start("sluice.link.lease=2m", "sluice.routers=" + router.address());
        link = router.link();
        MethodDescriptor call = new MethodDescriptor("call", false, 1, 0, false, "JsonNode", "JsonNode");
        ActorDescriptor echo = new ActorDescriptor("echo", "1", false, 60_000, "fifo", "", List.of(call));
        link.send(new Frame.Catalogue(MembershipJson.write(new CatalogueContent(List.of(echo)))));
        port = Integer.parseInt(frontend.getEnvironment().getProperty("local.server.port", ""));
        while (post("/echo/none", "{}") != 404) {
            assertThat(frontend.isActive()).isTrue();
        }
    }

    @AfterAll
    static void stop() {
        frontend.close();
        router.close();
    }

    @BeforeEach
    void listen() {
        appender.start();
        root().addAppender(appender);
    }

    @AfterEach
    void saysNothing() {
        root().detachAppender(appender);
        assertThat(lines).isEmpty();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Test
    void whatNamesNoActorOrIsNoInput() throws Exception {
        for (int i = 0; i < MANY; i++) {
            assertThat(post("/nobody", "{\"input\": 1}")).isEqualTo(404);
            assertThat(post("/echo", "{\"input\": ")).isEqualTo(400);
            assertThat(post("/echo", "{\"input\": 1, \"slo_ms\": -1}")).isEqualTo(400);
        }
    }

    @Test
    void whatARouterSheds() throws Exception {
        for (int i = 0; i < MANY; i++) {
            var reply = HTTP.sendAsync(request("/echo", "{\"input\": 1}"), BodyHandlers.ofString());
            QueryFrame query = router.next(QueryFrame.class);
            query.release();
            ErrorCode code = i % 2 == 0 ? ErrorCode.OVERLOADED : ErrorCode.UNMEETABLE;
            link.send(new Frame.Failed(query.exchange(), code.number(), 0, "no"));
            assertThat(reply.get().statusCode()).isEqualTo(503);
        }
    }

    /** Reactor Netty would write a warning with the text of each. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "this is no HTTP\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nno colon here\r\n\r\n",
                "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nno length\r\n\r\n",
                "GET /\u0000\u001b[31m HTTP/9.9\r\n\r\n"
            })
    void whatIsNoHttp(String request) throws Exception {
        for (int i = 0; i < 50; i++) {
            answerTo(request);
        }
    }

    /** A header whose name is in upper case: gRPC's own server would write a warning with a stack trace of each. */
    @Test
    void whatIsNoHttp2() throws Exception {
        int grpc = frontend.getBean("nettyGrpcServerLifecycle", GrpcLifecycle.class)
                .getPort();
        for (int i = 0; i < 50; i++) {
            try (Socket socket = new Socket("127.0.0.1", grpc)) {
                socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
                socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(frame(SETTINGS, 0, 0));
                socket.getOutputStream().write(frame(HEADERS, 5, 1, 0, 1, 'A', 1, 'b'));
                assertThat(awaitReset(new DataInputStream(socket.getInputStream())))
                        .isTrue();
            }
        }
    }

    private static byte[] frame(int type, int flags, int stream, int... payload) {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length)
                .put((byte) 0)
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream);
        for (int each : payload) {
            frame.put((byte) each);
        }
        return frame.array();
    }

    /** Whether the server refused the stream, or the connection. */
    private static boolean awaitReset(DataInputStream from) throws IOException {
        while (true) {
            int length = from.readUnsignedByte() << 16 | from.readUnsignedShort();
            int type = from.readUnsignedByte();
            from.skipNBytes(5L + length);
            if (type == RST_STREAM || type == GO_AWAY) {
                return true;
            }
        }
    }

    @Test
    void countsWhatIsNoHttp() throws Exception {
        double before = refused();
        assertThat(answerTo("this is no HTTP\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("This is not valid HTTP.");
        await().untilAsserted(() -> assertThat(refused()).isEqualTo(before + 1));
    }

    private static double refused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                .build();
        return HTTP.send(request, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith("sluice_requests_refused_total{")
                        && line.contains("code=\"invalid_input\"")
                        && line.contains("protocol=\"http\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String answerTo(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int post(String path, String json) throws Exception {
        return HTTP.send(request(path, json), BodyHandlers.ofString()).statusCode();
    }

    private static HttpRequest request(String path, String json) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(json))
                .build();
    }
}
