package dev.sluice.sdk.host;

import static dev.sluice.common.testing.Patience.await;
import static dev.sluice.sdk.host.ScriptedActor.ECHO;
import static dev.sluice.sdk.host.ScriptedActor.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.sdk.actor.BatchSink;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Batches whose results wait for other actors. */
@Timeout(120)
class LentReplicaTest {

    private final Map<String, CompletableFuture<BatchSink>> waiting = new ConcurrentHashMap<>();
    private final Map<String, Disposable> handles = new ConcurrentHashMap<>();

    /** What begins with "wait" is answered by the test. */
    private final ScriptedActor.Script script = (inputs, sink) -> {
        String input = text(inputs.get(0));
        if (!input.startsWith("wait")) {
            return ECHO.run(inputs, sink);
        }
        Disposable handle = Disposables.single();
        handles.put(input, handle);
        sink(input).complete(sink);
        return handle;
    };

    private CompletableFuture<BatchSink> sink(String input) {
        return waiting.computeIfAbsent(input, each -> new CompletableFuture<>());
    }

    private void answer(String input) {
        sink(input).join().result(0, text("late " + input), "text/plain");
    }

    private static String body(FakeLink link) throws InterruptedException {
        return link.body(link.next(ResultFrame.class));
    }

    @Test
    void takesOthersWhileABatchWaits() throws Exception {
        try (HostRig rig = HostRig.of(ScriptedActor.lending("a", script).hosted(1))) {
            rig.host.start();
            FakeLink router = rig.served("router");
            for (int number = 1; number <= 3; number++) {
                router.deliver(rig.batches.of(number, "a-0", "wait " + number));
                assertThat(router.next(Frame.Lent.class)).isEqualTo(new Frame.Lent(number));
            }
            router.deliver(rig.batches.of(4, "a-0", "now"));
            assertThat(body(router)).isEqualTo("now");
            assertThat(router.next(Frame.Done.class).batch()).isEqualTo(4);
            for (int number = 2; number != 0; number = number == 2 ? 3 : number == 3 ? 1 : 0) {
                answer("wait " + number);
                assertThat(body(router)).isEqualTo("late wait " + number);
                assertThat(router.next(Frame.Done.class).batch()).isEqualTo(number);
            }
        }
    }

    @Test
    void beginsWhatIsStagedAndTellsWhoWasRefused() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        ScriptedActor.Script held = (inputs, sink) -> {
            gate.join();
            return script.run(inputs, sink);
        };
        try (HostRig rig = HostRig.of(ScriptedActor.lending("a", held).hosted(1))) {
            rig.host.start();
            FakeLink first = rig.served("first");
            FakeLink second = rig.served("second");
            first.deliver(rig.batches.of(1, "a-0", "wait 1"));
            first.next(Frame.Started.class);
            first.deliver(rig.batches.staged(2, "a-0", "staged"));
            second.deliver(rig.batches.of(3, "a-0", "other"));
            assertThat(second.next(Frame.Busy.class).batch()).isEqualTo(3);
            gate.complete(null);
            assertThat(first.next(Frame.Lent.class).batch()).isEqualTo(1);
            assertThat(body(first)).isEqualTo("staged");
            second.next(Frame.Load.class);
            answer("wait 1");
            assertThat(body(first)).isEqualTo("late wait 1");
        }
    }

    @Test
    void keepsABatchOfAnActorThatAsksNobody() throws Exception {
        try (HostRig rig = HostRig.of(ScriptedActor.of("a", script).hosted(1))) {
            rig.host.start();
            FakeLink router = rig.served("router");
            router.deliver(rig.batches.of(1, "a-0", "wait 1"));
            router.next(Frame.Started.class);
            router.deliver(rig.batches.of(2, "a-0", "now"));
            assertThat(router.next(Frame.Busy.class).batch()).isEqualTo(2);
            answer("wait 1");
            assertThat(router.next(Frame.Done.class).batch()).isEqualTo(1);
        }
    }

    @Test
    void givesUpWhatNobodyWaitsForAndWaitsForTheRestBeforeItGoes() throws Exception {
        try (HostRig rig = HostRig.of(ScriptedActor.lending("a", script).hosted(1))) {
            rig.host.start();
            FakeLink router = rig.served("router");
            router.deliver(rig.batches.of(1, "a-0", "wait 1"));
            router.next(Frame.Lent.class);
            router.deliver(rig.batches.of(2, "a-0", "wait 2"));
            router.next(Frame.Lent.class);
            router.deliver(new Frame.Cancel(100));
            assertThat(router.next(Frame.Done.class).batch()).isEqualTo(1);
            assertThat(handles.get("wait 1").isDisposed()).isTrue();
            assertThat(handles.get("wait 2").isDisposed()).isFalse();

            CompletableFuture<Void> drained = rig.host.drain();
            rig.settle();
            assertThat(drained).isNotDone();
            answer("wait 2");
            drained.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void givesTheCreditOfWhatWaitsBackSinceItsCallsNeedThat() throws Exception {
        try (HostRig rig = HostRig.of(ScriptedActor.lending("a", script).hosted(1))) {
            rig.host.start();
            FakeLink router = rig.served("router");
            for (int number = 1; number <= 3; number++) {
                router.deliver(rig.batches.of(number, "a-0", "wait " + number));
                router.next(Frame.Lent.class);
                assertThat(rig.batches.creditHeld()).isZero();
            }
            answer("wait 1");
            assertThat(body(router)).isEqualTo("late wait 1");
        }
    }

    @Test
    void hasStoppedOnceUserCodeHasHeardThatNobodyWaits() throws Exception {
        CompletableFuture<Void> heard = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        ScriptedActor actor = ScriptedActor.lending("a", (inputs, sink) -> () -> {
            heard.complete(null);
            goOn.join();
        });
        try (HostRig rig = HostRig.of(actor.hosted(1))) {
            rig.host.start();
            FakeLink router = rig.served("router");
            router.deliver(rig.batches.of(1, "a-0", "wait"));
            router.next(Frame.Lent.class);
            router.close("the router is gone");
            heard.get(60, TimeUnit.SECONDS);
            CompletableFuture<Void> stopped = rig.host.stop();
            await().until(() -> actor.closed() == 1);
            assertThat(stopped).isNotDone();
            goOn.complete(null);
            stopped.get(60, TimeUnit.SECONDS);
        }
    }
}
