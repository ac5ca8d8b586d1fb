package dev.sluice.sdk.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Role;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.actor.BatchSink;
import dev.sluice.sdk.actor.Input;
import dev.sluice.sdk.host.Host;
import dev.sluice.sdk.host.HostMetrics;
import dev.sluice.sdk.host.HostSettings;
import dev.sluice.sdk.host.HostedActor;
import dev.sluice.sdk.host.VersionResolver;
import dev.sluice.sdk.metrics.HostGauges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import reactor.core.Disposable;
import reactor.core.Disposables;

class HostHealthTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final EventExecutor loop = new DefaultEventExecutor();
    private final CountDownLatch mayStart = new CountDownLatch(1);

    @AfterEach
    void stop() throws Exception {
        mayStart.countDown();
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).await();
    }

    private Host host(HostedActor... actors) {
        return new Host(
                loop, new HostSettings(16, LONG, LONG), List.of(actors), VersionResolver.NONE, HostMetrics.NONE);
    }

    private void link(Host host) throws Exception {
        FakeLink router = new FakeLink(Role.ROUTER, "router-0");
        router.to(host.opened(router));
        settle();
    }

    private void settle() throws Exception {
        loop.submit(() -> {}).await();
    }

    private static Health health(Host host) {
        return new HostHealth(host).health();
    }

    @Test
    void isOutOfServiceWithoutARouter() {
        Health health = health(host());
        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.getDetails())
                .containsEntry("reason", "no router is linked")
                .containsEntry("routers", 0);
    }

    @Test
    void isUpWithARouterAndNothingToRun() throws Exception {
        Host host = host();
        link(host);
        assertThat(health(host).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isOutOfServiceWhileReplicasStartAndUpWhenTheyRun() throws Exception {
        Host host = host(new HostedActor(new Slow(), 2, Map.of()));
        host.start();
        link(host);
        assertThat(health(host).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health(host).getDetails()).containsEntry("reason", "replicas are starting");
        mayStart.countDown();
        awaitNoneStarting(host);
        assertThat(health(host).getStatus()).isEqualTo(Status.UP);
        assertThat(health(host).getDetails()).containsEntry("routers", 1).doesNotContainKey("reason");
    }

    @Test
    void isDownWhereNoReplicaCouldBeStarted() throws Exception {
        Host host = host(new HostedActor(new Broken(), 2, Map.of()));
        host.start();
        link(host);
        awaitNoneStarting(host);
        assertThat(health(host).getStatus()).isEqualTo(Status.DOWN);
        assertThat(health(host).getDetails()).containsEntry("reason", "no replica could be started");
    }

    @Test
    void isUpWhereSomeReplicasCouldBeStarted() throws Exception {
        mayStart.countDown();
        Host host = host(new HostedActor(new Broken(), 1, Map.of()), new HostedActor(new Slow(), 1, Map.of()));
        host.start();
        link(host);
        awaitNoneStarting(host);
        assertThat(health(host).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void showsReplicasAndRoutersAsGauges() throws Exception {
        mayStart.countDown();
        Host host = host(new HostedActor(new Broken(), 1, Map.of()), new HostedActor(new Slow(), 2, Map.of()));
        host.start();
        link(host);
        awaitNoneStarting(host);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        new HostGauges(host).bindTo(meters);
        assertThat(meters.get("sluice.replicas")
                        .tags("state", "ready", "tier", "host")
                        .gauge()
                        .value())
                .isEqualTo(2);
        assertThat(meters.get("sluice.replicas").tag("state", "failed").gauge().value())
                .isEqualTo(1);
        assertThat(meters.get("sluice.replicas")
                        .tag("state", "starting")
                        .gauge()
                        .value())
                .isZero();
        assertThat(meters.get("sluice.link.routers").gauge().value()).isEqualTo(1);
    }

    private void awaitNoneStarting(Host host) throws Exception {
        while (host.announcement().replicas().isEmpty()
                || host.replicasByState().containsKey(State.STARTING)) {
            settle();
        }
    }

    private static ActorDescriptor descriptor(String name) {
        return new ActorDescriptor(name, "1", false, 1_000, "fifo", "", List.of());
    }

    private final class Slow implements ActorType {

        @Override
        public ActorDescriptor descriptor() {
            return HostHealthTest.descriptor("slow");
        }

        @Override
        public ActorInstance create(Map<String, String> args) {
            try {
                mayStart.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new ActorInstance() {
                @Override
                public Disposable run(String method, List<Input> inputs, BatchSink sink) {
                    return Disposables.disposed();
                }

                @Override
                public void close() {}
            };
        }
    }

    private record Broken() implements ActorType {

        @Override
        public ActorDescriptor descriptor() {
            return HostHealthTest.descriptor("broken");
        }

        @Override
        public ActorInstance create(Map<String, String> args) {
            throw new IllegalArgumentException("planted");
        }
    }
}
