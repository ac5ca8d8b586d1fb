package dev.sluice.benchmarks.hops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.benchmarks.echo.EchoApplication;
import dev.sluice.benchmarks.load.Exchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class HopsRunTest {

    private static final HopsPlan BRIEF =
            new HopsPlan(List.of(1, 4), 2, Duration.ofMillis(40), Duration.ofMillis(5), Duration.ofMillis(100));

    private static ConfigurableApplicationContext echo;

    @BeforeAll
    static void startEcho() {
        echo = new SpringApplicationBuilder(EchoApplication.class)
                .properties("spring.config.name=echo")
                .run("--server.port=0");
    }

    @AfterAll
    static void stopEcho() {
        echo.close();
    }

    @Test
    void drivesBothSidesAtEveryLevelInEveryRound() throws IOException, InterruptedException {
        Side one = side("echo");
        Side other = side("tiers");
        Drive drive = new Drive();
        List<String> progress = new ArrayList<>();
        List<Level> levels = new HopsRun(BRIEF, one, other, drive, progress::add).run();
        assertThat(levels).extracting(Level::connections).containsExactly(1, 4);
        assertThat(levels).allSatisfy(level -> {
            assertThat(level.rounds()).hasSize(2).allSatisfy(round -> {
                assertThat(round.echo().load().checked()).isPositive();
                assertThat(round.tiers().load().checked()).isPositive();
            });
        });
        assertThat(progress).hasSize(2 * 2 + 2 * 2);
        assertThat(drive.checked()).isPositive();
    }

    @Test
    void refusesToMeasureWhatAnswersWrongly() throws IOException, InterruptedException {
        Exchange right = Query.prepare(url("noop"));
        Side wrong = new Side("tiers", new Exchange(right.address(), right.request(), new byte[] {'x'}), List.of());
        assertThatIOException()
                .isThrownBy(() -> new HopsRun(BRIEF, side("echo"), wrong, new Drive(), line -> {}).run())
                .withMessageContaining("tiers, 1 connections")
                .withMessageContaining("\"actor\":\"noop\"");
    }

    @Test
    void refusesAPageThatIsNoActor() {
        assertThatIOException()
                .isThrownBy(() -> Query.prepare(URI.create(url("noop") + "/and/more")))
                .withMessageContaining("404");
    }

    @Test
    void bearsWrongAnswersNoLongerThanIsSaid() {
        assertThatIOException()
                .isThrownBy(() -> Query.prepare(URI.create(url("noop") + "/and/more"), Duration.ofMillis(120)))
                .withMessageContaining("404");
    }

    @Test
    void echoAnswersWithItsInput() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url("some"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"input\": [1, {\"a\": \"b\"}], \"slo_ms\": 5}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body())
                .isEqualTo("{\"success\":true,\"actor\":\"some\",\"result\":[1,{\"a\":\"b\"}]}");
    }

    @Test
    void echoKeepsTheMetricsOfAFrontend() throws IOException, InterruptedException {
        Query.prepare(url("noop"));
        HttpRequest request = HttpRequest.newBuilder(url("actuator/prometheus")).build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body())
                .contains("sluice_queries_total{actor=\"noop\"", "sluice_query_duration_seconds_bucket{actor=\"noop\"");
    }

    private static Side side(String name) throws IOException, InterruptedException {
        return new Side(name, Query.prepare(url("noop")), List.of());
    }

    private static URI url(String path) {
        return URI.create("http://127.0.0.1:" + echo.getEnvironment().getProperty("local.server.port") + "/" + path);
    }
}
