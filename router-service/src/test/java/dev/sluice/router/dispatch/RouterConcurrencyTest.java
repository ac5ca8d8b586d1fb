package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame.Kind;
import dev.sluice.common.wire.Role;
import dev.sluice.router.batching.EventLoopShard;
import dev.sluice.router.testing.FakeLink;
import dev.sluice.router.testing.FakeLink.SentResult;
import dev.sluice.scheduling.DeadlineSettings;
import dev.sluice.scheduling.QueueLimits;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Links and shards on threads of their own: limits are exact, and every query ends once. */
class RouterConcurrencyTest {

    private static final Duration SLO = Duration.ofSeconds(60);
    private static final int FRONTENDS = 3;

    private final List<DefaultEventExecutor> threads = new ArrayList<>();
    private final Payloads payloads = new Payloads();
    private final CountingMetrics metrics = new CountingMetrics();

    @AfterEach
    void stop() {
        threads.forEach(thread -> thread.shutdownGracefully(0, 1, TimeUnit.SECONDS));
    }

    private DefaultEventExecutor thread() {
        DefaultEventExecutor thread = new DefaultEventExecutor();
        threads.add(thread);
        return thread;
    }

    private RouterLinks router(QueueLimits limits, long maxRetained) {
        DispatchSettings settings = new DispatchSettings(
                limits,
                DeadlineSettings.DEFAULT,
                RouterFixture.MOST_STARTS,
                SLO.toNanos(),
                Duration.ofMillis(5).toNanos());
        ActorDirectory actors = new ActorDirectory(
                List.of(new EventLoopShard(thread()), new EventLoopShard(thread())),
                settings,
                actor -> metrics,
                Duration.ofMillis(5));
        return new RouterLinks(actors, maxRetained, System::nanoTime);
    }

