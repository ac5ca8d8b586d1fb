package dev.sluice.sdk.host;

import static dev.sluice.common.testing.Patience.await;
import static dev.sluice.sdk.host.ScriptedActor.ECHO;
import static dev.sluice.sdk.host.ScriptedActor.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposables;

@Timeout(120)
class HostTest {

    private final Semaphore inside = new Semaphore(0);
    private final Semaphore goOn = new Semaphore(0);
    private final AtomicInteger interrupted = new AtomicInteger();

    /** Answers each batch when the test lets it, or ends without results when it is interrupted. */
    private final ScriptedActor.Script waiting = (inputs, sink) -> {
        inside.release();
        try {
            goOn.acquire();
        } catch (InterruptedException e) {
            interrupted.incrementAndGet();
            return Disposables.disposed();
        }
        return ECHO.run(inputs, sink);
    };

    @Test
    void announcesWhatItCanRunAndWhatRuns() throws Exception {
        try (HostRig rig = HostRig.of(
                ScriptedActor.of("a", ECHO).hosted(2),
                ScriptedActor.of("b", ECHO).hosted(0))) {
            FakeLink router = rig.router("router-0");
            Announcement first = HostRig.announced(router, said -> true);
            assertThat(first.slots()).isEqualTo(16);
            assertThat(first.draining()).isFalse();
            assertThat(first.actors()).extracting(actor -> actor.name()).containsExactly("a", "b");
            assertThat(first.replicas()).isEmpty();

            rig.host.start();
            Announcement started = HostRig.announced(
                    router,
                    said -> said.replicas().stream()
                                    .filter(r -> r.state() == State.READY)
                                    .count()
                            == 2);
            assertThat(HostRig.ids(started)).containsExactly("a-0", "a-1");
            assertThat(rig.host.replicasByState()).containsEntry(State.READY, 2L);
            assertThat(rig.host.linkedRouters()).isEqualTo(1);
            assertThat(rig.host.links()).containsExactly(router);
        }
    }

    @Test
    void announcesAgainEveryThirdOfALease() throws Exception {
        try (HostRig rig = HostRig.hasty(ScriptedActor.of("a", ECHO).hosted(1))) {
            rig.host.start();
            FakeLink router = rig.served("router-0");
            Announcement last = rig.host.announcement();
            for (int i = 0; i < 3; i++) {
                assertThat(HostRig.announced(router, said -> true)).isEqualTo(last);
            }
        }
    }

    @Test
    void tellsALaterRouterWhatRuns() throws Exception {
        try (HostRig rig = HostRig.of(ScriptedActor.of("a", ECHO).hosted(1))) {
            rig.host.start();
            rig.served("router-0");
            assertThat(HostRig.announced(rig.router("router-1"), said -> true).replicas())
                    .extracting(Announcement.Replica::state)
                    .containsExactly(State.READY);
        }
    }

    @Test
    void announcesWhyAReplicaCouldNotStart() throws Exception {
        ScriptedActor refused = ScriptedActor.failing("a", new IllegalArgumentException("no argument 'model'"));
        ScriptedActor broken = ScriptedActor.failing("b", new StackOverflowError());
        ScriptedActor odd = ScriptedActor.failing("c", new Exception("checked, and not declared"));
        try (HostRig rig = HostRig.of(refused.hosted(1), broken.hosted(1), odd.hosted(1))) {
            rig.host.start();
            Announcement said = HostRig.announced(
                    rig.router("router-0"),
                    all -> all.replicas().stream()
                                    .filter(r -> r.state() == State.FAILED)
                                    .count()
                            == 3);
            assertThat(said.replicas())
                    .extracting(Announcement.Replica::reason)
                    .containsExactly(
                            "no argument 'model'", "java.lang.StackOverflowError", "checked, and not declared");
        }
    }

    @Test
    void runsABatchAndSaysWhatBecameOfIt() throws Exception {
        try (HostRig rig = HostRig.of(ScriptedActor.of("a", ECHO).hosted(1))) {
            rig.host.start();
            FakeLink router = rig.served("router-0");
            router.deliver(rig.batches.of(1, "a-0", "x", "y"));
            assertThat(router.next(Frame.Started.class)).isEqualTo(new Frame.Started(1));
            assertThat(router.body(router.next(ResultFrame.class))).isEqualTo("x");
            assertThat(router.body(router.next(ResultFrame.class))).isEqualTo("y");
            assertThat(router.next(Frame.Done.class).batch()).isEqualTo(1);
        }
    }

    @Test
    void refusesWhatItCannotStartNow() throws Exception {
        ScriptedActor failing = ScriptedActor.failing("b", new IllegalStateException("no"));
        try (HostRig rig = HostRig.of(ScriptedActor.of("a", ECHO).hosted(1), failing.hosted(1))) {
            rig.host.start();
            FakeLink router = rig.router("router-0");
            HostRig.announced(
                    router, said -> said.replicas().stream().anyMatch(replica -> replica.state() == State.FAILED));
            router.deliver(rig.batches.of(1, "no-such-replica", "x"));
            assertThat(router.next(Frame.Busy.class)).isEqualTo(new Frame.Busy(1));
            router.deliver(rig.batches.of(2, "b-0", "x"));
            assertThat(router.next(Frame.Busy.class)).isEqualTo(new Frame.Busy(2));
            assertThat(rig.meters.inFlight).hasValue(0);
        }
    }

