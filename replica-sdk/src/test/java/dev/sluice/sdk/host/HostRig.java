package dev.sluice.sdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.Replica;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Role;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A host between actors and routers that the test plays. */
final class HostRig implements AutoCloseable {

    static final Duration LONG = Duration.ofMinutes(10);

    final EventExecutor loop = new DefaultEventExecutor();
    final Batches batches = new Batches();
    final RecordingMeters meters = new RecordingMeters();
    final Host host;
    private final List<FakeLink> links = new ArrayList<>();

    private HostRig(HostSettings settings, VersionResolver resolver, HostedActor... actors) {
        host = new Host(loop, settings, Arrays.asList(actors), resolver, (actor, version, method) -> meters);
    }

    static HostRig of(HostedActor... actors) {
        return new HostRig(new HostSettings(16, LONG, LONG), VersionResolver.NONE, actors);
    }

    /** One where routers may place replicas. */
    static HostRig placing(int slots, VersionResolver resolver, HostedActor... actors) {
        return new HostRig(new HostSettings(slots, LONG, LONG), resolver, actors);
    }

    /** One whose leases are short, and whose batches are soon taken for stuck. */
    static HostRig hasty(HostedActor... actors) {
        return hasty(VersionResolver.NONE, actors);
    }

    static HostRig hasty(VersionResolver resolver, HostedActor... actors) {
        return new HostRig(new HostSettings(16, Duration.ofMillis(1), Duration.ofMillis(30)), resolver, actors);
    }

    FakeLink router(String nodeId) {
        FakeLink link = new FakeLink(Role.ROUTER, nodeId);
        links.add(link.to(host.opened(link)));
        return link;
    }

    /** A router, once the host has told it that all its replicas are ready. */
    FakeLink served(String nodeId) throws InterruptedException {
        FakeLink link = router(nodeId);
        announced(
                link,
                said -> !said.replicas().isEmpty()
                        && said.replicas().stream().allMatch(replica -> replica.state() == State.READY));
        return link;
    }

    /** The next announcement for which this holds; waits for it. */
    static Announcement announced(FakeLink link, Predicate<Announcement> holds) throws InterruptedException {
        Announcement said;
        do {
            said = MembershipJson.read(link.next(Frame.Announce.class).json(), Announcement.class);
        } while (!holds.test(said));
        return said;
    }

    static List<String> ids(Announcement said) {
        return said.replicas().stream().map(Replica::id).toList();
    }

    /** Returns when the host's loop has done all that it was given so far. */
    void settle() {
        loop.submit(() -> {}).awaitUninterruptibly();
    }

    @Override
    public void close() {
        links.forEach(link -> link.close("the test is over"));
        settle();
        host.stop().orTimeout(60, TimeUnit.SECONDS).join();
        settle();
        batches.assertReleased();
        assertThat(links).allMatch(link -> link.unreleased().isEmpty(), "nothing held on the link");
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