    /** Everything that was handed over before is done, also what that handed over in its turn. */
    private void settle() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            for (DefaultEventExecutor thread : threads) {
                thread.submit(() -> {}).sync();
            }
        }
    }

    @Test
    void holdsExactlyAsManyBytesAsItMay() throws InterruptedException {
        int fit = 100;
        QueryFrame sample = payloads.query(1, "echo", "call", "", SLO, "x");
        long charge = RoutedQuery.charge(sample);
        sample.release();
        RouterLinks router = router(new QueueLimits(100_000, 1 << 30), fit * charge);
        FakeLink host = link(router, Role.HOST, "host");
        Announcement nothingReady = new Announcement(1, false, List.of(Actors.echo()), List.of());
        host.executor().execute(() -> host.receive(new Frame.Announce(MembershipJson.write(nothingReady))));
        settle();

        List<FakeLink> frontends = new ArrayList<>();
        for (int i = 0; i < FRONTENDS; i++) {
            frontends.add(link(router, Role.FRONTEND, "frontend-" + i));
        }
        for (int query = 1; query <= 2 * fit; query++) {
            for (FakeLink frontend : frontends) {
                Frame frame = payloads.query(query, "echo", "call", "", SLO, "x");
                frontend.executor().execute(() -> frontend.receive(frame));
            }
        }
        settle();
        assertThat(router.inFlight()).isEqualTo(fit);
        assertThat(router.retainedBytes()).isEqualTo(fit * charge);
        assertThat(frontends.stream()
                        .flatMap(frontend -> frontend.written(Frame.Failed.class).stream())
                        .filter(failed -> failed.code() == ErrorCode.OVERLOADED.number()))
                .hasSize(2 * fit * FRONTENDS - fit);

        router.closeAll("over");
        settle();
        assertThat(router.retainedBytes()).isZero();
        assertThat(router.inFlight()).isZero();
        payloads.assertAllGivenBack();
    }

    private FakeLink link(RouterLinks router, Role role, String nodeId) {
        FakeLink link = new FakeLink(FakeLink.hello(role, nodeId), thread());
        link.executor().execute(() -> link.receiver(router.opened(link)));
        return link;
    }

    @Test
    void endsEveryQueryOnceWhileHostsComeAndGo() throws InterruptedException {
        RouterLinks router = router(new QueueLimits(200, 1 << 20), 1 << 18);
        List<ActorDescriptor> actors = List.of(Actors.counter(), Actors.echo());
        Map<String, Integer> starts = new ConcurrentHashMap<>();
        List<SimulatedHost> hosts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            hosts.add(host(router, "host-" + i, new Random(i), actors, starts));
        }
        settle();

        Random random = new Random(42);
        List<FakeLink> frontends = new ArrayList<>();
        List<Set<Long>> cancelled = new ArrayList<>();
        for (int i = 0; i < FRONTENDS; i++) {
            frontends.add(link(router, Role.FRONTEND, "frontend-" + i));
            cancelled.add(new HashSet<>());
        }
        int queries = 3_000;
        for (long query = 1; query <= queries; query++) {
            for (int i = 0; i < FRONTENDS; i++) {
                FakeLink frontend = frontends.get(i);
                String actor = random.nextBoolean() ? "counter" : "echo";
                Duration slo = random.nextInt(10) == 0 ? Duration.ofNanos(100_000) : SLO;
                Frame frame = payloads.query(query, actor, "call", "", slo, actor + " " + i + " " + query);
                frontend.executor().execute(() -> frontend.receive(frame));
                if (random.nextInt(4) == 0) {
                    long gone = 1L + random.nextInt((int) query);
                    cancelled.get(i).add(gone);
                    frontend.executor().execute(() -> frontend.receive(new Frame.Cancel(gone)));
                }
            }
            SimulatedHost any = hosts.get(random.nextInt(hosts.size()));
            any.link.executor().execute(() -> {
                any.read();
                any.work();
            });
            router.forgetGone();
            if (random.nextInt(300) == 0) {
                int place = random.nextInt(hosts.size());
                hosts.get(place).die();
                hosts.set(place, host(router, "host-" + place, new Random(query), actors, starts));
            }
        }
        // What was handed to a thread that has not run yet is not in flight yet.
        settle();
        for (int round = 0; round < 10_000 && router.inFlight() > 0; round++) {
            for (SimulatedHost host : hosts) {
                host.link.executor().execute(() -> {
                    host.read();
                    host.work();
                });
            }
            router.retryBusyReplicas();
            settle();
        }

        assertThat(router.inFlight()).as("queries that hang").isZero();
        assertThat(metrics.all()).isEqualTo(FRONTENDS * queries);
        for (int i = 0; i < FRONTENDS; i++) {
            Map<Long, Integer> ends = ends(frontends.get(i));
            Set<Long> impatient = cancelled.get(i);
            for (long query = 1; query <= queries; query++) {
                int times = ends.getOrDefault(query, 0);
                assertThat(times).as("ends of query " + query).isBetween(impatient.contains(query) ? 0 : 1, 1);
            }
        }
        starts.forEach((body, times) -> assertThat(times)
                .as("starts of " + body)
                .isLessThanOrEqualTo(body.startsWith("counter") ? 1 : RouterFixture.MOST_STARTS));
        router.closeAll("over");
        settle();
        assertThat(router.retainedBytes()).isZero();
        payloads.assertAllGivenBack();
    }

    private SimulatedHost host(
            RouterLinks router,
            String nodeId,
            Random random,
            List<ActorDescriptor> actors,
            Map<String, Integer> starts) {
        SimulatedHost host = new SimulatedHost(payloads, link(router, Role.HOST, nodeId), random, actors, starts);
        host.link.executor().execute(() -> {
            for (int i = 0; i < 6; i++) {
                host.reshuffle();
            }
        });
        return host;
    }

    private static Map<Long, Integer> ends(FakeLink frontend) {
        Map<Long, Integer> ends = new HashMap<>();
        frontend.written(SentResult.class).stream()
                .filter(result -> result.kind() != Kind.ITEM)
                .forEach(result -> ends.merge(result.exchange(), 1, Integer::sum));
        frontend.written(Frame.Failed.class).forEach(failed -> ends.merge(failed.exchange(), 1, Integer::sum));
        return ends;
    }
}