    @Test
    void isDoneWithABatchOfNothing() throws Exception {
        try (HostRig rig = HostRig.of(ScriptedActor.of("a", ECHO).hosted(1))) {
            rig.host.start();
            FakeLink router = rig.served("router-0");
            router.deliver(rig.batches.of(1, "a-0"));
            assertThat(router.next(Frame.Done.class)).isEqualTo(new Frame.Done(1, 0));
        }
    }

    @Test
    void tellsWhomItRefusedWhenTheReplicaIsFree() throws Exception {
        try (HostRig rig = HostRig.of(ScriptedActor.of("a", waiting).hosted(1))) {
            rig.host.start();
            FakeLink first = rig.served("router-0");
            FakeLink second = rig.served("router-1");
            first.deliver(rig.batches.of(1, "a-0", "x"));
            first.next(Frame.Started.class);
            second.deliver(rig.batches.of(7, "a-0", "y"));
            assertThat(second.next(Frame.Busy.class)).isEqualTo(new Frame.Busy(7));
            goOn.release();
            assertThat(second.next(Frame.Load.class)).isEqualTo(new Frame.Load(List.of("a-0")));
            assertThat(first.rest()).noneMatch(Frame.Load.class::isInstance);
        }
    }

    @Test
    void runsAStagedBatchNext() throws Exception {
        try (HostRig rig = HostRig.of(ScriptedActor.of("a", waiting).hosted(1))) {
            rig.host.start();
            FakeLink router = rig.served("router-0");
            router.deliver(rig.batches.of(1, "a-0", "x"));
            router.next(Frame.Started.class);
            router.deliver(rig.batches.staged(2, "a-0", "y"));
            router.deliver(rig.batches.staged(3, "a-0", "z"));
            assertThat(router.next(Frame.Busy.class)).as("one may be staged").isEqualTo(new Frame.Busy(3));
            goOn.release(2);
            assertThat(router.next(Frame.Done.class).batch()).isEqualTo(1);
            assertThat(router.next(Frame.Started.class)).isEqualTo(new Frame.Started(2));
            assertThat(router.next(Frame.Done.class).batch()).isEqualTo(2);
        }
    }

    @Test
    void stagesNothingThatWasNotMeantToBeAndNothingOfAnotherRouter() throws Exception {
        try (HostRig rig = HostRig.of(ScriptedActor.of("a", waiting).hosted(1))) {
            rig.host.start();
            FakeLink first = rig.served("router-0");
            FakeLink second = rig.served("router-1");
            first.deliver(rig.batches.of(1, "a-0", "x"));
            first.next(Frame.Started.class);
            first.deliver(rig.batches.of(2, "a-0", "y"));
            assertThat(first.next(Frame.Busy.class)).isEqualTo(new Frame.Busy(2));
            second.deliver(rig.batches.staged(3, "a-0", "z"));
            assertThat(second.next(Frame.Busy.class)).isEqualTo(new Frame.Busy(3));
            goOn.release();
        }
    }

    @Test
    void stagesNothingWhileAnotherRouterWaits() throws Exception {
        try (HostRig rig = HostRig.of(ScriptedActor.of("a", waiting).hosted(1))) {
            rig.host.start();
            FakeLink first = rig.served("router-0");
            FakeLink second = rig.served("router-1");
            first.deliver(rig.batches.of(1, "a-0", "x"));
            first.next(Frame.Started.class);
            second.deliver(rig.batches.of(2, "a-0", "y"));
            second.next(Frame.Busy.class);
            first.deliver(rig.batches.staged(3, "a-0", "z"));
            assertThat(first.next(Frame.Busy.class)).isEqualTo(new Frame.Busy(3));
            goOn.release();
            first.next(Frame.Load.class);
            second.next(Frame.Load.class);
        }
    }

    @Test
    void cancelsWhatARouterTakesBack() throws Exception {
        try (HostRig rig = HostRig.of(ScriptedActor.of("a", waiting).hosted(1))) {
            rig.host.start();
            FakeLink router = rig.served("router-0");
            router.deliver(rig.batches.of(1, "a-0", "x", "y"));
            router.next(Frame.Started.class);
            inside.acquire();
            router.deliver(new Frame.Cancel(100));
            router.deliver(new Frame.Cancel(12_345));
            router.deliver(new Frame.Cancel(101));
            assertThat(router.next()).isInstanceOf(Frame.Done.class);
            assertThat(interrupted).hasValue(1);
        }
    }

