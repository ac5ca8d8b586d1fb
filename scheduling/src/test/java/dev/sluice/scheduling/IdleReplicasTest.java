package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replica is idle while queries wait only where another class may need it next. */
class IdleReplicasTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noTwoAreIdleWhileAQueryWaitsAndNoneWhileNothingCompetes(long seed) {
        Random random = new Random(seed);
        Rig rig = new Rig(4, 64, Rig.linear(1, 5)).warm(64);
        int waited = 0;
        for (int i = 0; i < 20_000; i++) {
            rig.ask(random.nextInt(3) == 0 ? 200 : 30);
            int classes = (int) rig.view().queues().stream()
                    .filter(queue -> queue.size() > 0)
                    .count();
            int idle = rig.fleet.idleCount();
            waited += classes > 0 ? 1 : 0;
            assertThat(classes == 0 || idle <= (classes > 1 ? 1 : 0))
                    .as("%d idle while %d classes wait at %.2f", idle, classes, rig.now())
                    .isTrue();
            rig.advance(-Math.log(1 - random.nextDouble()) * 0.35);
        }

        assertThat(waited).isGreaterThan(1_000);
    }

    @Test
    void aReplicaThatIsTooSlowForTheHastyServesThePatient() {
        // The second replica takes 100 ms for one query, whatever comes.
        Rig rig = new Rig(2, 8, (size, replica, at) -> (size + 4.0) * (replica == 1 ? 20 : 1)).warm(8);
        rig.ask(1_000);
        rig.forget();

        rig.ask(50);
        Rig.Ask patient = rig.ask(1_000);

        assertThat(rig.batches).hasSize(1);
        assertThat(rig.batches.get(0).get(0)).isSameAs(patient);
        assertThat(rig.batchesByReplica).containsOnlyKeys(1);
    }
}
