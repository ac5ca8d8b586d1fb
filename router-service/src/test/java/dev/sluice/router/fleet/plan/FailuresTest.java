package dev.sluice.router.fleet.plan;

import static dev.sluice.router.fleet.plan.Hosts.failed;
import static dev.sluice.router.fleet.plan.Hosts.host;
import static dev.sluice.router.fleet.plan.Hosts.ready;
import static dev.sluice.router.fleet.plan.Hosts.restarted;
import static dev.sluice.router.fleet.plan.Hosts.starting;
import static dev.sluice.router.fleet.plan.Hosts.stopping;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Failures failures = new Failures();

    private void see(long now, ReplicaState... replicas) {
        failures.observe(List.of(host("h", 9, replicas), host("other", 9)), now);
    }

    private boolean isBarred(long now) {
        return failures.isBarred("a", "1", "h", now);
    }

    /** Fails as often, each time as soon as it is tried again; returns when it failed last. */
    private long fail(int times, long from) {
        long now = from;
        for (int i = 0; i < times; i++) {
            if (i > 0) {
                now += SECOND << Math.min(i - 1, 6);
                see(now, starting("a@1-0"));
            }
            see(now, failed("a@1-0"));
        }
        return now;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 999_999_999L})
    void barsAPlaceForASecondAfterAFailure(long at) {
        see(at, failed("a@1-0"));
        assertThat(isBarred(at)).isTrue();
        assertThat(isBarred(at + SECOND - 1)).isTrue();
        assertThat(isBarred(at + SECOND)).isFalse();
    }

    @Test
    void barsNothingElse() {
        see(0, failed("a@1-0"), starting("a@2-0"), ready("b@1-0"));
        assertThat(failures.isBarred("a", "2", "h", 0)).isFalse();
        assertThat(failures.isBarred("b", "1", "h", 0)).isFalse();
        assertThat(failures.isBarred("a", "1", "g", 0)).isFalse();
    }

    @Test
    void barsTwiceAsLongAfterEachFailureAndNoLongerThanAboutAMinute() {
        for (int times = 1; times <= 10; times++) {
            Failures fresh = new Failures();
            long now = 0;
            for (int i = 0; i < times; i++) {
                fresh.observe(List.of(host("h", 9)), now);
                fresh.observe(List.of(host("h", 9, failed("a@1-0"))), ++now);
            }
            long bar = SECOND << Math.min(times - 1, 6);
            assertThat(fresh.isBarred("a", "1", "h", now + bar - 1))
                    .as("after %d", times)
                    .isTrue();
            assertThat(fresh.isBarred("a", "1", "h", now + bar))
                    .as("after %d", times)
                    .isFalse();
        }
    }

    @Test
    void countsAFailureOnceHoweverOftenItIsSeen() {
        see(0, failed("a@1-0"));
        see(SECOND, failed("a@1-0"));
        assertThat(isBarred(SECOND)).isFalse();
        assertThat(failures.count("a", "1")).isEqualTo(1);
    }

    @Test
    void countsEachReplicaAndEachLifeOfIt() {
        see(0, failed("a@1-0"), failed("a@1-1"));
        assertThat(failures.count("a", "1")).isEqualTo(2);
        see(1, starting("a@1-0"), failed("a@1-1"));
        see(2, failed("a@1-0"), failed("a@1-1"));
        assertThat(failures.count("a", "1")).isEqualTo(3);
        failures.observe(List.of(restarted(host("h", 9, failed("a@1-0")))), 3);
        assertThat(failures.count("a", "1")).isEqualTo(4);
        failures.observe(List.of(host("g", 9, failed("a@1-0"))), 4);
        assertThat(failures.count("a", "1")).isEqualTo(5);
        assertThat(failures.count("a", "2")).isZero();
        assertThat(failures.count("b", "1")).isZero();
    }

    @Test
    void saysWhyOneFailed() {
        assertThat(failures.reason("a", "1")).isEmpty();
        see(0, failed("a@1-0"));
        assertThat(failures.reason("a", "1")).isEqualTo("out of memory");
        assertThat(failures.reason("a", "2")).isEmpty();
        assertThat(failures.reason("b", "1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE})
    void saysWhyTheLastFailedAndWhetherItHadServed(long at) {
        see(at, ready("a@1-0"));
        HostState stuck = host("h", 9, failed("a@1-0"));
        failures.observe(List.of(stuck), at + SECOND);
        assertThat(failures.hadServed("a", "1")).isTrue();
        assertThat(failures.hadServed(stuck, "a@1-0")).isTrue();
        assertThat(failures.hadServed("a", "2")).isFalse();
        HostState broken = host("g", 9, failed("a@1-0"));
        failures.observe(List.of(stuck, broken), at + 2 * SECOND);
        assertThat(failures.hadServed("a", "1")).isFalse();
        assertThat(failures.hadServed(stuck, "a@1-0"))
                .as("as long as it is there")
                .isTrue();
        assertThat(failures.hadServed(broken, "a@1-0")).isFalse();
        failures.lost(host("f", 9, starting("a@1-0")), at + 3 * SECOND);
        assertThat(failures.reason("a", "1")).contains("lost");
        assertThat(failures.hadServed("a", "1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 7_000_000_000L, Long.MAX_VALUE - 12_000_000_000L})
    void forgivesWhenOneThatWasStartedLaterHasServedForAWhile(long start) {
        long at = fail(3, start);
        see(at + 5 * SECOND, ready("a@1-0"));
        see(at + 20 * SECOND - 1, ready("a@1-0"));
        assertThat(failures.count("a", "1")).isEqualTo(3);
        see(at + 20 * SECOND, ready("a@1-0"));
        assertThat(failures.count("a", "1")).isZero();
        see(at + 21 * SECOND, failed("a@1-0"));
        assertThat(isBarred(at + 22 * SECOND)).as("anew").isFalse();
    }

    @Test
    void doesNotForgiveForWhatRanThereBefore() {
        see(0, ready("a@1-1"), failed("a@1-0"));
        see(SECOND, ready("a@1-1"));
        see(30 * SECOND, ready("a@1-1"));
        assertThat(failures.count("a", "1")).isEqualTo(1);
        see(31 * SECOND);
        see(32 * SECOND, ready("a@1-1"));
        see(47 * SECOND, ready("a@1-1"));
        assertThat(failures.count("a", "1")).as("it came back").isZero();
    }

    @Test
    void doesNotForgiveOneThatFailsAgainAndAgainSoonAfterItIsReady() {
        see(0, failed("a@1-0"));
        see(2 * SECOND, ready("a@1-0"));
        see(12 * SECOND, failed("a@1-0"));
        see(15 * SECOND, ready("a@1-0"));
        see(28 * SECOND, failed("a@1-0"));
        assertThat(failures.count("a", "1")).isEqualTo(3);
        assertThat(isBarred(32 * SECOND - 1)).isTrue();
    }

    @Test
    void countsTheWhileAnewAfterAFailure() {
        see(0, failed("a@1-0"));
        see(SECOND, ready("a@1-1"));
        see(10 * SECOND, ready("a@1-1"), failed("a@1-0"));
        see(29 * SECOND, ready("a@1-1"));
        assertThat(failures.count("a", "1")).isEqualTo(2);
    }

    @Test
    void forgivesForNothingElseThatIsReady() {
        see(0, failed("a@1-0"), ready("a@1-5"));
        for (long now = SECOND; now < 60 * SECOND; now += SECOND) {
            HostState here = host("h", 9, ready("a@1-5"), ready("a@2-0"), ready("b@1-0"), starting("a@1-0"));
            failures.observe(List.of(host("g", 9, ready("a@1-9")), here, host("i", 9)), now);
        }
        assertThat(failures.count("a", "1")).isEqualTo(1);
    }

    @Test
    void countsTheWhileAnewForOneThatCameBack() {
        see(0, failed("a@1-0"));
        see(SECOND, ready("a@1-0"));
        see(5 * SECOND);
        see(10 * SECOND, ready("a@1-0"));
        see(25 * SECOND - 1, ready("a@1-0"));
        assertThat(failures.count("a", "1")).isEqualTo(1);
        see(25 * SECOND, ready("a@1-0"));
        assertThat(failures.count("a", "1")).isZero();
    }

    @Test
    void forgetsVersionsThatAreNoLongerWanted() {
        see(0, failed("a@1-0"), failed("a@2-0"), failed("b@1-0"));
        failures.retain("a", Set.of("2"));
        assertThat(failures.count("a", "1")).isZero();
        assertThat(isBarred(1)).isFalse();
        assertThat(failures.count("a", "2")).isEqualTo(1);
        assertThat(failures.count("b", "1")).isEqualTo(1);
    }

    /** Is ready for so long, fails, and is gone at once; returns when it failed. */
    private long getsStuckAfter(long seconds, long from) {
        see(from, ready("a@1-0"));
        see(from + seconds * SECOND - 1, ready("a@1-0"));
        see(from + seconds * SECOND, failed("a@1-0"));
        see(from + seconds * SECOND + 1);
        return from + seconds * SECOND;
    }

    @ParameterizedTest
    @ValueSource(longs = {20, 1_830, 3_000, 3_600})
    void doesNotForgiveOneThatFailsAgainAndAgainAfterItServedForLong(long seconds) {
        long now = 0;
        for (int times = 1; times <= 8; times++) {
            now = getsStuckAfter(seconds + 10 * (times % 2), now);
            assertThat(failures.count("a", "1")).isEqualTo(times);
            long bar = SECOND << Math.min(times - 1, 6);
            assertThat(isBarred(now + bar - 1)).isTrue();
            assertThat(isBarred(now + bar)).isFalse();
            now += bar + 60 * SECOND;
        }
    }

    @Test
    void forgivesOneThatServedForLongWhereTheNextServesTwiceAsLong() {
        long at = getsStuckAfter(1_800, 0);
        see(at + 2 * SECOND, ready("a@1-1"));
        see(at + 3_602 * SECOND - 1, ready("a@1-1"));
        assertThat(failures.count("a", "1")).isEqualTo(1);
        see(at + 3_602 * SECOND, ready("a@1-1"));
        assertThat(failures.count("a", "1")).isZero();
    }

    @Test
    void takesWhatServedForDaysForNoMoreThanAnHour() {
        long at = getsStuckAfter(100_000, 0);
        see(at + 2 * SECOND, ready("a@1-1"));
        see(at + 7_202 * SECOND, ready("a@1-1"));
        assertThat(failures.count("a", "1")).isZero();
    }

    private static HostState lostWith(ReplicaState... replicas) {
        return host("h", 9, replicas);
    }

    @Test
    void countsThatAHostIsLostWhileReplicasStartOncePerVersion() {
        failures.lost(
                lostWith(starting("a@1-0"), starting("a@1-1"), starting("b@1-0"), ready("a@2-0"), stopping("a@3-0")),
                0);
        assertThat(failures.count("a", "1")).isEqualTo(1);
        assertThat(failures.count("b", "1")).isEqualTo(1);
        assertThat(failures.count("a", "2")).isZero();
        assertThat(failures.count("a", "3")).isZero();
        assertThat(isBarred(SECOND - 1)).isTrue();
        assertThat(failures.reason("a", "1")).contains("host was lost");
    }

    @Test
    void addsUpHostsThatAreLostOverTheirLives() {
        HostState host = lostWith(starting("a@1-0"));
        failures.lost(host, 0);
        failures.observe(List.of(), SECOND);
        failures.observe(List.of(restarted(lostWith())), 2 * SECOND);
        failures.lost(restarted(host), 3 * SECOND);
        failures.lost(host("g", 1, starting("a@1-0")), 4 * SECOND);
        failures.observe(List.of(), 5 * SECOND);
        assertThat(failures.count("a", "1")).isEqualTo(3);
    }

    @Test
    void takesBackThatAHostWasLostWhereOnlyItsLinkHadBroken() {
        see(0, failed("a@1-0"));
        failures.lost(lostWith(starting("a@1-1"), starting("a@2-0")), 3 * SECOND);
        failures.observe(List.of(), 3 * SECOND);
        assertThat(failures.count("a", "1")).isEqualTo(2);
        see(3 * SECOND + 1, starting("a@1-1"), starting("a@2-0"));
        assertThat(failures.count("a", "1")).isEqualTo(1);
        assertThat(failures.count("a", "2")).isZero();
        assertThat(isBarred(3 * SECOND + 2)).isFalse();
        see(3 * SECOND + 2);
        assertThat(failures.count("a", "1")).as("taken back once").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE})
    void forgetsWhatWasLongAgo(long at) {
        see(at, failed("a@1-0"));
        see(at + 601 * SECOND - 1);
        assertThat(failures.count("a", "1")).isEqualTo(1);
        see(at + 601 * SECOND);
        assertThat(failures.count("a", "1")).isZero();
    }
}
