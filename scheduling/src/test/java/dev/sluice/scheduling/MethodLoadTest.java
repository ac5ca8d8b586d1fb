package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a row costs, as schedulers tell it: batches take 1 ms a row and 4 ms each. */
class MethodLoadTest {

    private static final double MILLI = 1e6;

    @Test
    void isPricedAtTheBestBatchThatFitsTheSlo() {
        Rig rig = new Rig(4, 64, Rig.linear(1, 4)).warm(64);
        rig.askEvery(0.5, 2_000, 45);

        // A quarter of the time of a batch is what it takes until one of four replicas is free.
        assertThat(cost(rig)).isCloseTo((32 + 4) / 32.0, within(0.02));
    }

    @Test
    void costsMoreWhereTheSloAllowsOnlySmallBatches() {
        Rig rig = new Rig(4, 64, Rig.linear(1, 4)).warm(64);
        rig.askEvery(0.5, 2_000, 10);

        assertThat(cost(rig)).isCloseTo((3 + 4) / 3.0, within(0.02));
    }

    @Test
    void severalSlosCountAsTheyAreMixed() {
        Rig rig = new Rig(4, 64, Rig.linear(1, 4)).warm(64);
        for (int i = 0; i < 4_000; i++) {
            rig.ask(i % 4 == 0 ? 45 : 10);
            rig.advance(0.5);
        }

        assertThat(cost(rig)).isCloseTo(0.25 * 36 / 32 + 0.75 * 7 / 3, within(0.1));
    }

    @Test
    void countsWhatWaitsAndWhatIsRefusedInAnOverload() {
        Rig rig = new Rig(1, 8, Rig.linear(1, 4)).warm(8);
        rig.askEvery(0.1, 5_000, 100);
        MethodLoad load = load(rig);

        assertThat(rig.refused).isNotEmpty();
        assertThat(load.offeredQueries()).isEqualTo(5_000);
        assertThat(load.offeredRows()).isEqualTo(5_000);
        assertThat(load.queuedQueries()).isEqualTo(rig.scheduler.size()).isPositive();
        assertThat(load.sloNanos()).isEqualTo((long) (100 * MILLI));
    }

    @Test
    void countsOnWhenAClassOfSlosIsForgotten() {
        Rig rig = new Rig(1, 8, Rig.linear(1, 4)).warm(8);
        rig.ask(100);
        rig.advance(11_000);
        rig.ask(1_000);

        assertThat(rig.view().queues()).hasSize(1);
        assertThat(load(rig).offeredQueries()).isEqualTo(2);
    }

    @Test
    void fifoIsPricedByWhatItsReplicasWereSeenToDo() {
        Rig rig = new Rig(1, 16, Rig.linear(1, 4)).warm(16);
        LatencyProfile profile = rig.fleet.profile();
        FifoScheduler scheduler = new FifoScheduler(List.of(new MethodPlan("call", 16, 0)), SchedulerContract.AMPLE);
        scheduler.offer(new TestQuery(1, "call", (long) (100 * MILLI), 0, 1), 0);

        assertThat(scheduler.loads(profile, 0).get(0).nanosPerRow()).isCloseTo(20 / 16.0 * MILLI, within(0.02 * MILLI));
        assertThat(scheduler.loads(new LatencyProfile(), 0).get(0).nanosPerRow())
                .isZero();
    }

    private static MethodLoad load(Rig rig) {
        return rig.scheduler.loads(rig.fleet.profile(), Rig.nanos(rig.now())).get(0);
    }

    private static double cost(Rig rig) {
        return load(rig).nanosPerRow() / MILLI;
    }
}
