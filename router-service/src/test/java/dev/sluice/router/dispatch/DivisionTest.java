package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.router.dispatch.Traffic.Share;
import java.util.List;
import org.junit.jupiter.api.Test;

class DivisionTest {

    private static void assertParts(double[] parts, double... expected) {
        assertThat(parts).containsExactly(expected, within(1e-9));
    }

    private static Share share(int percent, int replicas) {
        return new Share("v", percent, replicas);
    }

    @Test
    void goesByTheSharesWhereAllAreReady() {
        assertParts(Division.parts(List.of(share(95, 4), share(5, 1)), new int[] {4, 1}, 0), 0.95, 0.05, 0);
    }

    @Test
    void givesAVersionNoMoreThanItsReadyReplicasCanTakeWhileTheOldOnesAreThere() {
        assertParts(Division.parts(List.of(share(100, 8)), new int[] {1}, 7), 1 / 8.0, 7 / 8.0);
        assertParts(Division.parts(List.of(share(100, 4)), new int[] {2}, 2), 0.5, 0.5);
        assertParts(Division.parts(List.of(share(100, 4)), new int[] {4}, 2), 1, 0);
    }

    @Test
    void leavesWhatAStepAddsWithTheOldVersionUntilReplicasAreReady() {
        // From 50 to 100 %, with four replicas: those of the old version are kept until new ones are ready.
        assertParts(Division.parts(List.of(share(0, 0), share(100, 4)), new int[] {2, 2}, 0), 0.5, 0.5, 0);
        assertParts(Division.parts(List.of(share(0, 0), share(100, 4)), new int[] {2, 3}, 0), 0.25, 0.75, 0);
    }

    @Test
    void keepsACanaryAtItsWeightWhereAReplicaOfTheOtherDies() {
        assertParts(Division.parts(List.of(share(95, 4), share(5, 1)), new int[] {3, 1}, 0), 0.95, 0.05, 0);
    }

    @Test
    void givesNothingToAVersionWithoutAReplica() {
        assertParts(Division.parts(List.of(share(50, 1), share(50, 1)), new int[] {1, 0}, 0), 1, 0, 0);
        assertParts(Division.parts(List.of(share(100, 2)), new int[] {0}, 1), 0, 1);
    }

    @Test
    void goesByTheSharesWhereNobodyKnowsHowManyReplicasTheyTake() {
        assertParts(Division.parts(List.of(share(75, 0), share(25, 0)), new int[] {3, 1}, 0), 0.75, 0.25, 0);
    }
}
