package dev.sluice.router.fleet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.dispatch.ReplicaConduct;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutliersTest {

    private final EventLog events = new EventLog(() -> Instant.EPOCH);
    private final Outliers outliers = new Outliers(events);

    private void look(boolean distrusted, double slowdown) {
        outliers.look(List.of(
                new ReplicaConduct("model", "1", "a", "model-0", false, 0, 1),
                new ReplicaConduct("model", "1", "b", "model-0", distrusted, distrusted ? 1 : 0, slowdown)));
    }

    private List<String> told() {
        return events.all().stream()
                .map(event -> event.kind() + " " + event.replica() + "@" + event.host())
                .toList();
    }

    @Test
    void tellsNothingOfThoseThatServe() {
        look(false, 1);
        look(false, 2.9);
        assertThat(told()).isEmpty();
    }

    @Test
    void tellsOnceThatAReplicaFailsAndThatItServesAgain() {
        look(true, 1);
        look(true, 1);
        look(false, 1);
        look(false, 1);
        assertThat(told()).containsExactly("eject model-0@b", "readmit model-0@b");
    }

    @Test
    void doesNotGoToAndFroWhereAReplicaIsOnTheBorderOfBeingSlow() {
        look(false, 3);
        look(false, 2.5);
        look(false, 3.5);
        look(false, 1.9);
        assertThat(told()).containsExactly("slow model-0@b", "readmit model-0@b");
        assertThat(events.all().get(0).reason()).contains("3.0 times");
    }

    @Test
    void readmitsNoneThatIsStillSlow() {
        look(true, 4);
        look(false, 4);
        assertThat(told()).containsExactly("eject model-0@b", "slow model-0@b");
        look(false, 1);
        assertThat(told()).hasSize(3);
    }

    @Test
    void forgetsThoseThatAreGone() {
        look(true, 1);
        outliers.look(List.of());
        look(true, 1);
        assertThat(told()).containsExactly("eject model-0@b", "eject model-0@b");
    }
}
