package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.BuiltPrograms;
import dev.sluice.cli.platform.Progress;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.ControlPage;
import dev.sluice.system.call.ControlPage.Replica;
import dev.sluice.system.call.Reply;
import dev.sluice.system.call.RouterPage;
import dev.sluice.system.call.TrialCallers;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Redis;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;

/** Two routers that share what is wanted: either takes writes, and one is enough. */
class FleetRoutersIT {

    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final int ROUNDS = 20;

    /** More than the replicas take at once, so that both routers always have something for each. */
    private static final int MANY = 24;

    private static @Nullable Redis redis;
    private static @Nullable Site running;

    @BeforeAll
    static void start() {
        Redis store = Redis.started();
        redis = store;
        running = Site.start(
                "twins",
                Shape.TWINS,
                BuiltPrograms.of(Places.project(), Progress.NONE),
                spec -> spec.property(Tier.ROUTER, "sluice.fleet.store", "redis")
                        .property(Tier.ROUTER, "spring.data.redis.url", store.url()));
    }

    @AfterAll
    static void end() {
        if (running != null) {
            running.close();
        }
        if (redis != null) {
            redis.close();
        }
    }

    private static Site site() {
        if (running == null) {
            throw new IllegalStateException("The site was not started.");
        }
        running.makeWhole();
        running.emptyFleet();
        return running;
    }

    @Test
    void theOtherTakesOverFromAKilledRouterAndGivesBack(TestReporter report) {
        Site site = site();
        site.control(0).done("PUT", "actors/led", "{\"type\": \"trial\", \"replicas\": 2}");
        int first = controllerOf(site, "led");
        int other = 1 - first;
        site.control(first).awaitSettled("led", 2);
        List<Replica> before = site.control(first).replicas("led");
        TrialCallers callers = new TrialCallers(site.caller(0), "led");
        callers.during(() -> {
            callers.awaitMore();
            long start = System.nanoTime();
            site.router(first).kill();
            ControlPage control = site.control(other);
            await("the other one controls it")
                    .atMost(Site.LONG)
                    .pollInterval(GLANCE)
                    .until(() -> control.status("led").path("ready").asInt(0) == 2);
            report.publishEntry("controlled after ms", Long.toString((System.nanoTime() - start) / 1_000_000));
            assertThat(control.replicas("led")).containsExactlyInAnyOrderElementsOf(before);
            control.scale("led", 3);
            callers.awaitMore();

            ServiceProcess back = site.router(first);
            back.restart();
            back.awaitReady(Site.LONG);
            ControlPage again = site.control(first);
            await("the first one controls it again")
                    .atMost(Site.LONG)
                    .pollInterval(GLANCE)
                    .until(() -> again.status("led").path("ready").asInt(0) == 3);
            assertThat(replicasWanted(again, "led")).isEqualTo(3);
            await("each of them answers")
                    .atMost(Site.LONG)
                    .until(() -> callers.names().size() >= 3);
        });
        report.publishEntry("callers", callers.tally().toString());

        callers.assertAllAnswered();
        assertThat(callers.names()).as("instances, of which none began anew").hasSize(3);
        assertThat(site.control(first).replicas("led")).hasSize(3).containsAll(before);
        site.awaitCalm();
    }

    @Test
    void twoRoutersServeAHotActorAndNeverGiveAReplicaTwoBatches(TestReporter report) {
        Site site = site();
        site.control(0)
                .done(
                        "PUT",
                        "actors/hot",
                        "{\"type\": \"trial\", \"replicas\": 2, \"routers\": 2, \"args\": {\"takes\": \"20ms\"}}");
        site.control(controllerOf(site, "hot")).awaitSettled("hot", 2);
        List<RouterPage> routers = List.of(
                new RouterPage(site.router(0).url()),
                new RouterPage(site.router(1).url()));
        TrialCallers callers = new TrialCallers(site.caller(0), "hot");
        callers.during(MANY, Duration.ZERO, () -> {
            callers.awaitMore();
            await("both routers serve it")
                    .atMost(Site.LONG)
                    .until(() -> routers.stream().allMatch(router -> router.attempts("hot") >= TrialCallers.SOME));
            await("both replicas answer")
                    .atMost(Site.LONG)
                    .until(() -> callers.names().size() >= 2);
            callers.awaitMore();
        });
        report.publishEntry("callers", callers.tally().toString());
        report.publishEntry(
                "ended in each router",
                routers.stream().map(router -> router.attempts("hot")).toList().toString());

        callers.assertAllAnswered();
        assertThat(callers.names()).as("who answered").hasSize(2);
        site.awaitCalm();
    }

    @Test
    void ofTwoWritesToOneRevisionOneLoses() {
        Site site = site();
        site.control(0).done("PUT", "actors/fought", "{\"type\": \"trial\", \"replicas\": {\"min\": 0, \"max\": 1}}");
        for (int round = 1; round <= ROUNDS; round++) {
            JsonNode seen = site.control(round % 2).actor("fought");
            String etag = "\"" + seen.path("revision").asLong() + "\"";
            CompletableFuture<Reply> one = scale(site.control(0), etag, 2 * round);
            CompletableFuture<Reply> two = scale(site.control(1), etag, 2 * round + 1);
            List<Reply> replies = Caller.all(List.of(one, two));
            assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(200, 409);
            int won = replies.get(0).ok() ? 2 * round : 2 * round + 1;
            for (ControlPage each : List.of(site.control(0), site.control(1))) {
                assertThat(each.actor("fought")
                                .path("goal")
                                .path("replicas")
                                .path("max")
                                .asInt())
                        .isEqualTo(won);
            }
        }
    }

    private static CompletableFuture<Reply> scale(ControlPage control, String etag, int max) {
        return control.sendLater("POST", "actors/fought/scale", "{\"max\": " + max + "}", "If-Match", etag);
    }

    private static int replicasWanted(ControlPage control, String actor) {
        return control.actor(actor).path("goal").path("replicas").asInt();
    }

    /** Once both agree. */
    private static int controllerOf(Site site, String actor) {
        await("both routers name one")
                .atMost(Site.LONG)
                .until(() -> named(site, 0, actor).equals(named(site, 1, actor))
                        && !named(site, 0, actor).isEmpty());
        return named(site, 0, actor).equals(site.router(0).name()) ? 0 : 1;
    }

    private static String named(Site site, int router, String actor) {
        return site.control(router).actor(actor).path("controller").asString("");
    }
}
