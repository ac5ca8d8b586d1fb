package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.wire.ResultFrame.Kind;
import dev.sluice.router.testing.FakeLink.SentBatch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A replica that fails all it gets is free again at once, and must not get more work for that. */
class FailingReplicaTest {

    private static final Duration RUN = Duration.ofMillis(10);
    private static final int QUERIES = 200;

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost well = router.host("well");
    private final FakeHost broken = router.host("broken");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    private void runsOn(String scheduler, FakeHost... hosts) {
        runs(scheduler, Actors.method("call", 1, 0), hosts);
    }

    private static void runs(String scheduler, MethodDescriptor method, FakeHost... hosts) {
        ActorDescriptor actor = Actors.scheduled(Actors.once("model", "1", method), scheduler);
        for (FakeHost host : hosts) {
            host.runs(actor, "model-0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deadline", "fifo"})
    void getsHardlyAnyWork(String scheduler) {
        runsOn(scheduler, well, broken);
        assertThat(failuresOf(ErrorCode.FAILED)).isLessThan(QUERIES / 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deadline", "fifo"})
    void isNotBlamedForWhatItsCallersGotWrong(String scheduler) {
        runsOn(scheduler, well, broken);
        assertThat(failuresOf(ErrorCode.INVALID_INPUT)).isGreaterThan(QUERIES / 4);
        assertThat(conduct("broken").distrusted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deadline", "fifo"})
    void isEjectedAndTrustedAgainOnceItServes(String scheduler) {
        runsOn(scheduler, well, broken);
        for (int i = 0; i < 20; i++) {
            bothAreAsked(true);
        }
        assertThat(conduct("broken").distrusted()).isTrue();
        assertThat(conduct("broken").failed()).isGreaterThan(0.2);
        assertThat(conduct("well").distrusted()).isFalse();
        for (int i = 0; i < 20; i++) {
            bothAreAsked(false);
        }
        assertThat(conduct("broken").distrusted()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"deadline, false", "fifo, false", "deadline, true", "fifo, true"})
    void isTrustedAgainOnceItStreams(String scheduler, boolean leave) {
        runs(scheduler, new MethodDescriptor("call", false, 1, 0, true, "int", "int"), well, broken);
        for (int i = 0; i < 20; i++) {
            bothAreAsked(true);
        }
        assertThat(conduct("broken").distrusted()).isTrue();
        for (int i = 0; i < 20; i++) {
            bothStream(leave);
        }
        assertThat(conduct("broken").distrusted()).isFalse();
        assertThat(conduct("broken").failed()).isLessThan(0.1);
    }

    /** @param leave whether callers take one item and go */
    private void bothStream(boolean leave) {
        router.time.advance(Duration.ofSeconds(3));
        List<Long> queries = List.of(frontend.query("model", "one"), frontend.query("model", "other"));
        List<SentBatch> ofBroken = broken.batches();
        List<SentBatch> ofWell = well.batches();
        while (!ofBroken.isEmpty() || !ofWell.isEmpty()) {
            ofBroken.forEach(batch -> broken.result(batch.items().get(0), Kind.ITEM, "1"));
            ofWell.forEach(batch -> well.result(batch.items().get(0), Kind.ITEM, "1"));
            if (leave) {
                queries.forEach(frontend::cancel);
            } else {
                ofBroken.forEach(batch -> broken.result(batch.items().get(0), Kind.END, ""));
                ofWell.forEach(batch -> well.result(batch.items().get(0), Kind.END, ""));
            }
            ofBroken.forEach(batch -> broken.done(batch, RUN));
            ofWell.forEach(batch -> well.done(batch, RUN));
            ofBroken = broken.batches();
            ofWell = well.batches();
        }
    }

    /** After as long as a ban lasts at most. */
    private void bothAreAsked(boolean fails) {
        router.time.advance(Duration.ofSeconds(3));
        frontend.query("model", "one");
        frontend.query("model", "other");
        for (SentBatch batch : broken.batches()) {
            if (fails) {
                broken.endsAndFails(batch, RUN);
            } else {
                broken.answer(batch, RUN);
            }
        }
        for (List<SentBatch> there = well.batches(); !there.isEmpty(); there = well.batches()) {
            there.forEach(batch -> well.answer(batch, RUN));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deadline", "fifo"})
    void getsAllWhereThereIsNoOther(String scheduler) {
        runsOn(scheduler, broken);
        assertThat(failuresOf(ErrorCode.FAILED)).isEqualTo(QUERIES);
        assertThat(conduct("broken").distrusted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deadline", "fifo"})
    void getsAtOnceWhatWaitsWhenTheOthersLeave(String scheduler) {
        runsOn(scheduler, well, broken);
        for (int i = 0; i < 20; i++) {
            bothAreAsked(true);
        }
        frontend.query("model", "runs");
        frontend.query("model", "waits");
        assertThat(well.batches()).hasSize(1);
        assertThat(broken.batches()).isEmpty();

        well.close();

        assertThat(broken.batches()).hasSize(1);
    }

    private ReplicaConduct conduct(String host) {
        return router.actors.conducts().stream()
                .filter(conduct -> conduct.host().equals(host))
                .findFirst()
                .orElseThrow();
    }

    /** How many of the queries the broken one got, which ends each with this. */
    private int failuresOf(ErrorCode code) {
        int failed = 0;
        for (int i = 0; i < QUERIES; i++) {
            frontend.query("model", "q" + i);
            List<SentBatch> there = broken.batches();
            if (there.isEmpty()) {
                router.time.advance(RUN);
                well.answer(well.batch(), RUN);
            } else {
                failed++;
                broken.fail(there.get(0).items().get(0), code, "broken");
                broken.done(there.get(0), Duration.ofNanos(1_000));
            }
        }
        return failed;
    }
}
