package dev.sluice.sdk.host;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.Role;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposables;

/** A batch that waits for other actors, and waits too long. */
class LentTooLongTest {

    private static final Duration STUCK_AFTER = Duration.ofHours(1);

    private final EventExecutor loop = new DefaultEventExecutor();
    private final Batches batches = new Batches();
    private final RecordingMeters meters = new RecordingMeters();
    private final FakeLink link = new FakeLink(Role.ROUTER, "router-0");
    private final ScriptedActor actor = ScriptedActor.lending(
            "a",
            (inputs, sink) -> ScriptedActor.text(inputs.get(0)).equals("wait")
                    ? Disposables.single()
                    : ScriptedActor.ECHO.run(inputs, sink));
    private final ReplicaSet replicas = new ReplicaSet(
            new HostContext(loop, (name, version, method) -> meters, Long.MAX_VALUE, () -> {}), STUCK_AFTER);

    @AfterEach
    void stop() throws Exception {
        for (HostedReplica replica : onLoop(replicas::all)) {
            onLoop(replica::stop).get(60, TimeUnit.SECONDS);
        }
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
        batches.assertReleased();
    }

    private <T> T onLoop(Callable<T> action) {
        return loop.submit(action).syncUninterruptibly().getNow();
    }

    private Announcement.Replica announced() {
        return onLoop(replicas::announced).get(0);
    }

    private void runs(long number, String input) {
        onLoop(() -> {
            HostedReplica replica = replicas.find("a-0");
            BatchJob[] self = new BatchJob[1];
            self[0] = new BatchJob(
                    batches.of(number, "a-0", input),
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
    void isGivenUpAloneAndItsReplicaGoesOn() throws Exception {
        onLoop(() -> {
            replicas.add(actor.hosted(1));
            return true;
        });
        await().until(() -> announced().state() == State.READY);
        runs(1, "wait");
        link.next(Frame.Lent.class);
        passes(STUCK_AFTER.dividedBy(2));
        assertThat(link.rest()).isEmpty();

        passes(STUCK_AFTER);
        assertThat(link.next(Frame.Failed.class).message()).startsWith("The actor worked on this batch for more than");
        assertThat(link.next(Frame.Done.class).batch()).isEqualTo(1);
        assertThat(announced().id()).isEqualTo("a-0");
        assertThat(announced().state()).isEqualTo(State.READY);
        runs(2, "now");
        assertThat(link.body(link.next(ResultFrame.class))).isEqualTo("now");
        assertThat(link.next(Frame.Done.class).batch()).isEqualTo(2);
    }
}
