package dev.sluice.benchmarks.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.benchmarks.schedule.ArrivalProcess;
import org.junit.jupiter.api.Test;

class ScalingSimulationTest {

    private static final Load EVEN = Load.of(20, 1);
    private static final Load STEP = Load.of(10.1, 0.3, 20, 3);

    private static Scenario slow(Load load) {
        return Scenario.slow("slow", ArrivalProcess.POISSON, load);
    }

    @Test
    void whatIsNeededFollowsFromTheLoad() {
        Scenario scenario = Scenario.quick("quick", ArrivalProcess.POISSON, EVEN);

        assertThat(scenario.unitPerSecond()).isCloseTo(3_456, within(1.0));
        assertThat(scenario.need(1)).as("four replicas at 70 %").isCloseTo(4 / 0.7, within(1e-9));
        assertThat(scenario.neededOnAverage()).isEqualTo(6);
    }

    @Test
    void aFleetThatIsLargeEnoughAnswersAllAndOneThatIsTooSmallDoesNot() {
        assertThat(new ScalingSimulation(slow(EVEN), Sizing.fixed(8), 8, 1)
                        .run()
                        .attainment(0))
                .isGreaterThan(0.99);
        assertThat(new ScalingSimulation(slow(EVEN), Sizing.fixed(2), 2, 1)
                        .run()
                        .attainment(0))
                .isBetween(0.3, 0.7);
    }

    @Test
    void countsTheTimeOfEveryReplicaFromItsBeginning() {
        Outcome fixed = new ScalingSimulation(slow(EVEN), Sizing.fixed(8), 8, 1).run();
        Sizing grows = (seen, second, now) -> second < 10 ? 4 : 8;
        Outcome grown = new ScalingSimulation(slow(EVEN), grows, 4, 1).run();
        Sizing shrinks = (seen, second, now) -> second < 10 ? 8 : 4;
        Outcome shrunk = new ScalingSimulation(slow(EVEN), shrinks, 8, 1).run();

        assertThat(fixed.replicaSeconds).isCloseTo(160, within(1e-6));
        assertThat(grown.replicaSeconds).isCloseTo(120, within(1e-6));
        assertThat(shrunk.replicaSeconds).as("a batch is ended first").isBetween(120.0, 126.0);
        assertThat(grown.ready[(int) (11.5 / ScalingSimulation.TICK_SECONDS)]).isEqualTo(4);
        assertThat(grown.ready[(int) (12.5 / ScalingSimulation.TICK_SECONDS)]).isEqualTo(8);
    }

    @Test
    void theAutoscalerSeesAStepWithinTwoSeconds() {
        Scenario scenario = Scenario.quick("step", ArrivalProcess.POISSON, STEP);
        Outcome outcome = new ScalingSimulation(scenario, Sizing.auto(scenario), 2, 1).run();

        assertThat(outcome.secondsUntil(10.1, 0.9 * scenario.need(3))).isLessThanOrEqualTo(2);
        assertThat(outcome.attainment(15)).isGreaterThan(0.999);
    }

    @Test
    void theOracleBeginsReplicasBeforeTheyAreNeeded() {
        Scenario scenario = slow(STEP);
        Outcome outcome = new ScalingSimulation(scenario, Sizing.oracle(scenario), 2, 1).run();

        assertThat(outcome.secondsUntil(0, scenario.need(3))).isBetween(7.0, 8.1);
        assertThat(outcome.attainment(0)).isGreaterThan(0.995);
    }

    @Test
    void theFirstQueryAfterASilenceIsHeldAndAnswered() {
        Scenario scenario = Scenario.quick("idle", ArrivalProcess.POISSON, Load.of(5, 0.3, 25, 0, 10, 0.3))
                .by(Scenario.rules(0, 5, 10), 5);
        Outcome outcome = new ScalingSimulation(scenario, Sizing.auto(scenario), 1, 1).run();

        assertThat(outcome.ready[(int) (29 / ScalingSimulation.TICK_SECONDS)]).isZero();
        assertThat(outcome.attainment(0)).isGreaterThan(0.999);
    }

    @Test
    void burstsOfASecondThatComeBackKeepWhatTheyNeed() {
        Load.Builder load = new Load.Builder();
        for (int i = 0; i < 20; i++) {
            load.add(9, 0.5).add(1, 3);
        }
        Scenario scenario = Scenario.quick("bursts", ArrivalProcess.POISSON, load.build());
        Outcome outcome = new ScalingSimulation(scenario, Sizing.auto(scenario), 1, 1).run();

        assertThat(outcome.attainment(60)).isGreaterThan(0.999);
        assertThat(outcome.changesOfDirection()).isLessThanOrEqualTo(2);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        Scenario scenario = slow(STEP);
        Outcome once = new ScalingSimulation(scenario, Sizing.auto(scenario), 2, 7).run();
        Outcome again = new ScalingSimulation(scenario, Sizing.auto(scenario), 2, 7).run();

        assertThat(again.wanted).isEqualTo(once.wanted);
        assertThat(again.attainment(0)).isEqualTo(once.attainment(0));
    }
}
