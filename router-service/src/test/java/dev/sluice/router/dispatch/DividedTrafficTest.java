package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.router.dispatch.Traffic.Copies;
import dev.sluice.router.dispatch.Traffic.Share;
import dev.sluice.router.testing.FakeLink.SentBatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Queries that name no version are divided over the versions of their actor. */
class DividedTrafficTest {

    private static final int QUERIES = 1_000;
    private static final ActorDescriptor OLD = Actors.once("model", "1", Actors.method("call", 1, 0));
    private static final ActorDescriptor NEW = Actors.once("model", "2", Actors.method("call", 1, 0));

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost old = router.host("old").runs(OLD, "model-0");
    private final FakeHost young = router.host("young").runs(NEW, "model-0");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    private void divide(Share... shares) {
        router.actors.divide(Map.of("model", new Traffic(List.of(shares), Optional.empty())));
    }

    /** Sends queries one after the other; how many the new version got. */
    private int served(int queries) {
        int byNew = 0;
        for (int i = 0; i < queries; i++) {
            frontend.query("model", "q" + i);
            List<SentBatch> atNew = young.batches();
            byNew += atNew.size();
            atNew.forEach(young::answer);
            old.batches().forEach(old::answer);
        }
        return byNew;
    }

    @Test
    void giveTheNewestAllWhereNobodySaysOtherwise() {
        assertThat(served(QUERIES)).isEqualTo(QUERIES);
    }

    @Test
    void goToTheOldestWhileNobodyHasSaidYetHowTheyAreDivided() {
        router.actors.awaitDivision();
        assertThat(served(10)).isZero();
        divide(new Share("2", 100));
        assertThat(served(10)).isEqualTo(10);
    }

    @Test
    void goToTheVersionThatIsReplacedForWhatTheNewOneCannotTakeYet() {
        router.actors.divide(
                Map.of("model", new Traffic(List.of(new Share("2", 100, 2)), Optional.empty(), 1, Optional.of("1"))));
        assertThat(served(QUERIES)).as("with one of two replicas").isBetween(400, 600);
    }

    @Test
    void goByWeight() {
        divide(new Share("1", 75), new Share("2", 25));
        assertThat(served(QUERIES)).isBetween(200, 300);
    }

    @Test
    void giveNothingToAVersionWithoutWeight() {
        divide(new Share("1", 100), new Share("2", 0));
        assertThat(served(QUERIES)).isZero();
    }

    @Test
    void leaveOutAVersionThatHasNoReplica() {
        divide(new Share("1", 50), new Share("2", 50));
        young.announce(false, List.of(NEW), List.of());
        assertThat(served(QUERIES)).isZero();
    }

    @Test
    void goToAnotherWhereNoneOfTheSharesHasAReplica() {
        divide(new Share("3", 100));
        assertThat(served(10)).isEqualTo(10);
    }

    private String refusal(String version) {
        long query = frontend.query("model", "call", version, Duration.ofSeconds(60), "q");
        return frontend.outcome(query).toString();
    }

    @Test
    void areRefusedWhereTheyNameAVersionThatHasRetired() {
        router.actors.divide(
                Map.of("model", new Traffic(List.of(new Share("2", 100)), Optional.empty(), 1, Optional.of("1"))));
        assertThat(refusal("1")).as("while it has a replica").isEqualTo("[]");
        old.answer(old.batch());
        old.announce(true, List.of(OLD), List.of());
        assertThat(refusal("1")).contains("NOT_FOUND");
    }

    @Test
    void waitForTheVersionThatTheyNameWhereItIsToComeBack() {
        divide(new Share("2", 100), new Share("1", 0));
        old.announce(true, List.of(OLD), List.of());
        assertThat(refusal("1")).isEqualTo("[]");
        old.runs(OLD, "model-1");
        old.answer(old.batch());
    }

    /** One runs, one waits: then the old version's last replica goes. */
    private long[] twoAtTheOldVersion(String version) {
        divide(new Share("1", 100));
        long running = frontend.query("model", "call", version, Duration.ofSeconds(60), "running");
        long waiting = frontend.query("model", "call", version, Duration.ofSeconds(60), "waiting");
        SentBatch batch = old.batch();
        divide(new Share("2", 100));
        old.announce(true, List.of(OLD), List.of());
        old.answer(batch);
        assertThat(frontend.outcome(running)).containsExactly("re running");
        return new long[] {running, waiting};
    }

    @Test
    void moveOnWhereTheVersionThatTheyWaitForHasNoReplicaAnyMore() {
        long waiting = twoAtTheOldVersion("")[1];
        young.answer(young.batch());
        assertThat(frontend.outcome(waiting)).containsExactly("re waiting");
    }

    @Test
    void canBeCancelledWhereTheyMovedTo() {
        long waiting = twoAtTheOldVersion("")[1];
        frontend.cancel(waiting);
        young.answer(young.batch());
        assertThat(frontend.outcome(waiting)).isEmpty();
    }

    @Test
    void waitForAVersionThatTheyName() {
        long waiting = twoAtTheOldVersion("1")[1];
        assertThat(young.batches()).isEmpty();
        router.time.advance(RouterFixture.HOLD);
        assertThat(frontend.outcome(waiting)).containsExactly("UNAVAILABLE");
    }

    @Test
    void stayAtAVersionThatIsNamed() {
        divide(new Share("2", 100));
        frontend.query("model", "call", "1", Duration.ofSeconds(1), "x");
        SentBatch batch = old.batch();
        old.answer(batch);
        assertThat(young.batches()).isEmpty();
    }

    @Test
    void areRefusedWhereTheActorIsServedNoMore() {
        router.actors.divide(Map.of("model", Traffic.NONE));
        long exchange = frontend.query("model", "x");
        long named = frontend.query("model", "call", "1", Duration.ofSeconds(1), "x");
        assertThat(frontend.outcome(exchange)).containsExactly("NOT_FOUND");
        assertThat(frontend.outcome(named)).containsExactly("NOT_FOUND");
        assertThat(router.actors.published()).isEmpty();
    }

    @Test
    void publishTheVersionThatPeopleMean() {
        divide(new Share("1", 75), new Share("2", 25));
        assertThat(router.actors.published())
                .extracting(ActorDescriptor::version)
                .containsExactly("1");
    }

    @Test
    void neverFallBackToAVersionThatOnlyGetsCopies() {
        router.actors.divide(
                Map.of("model", new Traffic(List.of(new Share("1", 100)), Optional.of(new Copies("2", 0)))));
        old.announce(false, List.of(OLD), List.of());
        long exchange = frontend.query("model", "x");
        assertThat(young.batches()).isEmpty();
        router.time.advance(RouterFixture.HOLD);
        assertThat(frontend.outcome(exchange)).containsExactly("UNAVAILABLE");
    }

    @Test
    void countWhatBecomesOfEachVersionsQueries() {
        divide(new Share("1", 100));
        assertThat(served(3)).isZero();
        assertThat(router.actors.ended("model", "1"))
                .satisfies(ended -> assertThat(ended.answered()).isEqualTo(3));
        assertThat(router.actors.ended("model", "3")).isNull();
    }
}
