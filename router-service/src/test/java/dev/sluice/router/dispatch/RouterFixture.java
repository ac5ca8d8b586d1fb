package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.membership.CatalogueContent;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.trace.Spans;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Frame.Hello;
import dev.sluice.common.wire.Role;
import dev.sluice.router.testing.FakeLink;
import dev.sluice.router.testing.VirtualShard;
import dev.sluice.router.testing.VirtualTime;
import dev.sluice.scheduling.DeadlineSettings;
import dev.sluice.scheduling.QueueLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A router with two shards, and a loop for its links, all driven by hand. */
final class RouterFixture {

    static final Duration HOLD = Duration.ofSeconds(5);
    static final Duration LEASE = Duration.ofSeconds(3);
    static final Duration MEMORY = Duration.ofSeconds(60);
    static final int MOST_STARTS = 3;

    final VirtualTime time = new VirtualTime();
    final Payloads payloads = new Payloads();
    final CountingMetrics metrics = new CountingMetrics();
    final ActorDirectory actors;
    final RouterLinks links;
    private final VirtualShard linkLoop = time.newShard();
    private final List<FakeLink> open = new ArrayList<>();

    RouterFixture() {
        this(new QueueLimits(1000, 1 << 20), 1 << 20);
    }

    RouterFixture(QueueLimits limits, long maxRetained) {
        this(limits, maxRetained, Spans.NONE);
    }

    RouterFixture(Spans spans) {
        this(new QueueLimits(1000, 1 << 20), 1 << 20, spans);
    }

    private RouterFixture(QueueLimits limits, long maxRetained, Spans spans) {
        DispatchSettings settings =
                new DispatchSettings(limits, DeadlineSettings.DEFAULT, MOST_STARTS, HOLD.toNanos(), LEASE.toNanos());
        actors = new ActorDirectory(List.of(time.newShard(), time.newShard()), settings, actor -> metrics, MEMORY);
        links = new RouterLinks(actors, maxRetained, time::now, spans);
    }

    FakeFrontend frontend(String nodeId) {
        return new FakeFrontend(this, link(FakeLink.hello(Role.FRONTEND, nodeId)));
    }

    FakeHost host(String nodeId) {
        return host(FakeLink.hello(Role.HOST, nodeId));
    }

    FakeHost host(Hello hello) {
        return new FakeHost(this, link(hello));
    }

    FakeLink link(Hello hello) {
        FakeLink link = newLink(hello);
        time.run();
        return link;
    }

    /** As {@link #link}, but nothing else happens yet. */
    FakeLink newLink(Hello hello) {
        FakeLink link = new FakeLink(hello, linkLoop);
        link.receiver(links.opened(link));
        open.add(link);
        return link;
    }

    ActorDispatcher dispatcher(String actor) {
        Destination found = actors.find(actor, "");
        assertThat(found).isInstanceOf(ActorDispatcher.class);
        return (ActorDispatcher) Objects.requireNonNull(found);
    }

    static String names(Frame.Catalogue catalogue) {
        return MembershipJson.read(catalogue.json(), CatalogueContent.class).actors().stream()
                .map(actor -> actor.name() + ":" + actor.version())
                .collect(Collectors.joining(" "));
    }

    /** Ends all links, and sees to it that then nothing is left: no query, no byte, no buffer. */
    void assertNothingStays() {
        open.forEach(link -> link.close("the test is over"));
        time.run();
        assertThat(links.inFlight()).isZero();
        assertThat(links.retainedBytes()).isZero();
        assertThat(actors.all()).allSatisfy(dispatcher -> {
            assertThat(dispatcher.batcher().retainedBytes()).isZero();
            assertThat(dispatcher.replicaCount()).isZero();
        });
        payloads.assertAllGivenBack();
    }
}