    @Test
    void givesUpTheBatchesOfARouterThatIsLost() throws Exception {
        try (HostRig rig = HostRig.of(ScriptedActor.of("a", waiting).hosted(1))) {
            rig.host.start();
            FakeLink first = rig.served("router-0");
            FakeLink second = rig.served("router-1");
            first.deliver(rig.batches.of(1, "a-0", "x", "y"));
            first.next(Frame.Started.class);
            inside.acquire();
            first.deliver(rig.batches.staged(2, "a-0", "z"));
            second.deliver(rig.batches.of(1, "a-0", "w"));
            second.next(Frame.Busy.class);
            first.close("gone");
            second.next(Frame.Load.class);
            assertThat(interrupted).hasValue(1);
            assertThat(rig.host.linkedRouters()).isEqualTo(1);
            goOn.release();
            second.deliver(rig.batches.of(2, "a-0", "w"));
            assertThat(second.body(second.next(ResultFrame.class))).isEqualTo("w");
        }
    }

    @Test
    void replacesAReplicaThatIsStuckUnderANewId() throws Exception {
        ScriptedActor stuck = ScriptedActor.of("a", (inputs, sink) -> {
            goOn.acquireUninterruptibly();
            return ECHO.run(inputs, sink);
        });
        try (HostRig rig = HostRig.hasty(stuck.hosted(1))) {
            rig.host.start();
            FakeLink router = rig.served("router-0");
            router.deliver(rig.batches.of(1, "a-0", "hang", "too"));
            router.deliver(rig.batches.staged(2, "a-0", "behind it"));
            Frame.Failed failed = router.next(Frame.Failed.class);
            assertThat(failed.exchange()).isEqualTo(100);
            assertThat(ErrorCode.of(failed.code())).isEqualTo(ErrorCode.FAILED);
            assertThat(router.next(Frame.Failed.class).exchange()).isEqualTo(101);
            assertThat(router.next(Frame.Busy.class)).as("not started").isEqualTo(new Frame.Busy(2));
            Announcement said = HostRig.announced(
                    router, all -> all.replicas().stream().allMatch(replica -> replica.state() == State.READY));
            assertThat(HostRig.ids(said)).containsExactly("a-1");
            goOn.release();
            router.next(Frame.Done.class);
        }
        // The one that was stuck is closed as well, though nobody waits for that, when its code has returned.
        await().until(() -> stuck.closed() == 2);
    }

    @Test
    void drainsByEndingWhatItAcceptedAndTakingNothingNew() throws Exception {
        ScriptedActor actor = ScriptedActor.of("a", waiting);
        try (HostRig rig = HostRig.of(actor.hosted(1))) {
            rig.host.start();
            FakeLink router = rig.served("router-0");
            router.deliver(rig.batches.of(1, "a-0", "x"));
            router.next(Frame.Started.class);
            router.deliver(rig.batches.staged(2, "a-0", "y"));
            rig.settle();
            CompletableFuture<Void> drained = rig.host.drain();
            HostRig.announced(router, Announcement::draining);
            router.deliver(rig.batches.of(3, "a-0", "z"));
            assertThat(router.next(Frame.Busy.class)).isEqualTo(new Frame.Busy(3));
            assertThat(drained).isNotDone();
            goOn.release();
            assertThat(router.next(Frame.Done.class).batch()).isEqualTo(1);
            assertThat(drained).as("the staged one was accepted as well").isNotDone();
            assertThat(actor.closed()).isZero();
            goOn.release();
            drained.get(60, TimeUnit.SECONDS);
            assertThat(router.next(Frame.Done.class).batch()).isEqualTo(2);
        }
        assertThat(actor.closed()).isEqualTo(1);
    }

    @Test
    void isNotDrainedBeforeItsResultsHaveLeft() throws Exception {
        try (HostRig rig = HostRig.of(ScriptedActor.of("a", waiting).hosted(1))) {
            rig.host.start();
            FakeLink router = rig.served("router-0");
            router.deliver(rig.batches.of(1, "a-0", "x"));
            router.next(Frame.Started.class);
            router.holdBack();
            CompletableFuture<Void> drained = rig.host.drain();
            goOn.release();
            // The router can see that the replica is free only by what the host holds back: ask the host itself.
            await().until(() -> !rig.meters.batches.isEmpty());
            for (int i = 0; i < 5; i++) {
                rig.loop.schedule(() -> {}, 20, TimeUnit.MILLISECONDS).await();
            }
            assertThat(drained).isNotDone();
            router.writeOn();
            drained.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void endsTheLinkOfARouterThatSendsAQuery() throws Exception {
        try (HostRig rig = HostRig.of(ScriptedActor.of("a", ECHO).hosted(1))) {
            FakeLink router = rig.router("router-0");
            ByteBuf input = text("x");
            router.deliver(new QueryFrame(1, 1, 0, "a", "call", "", 0, input));
            rig.settle();
            assertThat(router.isOpen()).isFalse();
            assertThat(input.refCnt()).isZero();
        }
    }
}
