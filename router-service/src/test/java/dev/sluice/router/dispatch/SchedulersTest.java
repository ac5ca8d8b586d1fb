package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.ActorScheduling;
import dev.sluice.scheduling.BatchRule;
import dev.sluice.scheduling.DeadlineSettings;
import dev.sluice.scheduling.QueueLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchedulersTest {

    private static final DeadlineSettings USUAL =
            new DeadlineSettings(BatchRule.CLIMB, false, true, 0.02, Map.of("acme", 2.0), 4, 100);

    private static ActorDescriptor asking(boolean idempotent, ActorScheduling scheduling) {
        return new ActorDescriptor(
                "a",
                "1",
                idempotent,
                1_000,
                "deadline",
                "",
                List.of(Actors.method("call", 4, 0)),
                Optional.of(scheduling));
    }

    @Test
    void goesByTheRoutersSettingsWhereTheActorSaysNothing() {
        assertThat(Schedulers.deadline(Actors.echo(), USUAL)).isEqualTo(USUAL);
        assertThat(Schedulers.deadline(asking(true, ActorScheduling.UNSET), USUAL))
                .isEqualTo(USUAL);
    }

    @Test
    void laysWhatTheActorAsksForOverThem() {
        ActorScheduling asked = new ActorScheduling(
                Optional.of(true),
                Optional.of(false),
                Optional.of(0.5),
                Map.of("umbrella", 3.0),
                Optional.of(2.0),
                Optional.of(7));
        assertThat(Schedulers.deadline(asking(true, asked), USUAL))
                .isEqualTo(new DeadlineSettings(BatchRule.CLIMB, true, false, 0.5, Map.of("umbrella", 3.0), 2, 7));
    }

    @Test
    void neverHedgesWhatMustNotRunTwice() {
        ActorScheduling hedging = new ActorScheduling(
                Optional.empty(), Optional.of(true), Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
        assertThat(Schedulers.deadline(asking(true, hedging), USUAL).hedging()).isTrue();
        assertThat(Schedulers.deadline(asking(false, hedging), USUAL).hedging()).isFalse();
        assertThat(Schedulers.deadline(Actors.counter(), USUAL).hedging()).isFalse();
    }

    @Test
    void refusesAnActorThatAsksForWhatMakesNoSense() {
        ActorScheduling nobody = new ActorScheduling(
                Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), Optional.of(0));
        DispatchSettings settings = new DispatchSettings(new QueueLimits(1, 1), USUAL, 1, 1, 1);
        assertThatThrownBy(() -> Schedulers.check(asking(true, nobody), settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
    }
}
