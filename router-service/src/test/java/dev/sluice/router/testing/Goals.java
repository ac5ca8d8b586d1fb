package dev.sluice.router.testing;

import dev.sluice.common.actor.ActorScheduling;
import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.goal.RolloutLimits;
import dev.sluice.router.fleet.goal.Scale;
import dev.sluice.router.fleet.goal.Shadow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goals for tests. */
public final class Goals {

    private Goals() {}

    public static VersionSpec version(String version) {
        return new VersionSpec(version, ActorKinds.JAVA, "model", Map.of(), VersionSettings.UNSET);
    }

    public static VersionSpec with(VersionSettings settings) {
        return new VersionSpec("1", ActorKinds.JAVA, "model", Map.of(), settings);
    }

    /** An actor that simply serves. */
    public static ActorGoal plain(String actor) {
        return ActorGoal.of(actor, version("1"), Scale.fixed(1));
    }

    /** One of which everything is set. */
    public static ActorGoal full() {
        VersionSettings settings = new VersionSettings(
                Optional.of(200L),
                Optional.of("deadline"),
                Optional.of(28),
                Optional.of(5L),
                Optional.of(true),
                Optional.of(new ActorScheduling(
                        Optional.of(false),
                        Optional.of(true),
                        Optional.of(0.02),
                        Map.of("acme", 3.0),
                        Optional.of(2.0),
                        Optional.of(16))));
        VersionSpec current = new VersionSpec("2", ActorKinds.JAVA, "model", Map.of("alpha", "4ms"), settings);
        return new ActorGoal(
                "model",
                current,
                Optional.of(version("1")),
                Optional.of(new Rollout(
                        version("3"), 25, true, List.of(25, 100), Duration.ofMillis(1500), RolloutLimits.USUAL)),
                Optional.of(new Shadow(version("4"), 10, 1)),
                new Scale(0, 8, 0.7, Duration.ofSeconds(60)),
                2);
    }
}
