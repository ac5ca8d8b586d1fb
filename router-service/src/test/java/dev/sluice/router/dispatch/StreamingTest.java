package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.ResultFrame.Kind;
import dev.sluice.router.dispatch.VersionTally.Ended;
import dev.sluice.router.testing.FakeLink.SentBatch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who asks for a stream waits for its first item: how long it goes on says nothing of whether that comes in time. */
class StreamingTest {

    private static final Duration LONG = Duration.ofSeconds(100);
    private static final Duration SLO = Duration.ofSeconds(1);
    private static final ActorDescriptor TICKS = Actors.scheduled(
            Actors.once("ticks", "1", new MethodDescriptor("call", false, 1, 0, true, "int", "int")), "deadline");

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost host = router.host("host").runs(TICKS, "ticks-0", "ticks-1");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    @Test
    void takesStreamsWithAnSloFarBelowTheirLength() {
        frontend.query("ticks", "first");
        SentBatch first = host.batch();
        router.time.advance(LONG);
        host.result(first.items().get(0), Kind.END, "");
        host.done(first, LONG);

        frontend.query("ticks", "call", "", SLO, "a");
        frontend.query("ticks", "call", "", SLO, "b");
        assertThat(host.batches()).hasSize(2);
    }

    /** Or a version that rightly streams more would be taken for a slow one. */
    @Test
    void doesNotCountHowLongTheyRanAmongTheTimesThatVersionsAreComparedBy() {
        frontend.query("ticks", "long");
        SentBatch batch = host.batch();
        router.time.advance(LONG);
        host.result(batch.items().get(0), Kind.END, "");
        host.done(batch, LONG);

        Ended ended = router.actors.ended("ticks", "1");
        assertThat(ended).isNotNull();
        assertThat(ended.answered()).isEqualTo(1);
        assertThat(ended.runs()).isEmpty();
    }

    @Test
    void passesOnWhatCallersHaveTaken() {
        long query = frontend.query("ticks", "first");
        SentBatch batch = host.batch();
        host.result(batch.items().get(0), Kind.ITEM, "1");
        frontend.link.receive(new Frame.Taken(query, 1));
        frontend.link.receive(new Frame.Taken(query + 1, 1));
        router.time.run();
        assertThat(host.link.written(Frame.Taken.class))
                .containsExactly(new Frame.Taken(batch.items().get(0).exchange(), 1));
        host.result(batch.items().get(0), Kind.END, "");
        frontend.link.receive(new Frame.Taken(query, 1));
        host.done(batch, LONG);
        assertThat(host.link.written(Frame.Taken.class)).hasSize(1);
    }

    @Test
    void takesThemAlsoAfterCallersLeftLongOnes() {
        for (String body : List.of("a", "b")) {
            long left = frontend.query("ticks", body);
            SentBatch batch = host.batch();
            router.time.advance(LONG);
            frontend.cancel(left);
            host.done(batch, LONG);
        }

        frontend.query("ticks", "call", "", SLO, "c");
        frontend.query("ticks", "call", "", SLO, "d");
        assertThat(host.batches()).hasSize(2);
    }
}
