package dev.sluice.router.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.Role;
import dev.sluice.router.dispatch.ActorDirectory;
import dev.sluice.router.dispatch.DispatchMetrics;
import dev.sluice.router.dispatch.DispatchSettings;
import dev.sluice.router.dispatch.RouterLinks;
import dev.sluice.router.dispatch.RouterView;
import dev.sluice.router.testing.FakeLink;
import dev.sluice.router.testing.VirtualShard;
import dev.sluice.router.testing.VirtualTime;
import dev.sluice.scheduling.DeadlineSettings;
import dev.sluice.scheduling.QueueLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class RouterGaugesTest {

    private static final ActorDescriptor ECHO = new ActorDescriptor(
            "echo",
            "1",
            true,
            1000,
            "deadline",
            "",
            List.of(new MethodDescriptor("call", false, 1, 0, false, "String", "String")));

    private final VirtualTime time = new VirtualTime();
    private final VirtualShard loop = time.newShard();
    private final ActorDirectory actors = new ActorDirectory(
            List.of(loop),
            new DispatchSettings(
                    new QueueLimits(10, 10_000), DeadlineSettings.DEFAULT, 3, 1_000_000_000, 1_000_000_000),
            actor -> DispatchMetrics.NONE,
            Duration.ofMinutes(2));
    private final RouterLinks links = new RouterLinks(actors, 10_000, time::now);
    private final RouterView view = new RouterView(actors, links);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private VirtualTimeScheduler ticks;
    private RouterGauges gauges;

    @BeforeEach
    void bind() {
        ticks = VirtualTimeScheduler.getOrSet();
        gauges = new RouterGauges(view, links);
        gauges.bindTo(registry);
        announce(State.READY, State.STARTING);
    }

    @AfterEach
    void stop() {
        gauges.close();
        VirtualTimeScheduler.reset();
    }

    private final FakeLink host = link(Role.HOST);

    private FakeLink link(Role role) {
        FakeLink link = new FakeLink(FakeLink.hello(role, "node"), loop);
        link.receiver(links.opened(link));
        return link;
    }

    private void announce(State... states) {
        List<Announcement.Replica> replicas = java.util.stream.IntStream.range(0, states.length)
                .mapToObj(i -> new Announcement.Replica("echo-" + i, "echo", "1", states[i], ""))
                .toList();
        host.receive(new Frame.Announce(MembershipJson.write(new Announcement(4, false, List.of(ECHO), replicas))));
        time.run();
        ticks.advanceTimeBy(Duration.ofSeconds(1));
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    @Test
    void showsReplicasByState() {
        assertThat(gauge("sluice.replicas", "actor", "echo", "version", "1", "state", "ready"))
                .isEqualTo(1);
        assertThat(gauge("sluice.replicas", "actor", "echo", "version", "1", "state", "starting"))
                .isEqualTo(1);
        announce(State.READY, State.READY);
        assertThat(gauge("sluice.replicas", "state", "ready")).isEqualTo(2);
        assertThat(gauge("sluice.replicas", "state", "starting")).isZero();
    }

    @Test
    void showsThatAnActorHasNoReplicaAnyMore() {
        assertThat(gauge("sluice.replicas.free", "actor", "echo")).isEqualTo(1);
        announce();
        assertThat(gauge("sluice.replicas", "actor", "echo", "state", "ready")).isZero();
        assertThat(gauge("sluice.replicas", "actor", "echo", "state", "draining"))
                .isZero();
        assertThat(gauge("sluice.replicas.free", "actor", "echo")).isZero();
    }

    @Test
    void showsWhatWasLearnt() {
        LearntGauges learnt = new LearntGauges(view);
        learnt.bindTo(registry);
        learnt.start();
        ticks.advanceTimeBy(Duration.ofSeconds(2));
        time.run();
        ticks.advanceTimeBy(Duration.ofSeconds(2));
        assertThat(gauge("sluice.schedule.replica.slowdown", "actor", "echo", "replica", "echo-0@node"))
                .isEqualTo(1);
        assertThat(registry.get("sluice.schedule.turned.away")
                        .tags("actor", "echo", "reason", "unmeetable")
                        .functionCounter()
                        .count())
                .isZero();
        learnt.stop();
    }

    /** An event loop that is asked something every now and then never gets quiet, and so never ends. */
    @Test
    void asksTheEventLoopsNothingOnceItIsStopped() {
        LearntGauges learnt = new LearntGauges(view);
        learnt.bindTo(registry);
        learnt.start();
        learnt.stop();
        time.run();
        ticks.advanceTimeBy(Duration.ofSeconds(20));
        assertThat(loop.isQuiet()).isTrue();
    }

    @Test
    void showsWhoIsLinked() {
        link(Role.FRONTEND);
        assertThat(gauge("sluice.link.peers", "role", "frontend")).isEqualTo(1);
        assertThat(gauge("sluice.link.peers", "role", "host")).isEqualTo(1);
        host.close("gone");
        time.run();
        assertThat(gauge("sluice.link.peers", "role", "host")).isZero();
    }

    @Test
    void showsWhatWaitsAndWhatIsInFlight() {
        FakeLink frontend = link(Role.FRONTEND);
        for (int i = 0; i < 3; i++) {
            frontend.receive(new QueryFrame(
                    i,
                    Duration.ofSeconds(9).toNanos(),
                    0,
                    "echo",
                    "call",
                    "",
                    0,
                    Unpooled.wrappedBuffer(new byte[1000])));
        }
        time.run();
        ticks.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(gauge("sluice.queue.size", "actor", "echo", "version", "1", "method", "call"))
                .isEqualTo(2);
        assertThat(view.actors()).singleElement().satisfies(actor -> {
            assertThat(actor.waiting()).isEqualTo(2);
            assertThat(actor.free()).isZero();
        });
        assertThat(gauge("sluice.link.inflight")).isEqualTo(3);
        assertThat(gauge("sluice.link.retained")).isEqualTo(3 * 1064);
    }

    @Test
    void stopsWithTheApplication() {
        gauges.close();
        announce(State.READY, State.READY);
        assertThat(gauge("sluice.replicas", "state", "ready")).isEqualTo(1);
    }
}
