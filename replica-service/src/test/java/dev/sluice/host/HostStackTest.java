package dev.sluice.host;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.link.Link;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.testing.CompiledJar;
import dev.sluice.common.testing.LinkServer;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.Role;
import dev.sluice.sdk.Actor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole stock host, with an actor from a jar and real links to a router that the test plays. */
@Timeout(300)
class HostStackTest {

    private static final String ACTOR = """
            @dev.sluice.sdk.Actor("demo")
            class Demo {
                public String call(String input) {
                    return input + "!";
                }

                public byte[] large(int size) throws InterruptedException {
                    ((java.util.concurrent.Semaphore) System.getProperties().get("demo.may-go-on")).acquire();
                    return new byte[size];
                }
            }
            """;

    private static final int LARGE = 2 * 1024 * 1024;

    private final Semaphore mayGoOn = new Semaphore(0);
    private final LinkServer router = LinkServer.start();

    @TempDir
    private Path folder;

    private ConfigurableApplicationContext host;
    private Link link;

    @BeforeEach
    void start() throws Exception {
        System.getProperties().put("demo.may-go-on", mayGoOn);
        CompiledJar.of(List.of(Actor.class), ACTOR).writeTo(folder.resolve("demo.jar"));
        host = new SpringApplicationBuilder(HostApplication.class)
                .run(
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--sluice.node-id=host-7",
                        "--sluice.link.lease=2m",
                        "--sluice.host.drain-timeout=5m",
                        "--spring.lifecycle.timeout-per-shutdown-phase=10m",
                        "--sluice.host.actors-dir=" + folder,
                        "--sluice.routers=" + router.address());
        link = router.link();
    }

    @AfterEach
    void stop() {
        host.close();
        router.close();
        System.getProperties().remove("demo.may-go-on");
    }

    @Test
    void runsABatchThatARouterSends() throws Exception {
        assertThat(link.peer().role()).isEqualTo(Role.HOST);
        assertThat(link.peer().nodeId()).isEqualTo("host-7");
        Announcement ready = announced(HostStackTest::ready);
        assertThat(ready.replicas()).extracting(Announcement.Replica::id).containsExactly("demo-0");

        link.send(batch(1, "call", "\"x\"", "\"y\"", "7"));
        assertThat(text(router.next(ResultFrame.class))).isEqualTo("\"x!\"");
        assertThat(text(router.next(ResultFrame.class))).isEqualTo("\"y!\"");
        assertThat(router.next(Frame.Failed.class).message()).contains("not a String");
        assertThat(router.next(Frame.Done.class).batch()).isEqualTo(1);
    }

    @Test
    void showsHealthBuildAndMetrics() throws Exception {
        announced(HostStackTest::ready);
        assertThat(get("/actuator/health/liveness")).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get("/actuator/health/readiness"))
                .contains("\"readinessState\"")
                .contains("\"sluiceHost\"")
                .contains("\"routers\":1")
                .contains("\"READY\":1");
        assertThat(get("/actuator/info"))
                .contains("\"artifact\":\"sluice-replica-service\"")
                .contains("\"version\"");
        link.send(batch(1, "call", "\"x\""));
        router.next(Frame.Done.class);
        assertThat(get("/actuator/prometheus"))
                .containsPattern("sluice_replicas\\{node=\"host-7\",state=\"ready\",tier=\"host\"\\} 1\\.0")
                .containsPattern(
                        "sluice_queries_total\\{actor=\"demo\",code=\"ok\",method=\"call\",node=\"host-7\",outcome=\"answered\"");
    }

    @Test
    void endsWhatItRunsAndLetsItLeaveBeforeItStops() throws Exception {
        announced(HostStackTest::ready);
        link.send(batch(1, "large", String.valueOf(LARGE)));
        await().until(mayGoOn::hasQueuedThreads);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(host::close);
        announced(Announcement::draining);
        link.send(batch(2, "call", "\"too late\""));
        assertThat(router.next(Frame.Busy.class)).isEqualTo(new Frame.Busy(2));
        assertThat(stopped).isNotDone();

        mayGoOn.release();
        ResultFrame large = router.next(ResultFrame.class);
        assertThat(large.bodyBytes()).isEqualTo(LARGE);
        large.release();
        assertThat(router.closed()).isNotEmpty();
        stopped.get(60, TimeUnit.SECONDS);
    }

    private static boolean ready(Announcement said) {
        return !said.replicas().isEmpty()
                && said.replicas().stream().allMatch(replica -> replica.state() == State.READY);
    }

    private Announcement announced(Predicate<Announcement> holds) throws Exception {
        Announcement said;
        do {
            said = MembershipJson.read(router.next(Frame.Announce.class).json(), Announcement.class);
        } while (!holds.test(said));
        return said;
    }

    private static BatchFrame batch(long number, String method, String... inputs) {
        List<BatchItem> items = new ArrayList<>();
        for (String input : inputs) {
            ByteBuf data = PooledByteBufAllocator.DEFAULT.buffer();
            new Meta("application/json", "id", "").encode(data);
            int metaLength = data.readableBytes();
            data.writeCharSequence(input, StandardCharsets.UTF_8);
            items.add(new BatchItem(
                    number * 100 + items.size(), Duration.ofMinutes(10).toNanos(), metaLength, data));
        }
        return new BatchFrame(number, false, "demo-0", method, items);
    }

    private static String text(ResultFrame result) {
        String text = result.body().toString(StandardCharsets.UTF_8);
        result.release();
        return text;
    }

    private String get(String path) throws Exception {
        String port = host.getEnvironment().getProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
