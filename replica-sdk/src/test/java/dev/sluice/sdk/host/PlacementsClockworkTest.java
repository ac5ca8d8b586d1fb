package dev.sluice.sdk.host;

import static dev.sluice.sdk.host.ScriptedVersions.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.placement.Placement;
import dev.sluice.common.placement.VersionSpec;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a host does by itself about what routers wanted, as time goes by. */
@Timeout(180)
class PlacementsClockworkTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long START = Long.MAX_VALUE - SECOND;

    private final EventExecutor loop = new DefaultEventExecutor();
    private final RecordingMeters meters = new RecordingMeters();
    private final ReplicaSet replicas = new ReplicaSet(
            new HostContext(loop, (name, version, method) -> meters, Long.MAX_VALUE, () -> {}), Duration.ofHours(1));
    private final ScriptedVersions versions = new ScriptedVersions().with("echo", ScriptedActor.ECHO);
    private final List<String> resolved = new ArrayList<>();
    private final Placements placements = new Placements(
            new VersionResolver() {
                @Override
                public List<Offer> offers() {
                    return versions.offers();
                }

                @Override
                public HostedActor resolve(String actor, VersionSpec version) {
                    resolved.add(version.version());
                    return versions.resolve(actor, version);
                }
            },
            replicas,
            4);

    @AfterEach
    void stop() throws Exception {
        for (HostedReplica replica : onLoop(replicas::all)) {
            onLoop(replica::stop).get(60, TimeUnit.SECONDS);
        }
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private <T> T onLoop(Callable<T> action) {
        return loop.submit(action).syncUninterruptibly().getNow();
    }

    private void place(long revision, List<VersionSpec> known, Placement.Wanted... wanted) {
        onLoop(() -> placements.apply(new Placement("store", revision, "a", known, List.of(wanted), List.of())));
    }

    private boolean at(long seconds) {
        return onLoop(() -> placements.tryRejectedAgain(START + seconds * SECOND));
    }

    private Announcement.Placing announced() {
        return onLoop(() -> placements.announced(List.of()));
    }

    @Test
    void makesAVersionOnceWhatItLackedIsThere() {
        place(1, List.of(spec("1", "echo"), spec("2", "late")), new Placement.Wanted("a@2-0", "2"));
        assertThat(announced().rejected()).hasSize(1);
        assertThat(at(0)).isFalse();
        versions.with("late", ScriptedActor.ECHO);
        assertThat(at(1)).isTrue();
        assertThat(announced().rejected()).isEmpty();
        assertThat(announced().placed()).containsExactly("a@2-0");
        assertThat(resolved).as("the other is made once").containsExactly("1", "2", "2");
        assertThat(at(100)).isFalse();
    }

    @Test
    void takesLongerAfterEachTime() {
        place(1, List.of(spec("1", "late")));
        at(0);
        List<Integer> tried = new ArrayList<>();
        for (int second = 1; second < 200; second++) {
            int before = resolved.size();
            at(second);
            if (resolved.size() > before) {
                tried.add(second);
            }
        }
        assertThat(tried).containsExactly(1, 3, 7, 15, 31, 63, 127, 191);
        place(2, List.of(spec("1", "late")));
        int before = resolved.size();
        at(201);
        at(202);
        assertThat(resolved).as("anew after another placement").hasSize(before + 1);
    }
}
