package dev.sluice.sdk.host;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Role;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ReplicaSetTest {

    private static final Duration STUCK_AFTER = Duration.ofHours(1);

    private final EventExecutor loop = new DefaultEventExecutor();
    private final Batches batches = new Batches();
    private final RecordingMeters meters = new RecordingMeters();
    private final FakeLink link = new FakeLink(Role.ROUTER, "router-0");
    private final Semaphore goOn = new Semaphore(0);
    private final ScriptedActor actor = ScriptedActor.of("a", (inputs, sink) -> {
        goOn.acquireUninterruptibly();
        return ScriptedActor.ECHO.run(inputs, sink);
    });
    private final ReplicaSet replicas = new ReplicaSet(
            new HostContext(loop, (name, version, method) -> meters, Long.MAX_VALUE, () -> {}), STUCK_AFTER);

    @AfterEach
    void stop() throws Exception {
        goOn.release();
        link.next(Frame.Done.class);
        for (HostedReplica replica : onLoop(replicas::all)) {
            onLoop(replica::stop).get(60, TimeUnit.SECONDS);
        }
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
        batches.assertReleased();
    }

    private <T> T onLoop(Callable<T> action) {
        return loop.submit(action).syncUninterruptibly().getNow();
    }

    private List<Announcement.Replica> announced() {
        return onLoop(replicas::announced);
    }

    /** One replica, whose batch runs until the test ends. */
    private void busy() {
        onLoop(() -> {
            replicas.add(actor.hosted(1));
            return true;
        });
        await().until(() -> announced().get(0).state() == State.READY);
        onLoop(() -> {
            HostedReplica replica = replicas.find("a-0");
            BatchJob[] self = new BatchJob[1];
            self[0] = new BatchJob(
                    batches.of(1, "a-0", "x"),
                    link,
                    meters,
                    replica.cancels(),
                    last -> replica.ended(self[0], () -> link.send(last)));
            return replica.offer(self[0]);
        });
    }

    private void passes(Duration time) {
        onLoop(() -> {
            replicas.replaceStuck(System.nanoTime() + time.toNanos());
            return true;
        });
    }

    @Test
    void replacesAReplicaUnderANewIdOnceItIsStuck() {
        busy();
        passes(STUCK_AFTER.dividedBy(2));
        assertThat(announced()).extracting(Announcement.Replica::id).containsExactly("a-0");
        passes(STUCK_AFTER);
        assertThat(announced()).extracting(Announcement.Replica::id).containsExactly("a-1");
        passes(STUCK_AFTER);
        assertThat(announced()).extracting(Announcement.Replica::id).containsExactly("a-1");
    }

    @Test
    void startsNoReplicaInTheStuckOnesPlaceWhileItDrains() {
        busy();
        onLoop(() -> {
            replicas.drain();
            return true;
        });
        passes(STUCK_AFTER);
        assertThat(announced()).isEmpty();
        assertThat(onLoop(replicas::idle)).as("nothing holds the stop up").isTrue();
    }

    private void place(String id, HostedActor hosted) {
        onLoop(() -> {
            replicas.place(id, hosted);
            return true;
        });
    }

    @Test
    void tellsWhoPlacedAStuckOneThatItFailedAndStartsNoneInItsPlace() throws Exception {
        busy();
        place("a@1-0", actor.hosted(0));
        await().until(() -> announced().get(1).state() == State.READY);
        assertThat(onLoop(replicas::placed)).containsExactly("a@1-0");
        BatchJob[] self = new BatchJob[1];
        onLoop(() -> {
            HostedReplica replica = replicas.find("a@1-0");
            self[0] = new BatchJob(
                    batches.of(2, "a@1-0", "x"),
                    link,
                    meters,
                    replica.cancels(),
                    last -> replica.ended(self[0], () -> link.send(last)));
            return replica.offer(self[0]);
        });
        passes(STUCK_AFTER);
        assertThat(announced()).extracting(Announcement.Replica::id).containsExactlyInAnyOrder("a@1-0", "a-1");
        Announcement.Replica failed = announced().get(0);
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.reason()).contains("for more than 3600000 ms");
        passes(STUCK_AFTER);
        assertThat(onLoop(replicas::placed)).as("until that has seen it").containsExactly("a@1-0");
        onLoop(() -> {
            replicas.end(replicas.find("a@1-0"));
            return true;
        });
        assertThat(announced()).extracting(Announcement.Replica::id).containsExactly("a-1");
        assertThat(onLoop(replicas::placed)).isEmpty();
        goOn.release();
        link.next(Frame.Done.class);
    }

    @Test
    void forgetsOneThatDoesNotEnd() {
        busy();
        Semaphore started = new Semaphore(0);
        ScriptedActor hanging = ScriptedActor.version("a", "1", ScriptedActor.ECHO, () -> {
            started.acquireUninterruptibly();
            return null;
        });
        place("a@1-0", hanging.hosted(0));
        passes(STUCK_AFTER.dividedBy(2));
        onLoop(() -> {
            replicas.end(replicas.find("a@1-0"));
            return true;
        });
        passes(STUCK_AFTER.dividedBy(2));
        assertThat(announced()).extracting(Announcement.Replica::state).containsExactly(State.READY, State.STOPPING);
        passes(STUCK_AFTER);
        assertThat(announced()).extracting(Announcement.Replica::id).containsExactly("a-1");
        assertThat(onLoop(replicas::placed)).isEmpty();
        started.release();
        await().until(() -> hanging.closed() == 1);
        assertThat(announced()).extracting(Announcement.Replica::id).containsExactly("a-1");
    }

    @Test
    void doesNotTakeOneForAnotherOfTheSameId() {
        busy();
        Semaphore started = new Semaphore(0);
        ScriptedActor hanging = ScriptedActor.version("a", "1", ScriptedActor.ECHO, () -> {
            started.acquireUninterruptibly();
            return null;
        });
        place("a@1-0", hanging.hosted(0));
        onLoop(() -> {
            replicas.end(replicas.find("a@1-0"));
            return true;
        });
        passes(STUCK_AFTER);
        place("a@1-0", actor.hosted(0));
        started.release();
        await().until(() -> hanging.closed() == 1);
        assertThat(announced()).extracting(Announcement.Replica::id).containsExactly("a-1", "a@1-0");
        assertThat(onLoop(replicas::placed)).containsExactly("a@1-0");
    }
}
