package dev.sluice.frontend.access;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.QueryLabel;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/** What nobody expected goes to the log, with the query's id and trace, and its caller learns that it happened, and nothing of it. */
class OwnFaultsTest {

    /** Of queries that came as far as an answer before they failed. */
    private static final String MIDWAY = "midway";

    private static TestFrontend frontend;
    private static GrpcDoors grpc;

    private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }
    };

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start("logging.level." + QueryLabel.class.getName() + "=error");
        frontend.gateway()
                .actor(
                        MIDWAY,
                        true,
                        call -> frontend.gateway()
                                .answer("1")
                                .concatWith(Flux.error(new IllegalStateException("planted"))));
        grpc = new GrpcDoors(frontend.grpcPort(), frontend.flightPort(), "\"method\": \"other\", \"input\": 1");
    }

    @AfterAll
    static void stop() {
        grpc.close();
        frontend.close();
    }

    @BeforeEach
    void listen() {
        appender.start();
        log().setAdditive(false);
        log().addAppender(appender);
    }

    @AfterEach
    void nothingIsLeft() {
        log().detachAppender(appender);
        log().setAdditive(true);
        frontend.gateway().assertReleased();
        frontend.gateway().forget();
    }

    private static Logger log() {
        return (Logger) LoggerFactory.getLogger(QueryLabel.class);
    }

    static List<Door> doors() {
        return AllDoors.of(frontend, grpc);
    }

    @ParameterizedTest
    @MethodSource("doors")
    void areToldToTheLogAlone(Door door) {
        for (String actor : List.of("broken", "thrower")) {
            assertTold(door, actor);
        }
    }

    /** What came before goes with it, or has left already with a status that says that all is well. */
    @ParameterizedTest
    @MethodSource("doorsThatReadToTheEnd")
    void areToldToTheLogAloneAlsoAfterAResult(Door door) {
        assertTold(door, MIDWAY);
    }

    /** Of a method that streams, too. */
    static List<Door> doorsThatReadToTheEnd() {
        List<String> names =
                List.of("native HTTP", "native HTTP, events", "OIP, generate_stream", "ZeroMQ, three frames");
        return doors().stream().filter(door -> names.contains(door.name())).toList();
    }

    private void assertTold(Door door, String actor) {
        Door.Heard heard = door.hear(actor);
        assertThat(heard.whole())
                .as("what the caller of %s hears", actor)
                .contains("This frontend failed; its log says why.")
                .doesNotContain("planted", "Exception", "\tat ", "java.lang");
        await().untilAsserted(() -> assertThat(events).hasSize(1));
        ILoggingEvent event = events.remove();
        assertThat(event.getThrowableProxy().getMessage()).isEqualTo("planted");
        String id = frontend.gateway().calls().get(0).call().id();
        frontend.gateway().forgetCalls();
        assertThat(pairs(event)).isEqualTo(Map.of("query.id", id, "trace.id", Door.TRACE_ID));
        assertThat(event.getFormattedMessage()).contains(id).contains(actor);
    }

    private static Map<String, String> pairs(ILoggingEvent event) {
        return event.getKeyValuePairs().stream()
                .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
    }
}
