package dev.sluice.router.fleet.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.goal.RolloutLimits;
import dev.sluice.router.fleet.goal.Scale;
import dev.sluice.router.fleet.goal.Shadow;
import dev.sluice.router.testing.Goals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeploymentTest {

    private static final ActorGoal ONE = ActorGoal.of("model", Goals.version("1"), Scale.fixed(2));
    private static final Running SERVES = new Running(true, Set.of("1"), Set.of("1"));
    private static final Running NOTHING = new Running(true, Set.of(), Set.of());

    private static Deployment of(VersionSpec version) {
        return new Deployment(ActorGoal.of("model", version, Scale.fixed(3)), false);
    }

    private static Deployment atOnce(VersionSpec version) {
        return new Deployment(of(version).wanted(), true);
    }

    private static ActorGoal rolling(String version) {
        return ONE.withRollout(Optional.of(new Rollout(
                Goals.version(version), 25, true, List.of(25, 100), Duration.ofSeconds(1), RolloutLimits.USUAL)));
    }

    private static VersionSpec made(String version, String type, Map<String, String> args) {
        return new VersionSpec(version, ActorKinds.JAVA, type, args, VersionSettings.UNSET);
    }

    private static VersionSpec with(String version, long slo) {
        return new VersionSpec(
                version,
                ActorKinds.JAVA,
                "model",
                Map.of(),
                new VersionSettings(
                        Optional.of(slo),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void rollsAnotherVersionOutInTheUsualSteps() {
        ActorGoal next = of(Goals.version("2")).to(ONE, SERVES).goal();
        assertThat(next.current()).isEqualTo(ONE.current());
        assertThat(next.scale()).isEqualTo(Scale.fixed(3));
        assertThat(next.rollout())
                .contains(new Rollout(
                        Goals.version("2"),
                        5,
                        false,
                        Rollout.USUAL_STEPS,
                        Rollout.USUAL_STEP_TIME,
                        RolloutLimits.USUAL));
    }

    @Test
    void replacesAtOnceWhereThatIsAskedForOrNothingServes() {
        for (ActorGoal next : List.of(
                atOnce(Goals.version("2")).to(ONE, SERVES).goal(),
                of(Goals.version("2")).to(ONE, NOTHING).goal())) {
            assertThat(next.current()).isEqualTo(Goals.version("2"));
            assertThat(next.previous()).contains(Goals.version("1"));
            assertThat(next.rollout()).isEmpty();
        }
    }

    @Test
    void takesAnActorForOneThatServesBeforeItHasLooked() {
        assertThat(of(Goals.version("2")).to(ONE, Running.UNSEEN).goal().rollout())
                .isPresent();
    }

    @Test
    void changesNothingWhereItIsAskedForAgain() {
        ActorGoal rollingOut = of(Goals.version("2")).to(ONE, SERVES).goal();
        assertThat(of(Goals.version("2")).to(rollingOut, SERVES).goal()).isEqualTo(rollingOut);
        ActorGoal replaced = atOnce(Goals.version("2")).to(ONE, SERVES).goal();
        assertThat(atOnce(Goals.version("2")).to(replaced, SERVES).goal()).isEqualTo(replaced);
    }

    @Test
    void leavesARolloutOfTheSameVersionWhereItIs() {
        ActorGoal next = of(Goals.version("2")).to(rolling("2"), SERVES).goal();
        assertThat(next.rollout()).isEqualTo(rolling("2").rollout());
    }

    @Test
    void endsARolloutByReplacingAtOnce() {
        ActorGoal next = atOnce(Goals.version("2")).to(rolling("2"), SERVES).goal();
        assertThat(next.current()).isEqualTo(Goals.version("2"));
        assertThat(next.rollout()).isEmpty();
    }

    @Test
    void saysThatTheRolloutOfAnotherVersionEnds() {
        Changed third = of(Goals.version("3")).to(rolling("2"), SERVES);
        assertThat(third.goal().rollout().orElseThrow().candidate()).isEqualTo(Goals.version("3"));
        assertThat(third.warnings()).containsExactly("The rollout of version 2 ends with this.");
        Changed back = of(Goals.version("1")).to(rolling("2"), SERVES);
        assertThat(back.goal().rollout()).isEmpty();
        assertThat(back.warnings()).containsExactly("The rollout of version 2 ends with this.");
    }

    @Test
    void refusesToMakeAKnownVersionOfSomethingElse() {
        ActorGoal known = rolling("2")
                .withShadow(Optional.of(new Shadow(Goals.version("3"), 10, 1)))
                .promoted()
                .withRollout(rolling("4").rollout());
        for (String version : List.of("1", "2", "3", "4")) {
            assertThatThrownBy(() -> of(made(version, "other", Map.of())).to(known, NOTHING))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("Version " + version + " of model is known")
                    .hasMessageContaining("the java type model")
                    .hasMessageContaining("a version of its own");
            assertThatThrownBy(
                            () -> of(made(version, "model", Map.of("a", "1"))).to(known, NOTHING))
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    void takesOtherSettingsOnlyWhileTheVersionHasNoReplica() {
        assertThat(of(with("1", 50)).to(ONE, NOTHING).goal().current()).isEqualTo(with("1", 50));
        for (Running running : List.of(SERVES, Running.UNSEEN)) {
            assertThatThrownBy(() -> of(with("1", 50)).to(ONE, running))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("has replicas")
                    .hasMessageContaining("a name of its own");
        }
    }

    @Test
    void letsAShadowBecomeTheRealThing() {
        ActorGoal shadowed = ONE.withShadow(Optional.of(new Shadow(Goals.version("2"), 10, 1)));
        Changed changed = of(Goals.version("2")).to(shadowed, SERVES);
        assertThat(changed.goal().shadow()).isEmpty();
        assertThat(changed.goal().rollout()).isPresent();
        assertThat(changed.warnings()).containsExactly("Version 2 gets no copies of queries any more.");
    }

    @Test
    void doesNotTakeOverReplicasThatEndOfAnActorThatWasUndeployed() {
        assertThatThrownBy(() -> of(Goals.version("1")).toNew(SERVES))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("Try again");
        assertThat(of(Goals.version("2")).toNew(SERVES).goal().current()).isEqualTo(Goals.version("2"));
    }
}
