package dev.sluice.router.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.GoalJson;
import dev.sluice.router.fleet.goal.Scale;
import dev.sluice.router.fleet.store.DesiredState.Desired;
import dev.sluice.router.fleet.store.FleetStore.Entry;
import dev.sluice.router.testing.Goals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DesiredStateTest {

    private static final ActorGoal A = Goals.plain("a");
    private static final ActorGoal B = Goals.plain("b");
    private static final ActorGoal MORE_OF_A = A.withScale(Scale.fixed(7));

    private static Entry entry(long revision, ActorGoal goal) {
        return new Entry(revision, GoalJson.write(goal));
    }

    @Test
    void followsTheFileWhereTheStoreHasNothing() {
        DesiredState state = DesiredState.of(List.of(A, B), Map.of());
        assertThat(state.goals()).isEqualTo(Map.of("a", A, "b", B));
        assertThat(state.revision("a")).isZero();
        assertThat(state.revision("nobody")).isZero();
        assertThat(DesiredState.of(List.of(), Map.of()).goals()).isEmpty();
    }

    @Test
    void followsTheStoreWhereBothHaveSomething() {
        DesiredState state = DesiredState.of(List.of(A, B), Map.of("actors/a", entry(5, MORE_OF_A)));
        assertThat(state.goals()).isEqualTo(Map.of("a", MORE_OF_A, "b", B));
        assertThat(state.revision("a")).isEqualTo(5);
        assertThat(state.revision("b")).isZero();
    }

    @Test
    void addsWhatTheStoreAloneHas() {
        DesiredState state =
                DesiredState.of(List.of(B), Map.of("actors/a", entry(5, A), "actors/model", entry(6, Goals.full())));
        assertThat(state.goals()).isEqualTo(Map.of("a", A, "b", B, "model", Goals.full()));
    }

    @Test
    void undeploysWhatTheFileNames() {
        DesiredState state = DesiredState.of(List.of(A, B), Map.of("actors/a", new Entry(9, null)));
        assertThat(state.goals()).isEqualTo(Map.of("b", B));
        assertThat(state.actors().get("a")).isEqualTo(new Desired(9, Optional.empty()));
        assertThat(state.revision("a")).isEqualTo(9);
        assertThat(state.isUnreadable("a")).isFalse();
    }

    @Test
    void knowsWhichHostsAreDrained() {
        DesiredState state = DesiredState.of(
                List.of(),
                Map.of(
                        "hosts/x:7100", new Entry(1, "{\"drained\":true,\"since\":\"newer routers\"}"),
                        "hosts/y", new Entry(2, "{\"drained\":false}"),
                        "hosts/z", new Entry(3, null),
                        "hosts/w", new Entry(4, "{}")));
        assertThat(state.drained()).containsExactly("x:7100");
        assertThat(state.unreadable()).isEmpty();
    }

    @Test
    void neverFollowsWhatItCannotRead() {
        DesiredState state = DesiredState.of(
                List.of(A, B),
                Map.of(
                        "actors/a", new Entry(1, "{\"actor\": \"a\", \"of\": \"a later format\"}"),
                        "actors/c", entry(2, A),
                        "actors/d", entry(3, Goals.plain("d").withScale(Scale.between(3, 2))),
                        "hosts/x", new Entry(4, "nonsense"),
                        "of/a/newer/router", new Entry(5, "nonsense")));
        assertThat(state.goals()).isEqualTo(Map.of("b", B));
        assertThat(state.unreadable()).containsOnlyKeys("actors/a", "actors/c", "actors/d", "hosts/x");
        assertThat(state.unreadable().get("actors/c").reason()).isEqualTo("It is of the actor 'a'.");
        assertThat(state.unreadable().get("actors/d").reason()).startsWith("replicas.min is 3, which is more than");
        assertThat(state.isUnreadable("a")).isTrue();
        assertThat(state.revision("a")).as("who mends it must know").isEqualTo(1);
        assertThat(state.isUnreadable("b")).isFalse();
        assertThat(state.drained()).isEmpty();
    }
}
