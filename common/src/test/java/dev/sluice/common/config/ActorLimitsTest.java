package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.actor.ActorScheduling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActorLimitsTest {

    private static final ActorScheduling WRONG = new ActorScheduling(
            Optional.empty(),
            Optional.of(true),
            Optional.of(1.5),
            Map.of("acme", 0.0),
            Optional.of(0.5),
            Optional.of(0));

    private final List<Problem> problems = new ArrayList<>();
    private final ActorLimits limits = new ActorLimits(problems::add);

    private List<String> fields() {
        return problems.stream().map(Problem::field).toList();
    }

    @Test
    void tellsOfEverythingThatIsWrong() {
        limits.scheduler("lifo");
        limits.slo(Duration.ZERO, "0ms");
        limits.maxBatchSize(0);
        limits.maxWait(Duration.ofMillis(-1), "-1ms");
        limits.scheduling(WRONG, Optional.of("fifo"), Optional.of(false));
        assertThat(fields())
                .containsExactly(
                        "scheduler",
                        "slo",
                        "max-batch-size",
                        "max-wait",
                        "scheduling",
                        "scheduling.hedge-share",
                        "scheduling.priority-weight",
                        "scheduling.most-tenants",
                        "scheduling.tenant-weights.acme",
                        "scheduling.hedging");
        assertThat(problems.get(1).sentence()).isEqualTo("slo is 0ms. Write a duration from 1ms to 24h.");
    }

    @Test
    void holdsNothingAgainstWhatIsNotKnown() {
        limits.scheduling(
                new ActorScheduling(
                        Optional.empty(),
                        Optional.of(true),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty(),
                Optional.empty());
        limits.scheduling(ActorScheduling.UNSET, Optional.of("deadline"), Optional.of(false));
        assertThat(problems).isEmpty();
    }

    @Test
    void takesWhatIsJustAllowed() {
        limits.slo(Duration.ofMillis(1), "1ms");
        limits.slo(Duration.ofHours(24), "24h");
        limits.maxBatchSize(1);
        limits.maxBatchSize(65_535);
        limits.maxWait(Duration.ZERO, "0ms");
        assertThat(problems).isEmpty();
        limits.slo(Duration.ofHours(24).plusMillis(1), "86400001ms");
        limits.maxBatchSize(65_536);
        assertThat(fields()).containsExactly("slo", "max-batch-size");
    }

    @Test
    void refusesTheFirstWhereItIsToldTo() {
        assertThatThrownBy(() -> ActorLimits.refusing("sluice.actors.a")
                        .scheduling(WRONG, Optional.of("deadline"), Optional.empty()))
                .isInstanceOf(SettingRefused.class)
                .hasMessage("sluice.actors.a.scheduling.hedge-share is 1.5.");
    }
}
