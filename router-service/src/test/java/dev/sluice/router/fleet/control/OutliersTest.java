package dev.sluice.router.fleet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.dispatch.ReplicaConduct;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutliersTest {

    private final EventLog events = new EventLog(() -> Instant.EPOCH);
    private final Outliers outliers = new Outliers(events);

    private long now;

    /** Once, after a while. */
    private void look(boolean distrusted, double slowdown) {
        now += TimeUnit.SECONDS.toNanos(3);
        outliers.look(
                List.of(
                        ReplicaConduct.unasked("model", "1", "a", "model-0"),
                        new ReplicaConduct(
                                "model", "1", "b", "model-0", distrusted, distrusted ? 1 : 0, slowdown, 0, 0, 0)),
                now);
    }

    private void looks(int times, boolean distrusted, double slowdown) {
        for (int i = 0; i < times; i++) {
            look(distrusted, slowdown);
        }
    }

    private List<String> told() {
        return events.all().stream()
                .map(event -> event.kind() + " " + event.replica() + "@" + event.host())
                .toList();
    }

    @Test
    void tellsNothingOfThoseThatServe() {
        looks(9, false, 1);
        looks(9, false, 2.9);
        assertThat(told()).isEmpty();
    }

    @Test
    void tellsAtOnceThatAReplicaFailsAndOnceThatItServesAgain() {
        look(true, 1);
        assertThat(told()).containsExactly("eject model-0@b");
        looks(3, true, 1);
        looks(9, false, 1);
        assertThat(told()).containsExactly("eject model-0@b", "readmit model-0@b");
    }

    @Test
    void doesNotGoToAndFroWhereAReplicaIsOnTheBorderOfBeingSlow() {
        looks(3, false, 3);
        looks(3, false, 2.5);
        looks(3, false, 3.5);
        looks(3, false, 1.9);
        assertThat(told()).containsExactly("slow model-0@b", "readmit model-0@b");
        assertThat(events.all().get(0).reason()).contains("3.0 times");
    }

    @Test
    void tellsNothingOfWhatIsOverInAMoment() {
        for (int i = 0; i < 20; i++) {
            looks(2, false, 9);
            look(false, 1);
        }
        assertThat(told()).isEmpty();
        looks(3, false, 9);
        for (int i = 0; i < 20; i++) {
            look(false, 9);
            looks(2, false, 1);
        }
        assertThat(told()).containsExactly("slow model-0@b");
    }

    @Test
    void readmitsNoneThatIsStillSlow() {
        look(true, 4);
        looks(3, false, 4);
        assertThat(told()).containsExactly("eject model-0@b", "slow model-0@b");
        looks(3, false, 1);
        assertThat(told()).hasSize(3);
    }

    @Test
    void forgetsThoseThatAreGone() {
        look(true, 1);
        outliers.look(List.of(), now);
        look(true, 1);
        assertThat(told()).containsExactly("eject model-0@b", "eject model-0@b");
    }
}
