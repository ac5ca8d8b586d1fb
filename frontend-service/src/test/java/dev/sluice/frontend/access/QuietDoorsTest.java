package dev.sluice.frontend.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.FakeGateway;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** At no door a query that is refused, shed, or failed by who ran it costs a line in the log: else callers could fill it. */
class QuietDoorsTest {

    private static final int MANY = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY = "the-key-of-acme-0";
    private static final String SLOW = "the-key-of-slow-0";

    private static TestFrontend frontend;
    private static GrpcDoors grpc;

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            boolean ofTheCaller = event.getLoggerName().startsWith("reactor.netty.http.client");
            if (event.getLevel().isGreaterOrEqual(Level.INFO) && !ofTheCaller) {
                lines.add(event.getLoggerName() + ": " + event.getFormattedMessage());
            }
        }
    };

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start(
                "logging.level.root=info",
                "sluice.access.keys[0].name=nightly",
                "sluice.access.keys[0].tenant=acme",
                "sluice.access.keys[0].key=" + KEY,
                "sluice.access.keys[0].actors=*",
                "sluice.access.keys[1].name=slow",
                "sluice.access.keys[1].key=" + SLOW,
                "sluice.access.tenants.acme.actors=echo,shed,lost,spoilt,cut,nothing",
                "sluice.access.tenants.slow.queries-per-second=0.001");
        FakeGateway gateway = frontend.gateway();
        gateway.actor("shed", false, call -> failed(ErrorCode.OVERLOADED));
        gateway.actor("lost", false, call -> failed(ErrorCode.LOST));
        gateway.body(
                "cut",
                "text/csv",
                call -> gateway.answer("n\n".getBytes(StandardCharsets.UTF_8), "text/csv")
                        .concatWith(failed(ErrorCode.LOST)));
        grpc = new GrpcDoors(frontend.grpcPort(), frontend.flightPort(), "\"method\": \"other\", \"input\": 1");
    }

    private static <T> Flux<T> failed(ErrorCode code) {
        return Flux.error(() -> new QueryException(new Failure(code, "It is planned.", 1_000)));
    }

    @AfterAll
    static void stop() {
        grpc.close();
        frontend.close();
    }

    @BeforeEach
    void listen() {
        appender.start();
        root().addAppender(appender);
    }

    @AfterEach
    void saysNothing() {
        root().detachAppender(appender);
        frontend.gateway().assertReleased();
        assertThat(lines).isEmpty();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    static List<Door> doors() {
        return AllDoors.of(frontend, grpc);
    }

    @ParameterizedTest
    @MethodSource("doors")
    void aRefusal(Door door) {
        // The first may be the one that the burst allows.
        door.ask(SLOW, "lost");
        for (int i = 0; i < MANY; i++) {
            assertThat(door.ask(null, "echo")).isEqualTo("UNAUTHENTICATED");
            assertThat(door.ask("the-key-of-nobody", "echo")).isEqualTo("UNAUTHENTICATED");
            assertThat(door.ask(KEY, "vadder")).isEqualTo("FORBIDDEN");
            assertThat(door.ask(SLOW, "lost")).isEqualTo("QUOTA");
            assertThat(door.ask(KEY, "nothing")).contains("NOT_FOUND");
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void aFailure(Door door) {
        for (int i = 0; i < MANY; i++) {
            assertThat(door.ask(KEY, "shed")).containsAnyOf("OVERLOADED", "UNAVAILABLE");
            assertThat(door.ask(KEY, "lost")).containsAnyOf("LOST", "UNKNOWN");
            // After a result, where that is one of many.
            door.ask(KEY, "spoilt");
        }
    }

    /** Nothing but its breaking off says to its caller that there is no more of the body. */
    @ParameterizedTest
    @EnumSource(names = {"HTTP11", "H2C"})
    void aBodyThatBreaksOff(HttpProtocol protocol) {
        ConnectionProvider one = ConnectionProvider.create("caller", 1);
        HttpClient http = HttpClient.create(one)
                .protocol(protocol)
                .baseUrl("http://127.0.0.1:" + frontend.port())
                .headers(headers -> headers.set("Authorization", "Bearer " + KEY)
                        .set("Content-Type", "application/json")
                        .set("Accept", "text/csv"));
        try {
            for (int i = 0; i < MANY; i++) {
                assertThatThrownBy(() -> post(http, "/cut/pieces").blockLast(PATIENCE))
                        .hasRootCauseInstanceOf(IOException.class);
                assertThat(post(http, "/echo").blockLast(PATIENCE)).contains("1");
            }
        } finally {
            one.dispose();
        }
    }

    private static Flux<String> post(HttpClient http, String path) {
        return http.post()
                .uri(path)
                .send(Mono.fromSupplier(() -> Unpooled.copiedBuffer("{\"input\": 1}", StandardCharsets.UTF_8)))
                .responseContent()
                .asString();
    }
}
