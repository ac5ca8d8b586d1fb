package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.router.testing.FakeLink.SentBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replica that takes ten times as long as the others, where queries go in order of arrival. */
class SlowReplicaTest {

    private static final ActorDescriptor ACTOR = Actors.once("model", "1", Actors.method("call", 1, 0));
    private static final Duration TICK = Duration.ofMillis(10);
    private static final int SECOND = 100;
    private static final int TIMES = 10;

    private record Running(FakeHost host, SentBatch batch, int since, int until) {}

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost slow = router.host("slow");
    private final FakeHost well = router.host("well");
    private final FakeHost other = router.host("other");
    private final List<Running> running = new ArrayList<>();
    private final Map<FakeHost, Integer> batches = new HashMap<>();
    private boolean recovered;
    private int ticks;

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    private void runOn(FakeHost... hosts) {
        for (FakeHost host : hosts) {
            host.runs(ACTOR, "model-0");
        }
    }

    /** A query at each tick. A batch takes one on most hosts. */
    private void passes(int more) {
        batches.clear();
        for (int i = 0; i < more; i++) {
            frontend.query("model", "q");
            for (FakeHost host : List.of(slow, well, other)) {
                for (SentBatch batch : host.batches()) {
                    batches.merge(host, 1, Integer::sum);
                    running.add(new Running(host, batch, ticks, ticks + (host == slow && !recovered ? TIMES : 1)));
                }
            }
            router.time.advance(TICK);
            ticks++;
            for (Running each : List.copyOf(running)) {
                if (each.until() <= ticks) {
                    running.remove(each);
                    each.host().answer(each.batch(), TICK.multipliedBy(each.until() - each.since()));
                }
            }
        }
    }

    private int ofSlow() {
        return batches.getOrDefault(slow, 0);
    }

    @Test
    void getsTrialsThatBecomeRare() {
        runOn(slow, well, other);
        passes(SECOND);
        passes(31 * SECOND);
        assertThat(ofSlow()).as("trials in 31 s").isBetween(3, 6);
    }

    /** It is seen first, and taken for the ordinary then. */
    @Test
    void getsHardlyAnythingBesideOneOtherEither() {
        runOn(slow);
        passes(3 * SECOND / 10);
        runOn(well);
        passes(5 * SECOND);
        passes(10 * SECOND);
        assertThat(ofSlow())
                .as("of 1,000: two a second at most, one of them staged behind the trial")
                .isBetween(1, 20);
    }

    @Test
    void getsItsTurnAgainOnceItIsAsQuickAsTheOthers() {
        runOn(slow, well, other);
        passes(4 * SECOND);
        recovered = true;
        passes(20 * SECOND);
        passes(SECOND);
        assertThat(ofSlow()).as("of 100").isBetween(30, 36);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void getsAllWhereItIsTheLast(boolean othersWereThere) {
        runOn(slow);
        if (othersWereThere) {
            runOn(well, other);
            passes(4 * SECOND);
            well.close();
            other.close();
            running.removeIf(each -> each.host() != slow);
        }
        passes(SECOND);
        assertThat(ofSlow()).as("in a second").isBetween(9, 11);
    }
}
