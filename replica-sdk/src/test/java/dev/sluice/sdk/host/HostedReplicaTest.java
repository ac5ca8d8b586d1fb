package dev.sluice.sdk.host;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Role;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposables;

@Timeout(180)
class HostedReplicaTest {

    private final EventExecutor loop = new DefaultEventExecutor();
    private final Batches batches = new Batches();
    private final RecordingMeters meters = new RecordingMeters();
    private final FakeLink link = new FakeLink(Role.ROUTER, "router-0");
    private final CountDownLatch changed = new CountDownLatch(1);

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
        batches.assertReleased();
    }

    private HostedReplica ready(ScriptedActor.Script script) throws InterruptedException {
        HostContext context =
                new HostContext(loop, (actor, version, method) -> meters, Long.MAX_VALUE, changed::countDown);
        HostedReplica replica =
                new HostedReplica("a-0", ScriptedActor.of("a", script).hosted(1), context);
        onLoop(replica::start);
        changed.await();
        assertThat(replica.announced().state()).isEqualTo(State.READY);
        return replica;
    }

    private void offer(HostedReplica replica, BatchFrame batch) {
        BatchJob[] self = new BatchJob[1];
        self[0] = new BatchJob(
                batch, link, meters, replica.cancels(), last -> replica.ended(self[0], () -> link.send(last)));
        onLoop(() -> assertThat(replica.offer(self[0])).isTrue());
    }

    private void onLoop(Runnable action) {
        loop.submit(action).syncUninterruptibly();
    }

    @Test
    void startsNoStagedBatchThatItRefusedWhenItWasGivenUp() throws Exception {
        HostedReplica replica = ready((inputs, sink) -> Disposables.disposed());
        offer(replica, batches.of(1, "a-0", "never answered"));
        offer(replica, batches.staged(2, "a-0", "behind it"));
        // User code has returned, so that giving the batch up ends it at once.
        await().until(() -> link.flushes() > 0);
        onLoop(() -> replica.retire(1));
        link.next(Frame.Done.class);
        onLoop(() -> {});
        assertThat(replica.idle()).isTrue();
        assertThat(link.rest()).containsExactly(new Frame.Busy(2));
        replica.stop().get(60, TimeUnit.SECONDS);
        assertThat(meters.batches).isEqualTo(List.of(1));
    }
}
