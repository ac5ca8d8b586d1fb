package dev.sluice.router.fleet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.goal.RolloutLimits;
import dev.sluice.router.fleet.goal.Scale;
import dev.sluice.router.testing.Goals;
import dev.sluice.router.testing.MemoryFleetStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetControllerTest {

    private static final ActorGoal THREE = ActorGoal.of("model", Goals.version("1"), Scale.fixed(3));

    private final FleetRig rig = new FleetRig();

    private List<String> all(PlacedHost... hosts) {
        List<String> all = new ArrayList<>();
        for (PlacedHost host : hosts) {
            all.addAll(host.running());
        }
        return all;
    }

    private static ActorGoal rolling(ActorGoal goal, int weight) {
        return goal.withRollout(Optional.of(new Rollout(
                Goals.version("2"), weight, false, List.of(50, 100), Duration.ofSeconds(10), RolloutLimits.USUAL)));
    }

    private ActorGoal goal() {
        return rig.goals.read().block().goals().get("model");
    }

    @Test
    void spreadsWhatIsWantedOverTheHostsAndThenLeavesItAlone() {
        PlacedHost a = rig.host("a", 4);
        PlacedHost b = rig.host("b", 4);
        rig.want(THREE);
        rig.settles();
        assertThat(all(a, b)).containsExactlyInAnyOrder("model@1-0", "model@1-1", "model@1-2");
        assertThat(a.running()).hasSizeBetween(1, 2);
        assertThat(rig.looks()).isZero();
        assertThat(rig.controller.view().statuses().get("model").ready()).isEqualTo(3);
    }

    @Test
    void placesTheReplicasOfALostHostElsewhere() {
        PlacedHost a = rig.host("a", 4);
        PlacedHost b = rig.host("b", 4);
        rig.want(THREE);
        rig.settles();
        a.dies();
        rig.settles();
        assertThat(b.running()).hasSize(3);
    }

    @Test
    void saysWhichReplicasWentWithTheirHost() {
        PlacedHost a = rig.host("a", 4);
        PlacedHost b = rig.host("b", 4);
        a.ownReplica("other-0", "other");
        rig.want(THREE);
        rig.settles();
        List<String> onA =
                a.running().stream().filter(id -> id.startsWith("model")).toList();
        a.dies();
        rig.settles();
        rig.looks();
        assertThat(rig.events.all())
                .filteredOn(event -> event.kind().equals("lost"))
                .allSatisfy(event -> {
                    assertThat(event.actor()).isEqualTo("model");
                    assertThat(event.version()).isEqualTo("1");
                    assertThat(event.host()).isEqualTo("a");
                    assertThat(event.reason()).startsWith("its host is gone");
                })
                .extracting(Event::replica)
                .containsExactlyInAnyOrderElementsOf(onA);
        assertThat(b.running()).hasSize(3);
    }

    @Test
    void saysWhatIsMissingWhereThereAreTooFewSlots() {
        PlacedHost a = rig.host("a", 2);
        rig.want(THREE);
        rig.settles();
        assertThat(a.running()).hasSize(2);
        assertThat(rig.controller.view().statuses().get("model").missing()).isEqualTo(1);
        assertThat(rig.controller.view().statuses().get("model").problems())
                .singleElement()
                .asString()
                .contains("slots");
    }

    @Test
    void takesOverWhatAHostHasStartedByItself() {
        PlacedHost a = rig.host("a", 8);
        a.ownReplica("model-0", "model");
        rig.want(THREE);
        rig.settles();
        assertThat(a.running()).containsExactlyInAnyOrder("model@1-0", "model@1-1", "model@1-2");
    }

    @Test
    void leavesActorsAloneOfWhichNothingIsWanted() {
        PlacedHost a = rig.host("a", 8);
        a.ownReplica("other-0", "other");
        assertThat(rig.looks()).isZero();
        assertThat(a.running()).containsExactly("other-0");
    }

    @Test
    void endsWhatIsUndeployed() {
        PlacedHost a = rig.host("a", 8);
        rig.want(THREE);
        rig.settles();
        rig.goals
                .undeploy("model", rig.goals.read().block().state().revision("model"))
                .block();
        rig.settles();
        assertThat(a.running()).isEmpty();
        assertThat(rig.actors.published()).isEmpty();
    }

    private void looksWith(MemoryFleetStore store, List<ActorGoal> file, PlacedHost host) {
        rig.controller.look(
                new dev.sluice.router.fleet.control.Goals(store, file).read().block(), rig.time.now());
        rig.time.run();
        host.obeys();
    }

    @Test
    void leavesAloneWhatRunsForAnotherStore() {
        PlacedHost a = rig.host("a", 8);
        rig.want(THREE);
        rig.settles();
        MemoryFleetStore empty = new MemoryFleetStore(true);
        empty.forget("another");
        looksWith(empty, List.of(), a);
        assertThat(a.running()).hasSize(3);
    }

    @Test
    void endsWhatTheActorsFileDoesNotNameAnyMore() {
        PlacedHost a = rig.host("a", 8);
        looksWith(rig.store, List.of(THREE), a);
        assertThat(a.running()).hasSize(3);
        looksWith(rig.store, List.of(), a);
        assertThat(a.running()).isEmpty();
    }

    @Test
    void emptiesAHostThatAnOperatorDrains() {
        PlacedHost a = rig.host("a", 8);
        rig.want(THREE);
        rig.settles();
        PlacedHost b = rig.host("b", 8);
        rig.goals.drain("a", true).block();
        rig.settles();
        assertThat(a.running()).isEmpty();
        assertThat(b.running()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void controlsOnlyWhatIsItsOwn(boolean shared) {
        FleetRig one = new FleetRig("router-0", shared);
        FleetRig other = new FleetRig("router-1", shared);
        PlacedHost here = one.host("a", 64, "router-0", "router-1");
        PlacedHost there = other.host("a", 64, "router-0", "router-1");
        for (int i = 0; i < 20; i++) {
            ActorGoal goal = ActorGoal.of("actor-" + i, Goals.version("1"), Scale.fixed(1));
            one.want(goal);
            other.want(goal);
        }
        one.settles();
        other.settles();
        assertThat(here.running()).isNotEmpty().doesNotContainAnyElementsOf(there.running());
        assertThat(all(here, there)).hasSize(20);
    }

    @Test
    void takesOverWhatAnotherRouterControlledWhenThatIsGone() {
        PlacedHost a = rig.host("a", 64, "router-0", "router-1");
        for (int i = 0; i < 20; i++) {
            rig.want(ActorGoal.of("actor-" + i, Goals.version("1"), Scale.fixed(1)));
        }
        rig.settles();
        assertThat(a.running()).hasSizeLessThan(20);
        a.dies();
        rig.looks();
        PlacedHost again = rig.host("a", 64, "router-0");
        rig.settles();
        assertThat(again.running()).hasSize(20);
    }

    @Test
    void rollsOutInStepsAndRetiresTheOldVersion() {
        PlacedHost a = rig.host("a", 8);
        rig.want(THREE);
        rig.settles();
        rig.want(rolling(THREE, 50));
        rig.settles();
        assertThat(a.running("2")).isNotEmpty();
        assertThat(a.running("1")).isNotEmpty();
        for (int i = 0; i < 3; i++) {
            rig.passes(Duration.ofSeconds(11));
            rig.settles();
        }
        assertThat(goal().current().version()).isEqualTo("2");
        assertThat(goal().previous().orElseThrow().version()).isEqualTo("1");
        assertThat(a.running("1")).isEmpty();
        assertThat(a.running("2")).hasSize(3);
        assertThat(rig.events.all()).extracting(Event::kind).contains("advance", "promote");
    }

    @Test
    void waitsWithARolloutForSlotsAndTakesNothingBackForTheLackOfThem() {
        PlacedHost a = rig.host("a", 3);
        rig.want(THREE);
        rig.settles();
        rig.want(rolling(THREE, 50));
        for (int i = 0; i < 200; i++) {
            rig.looks();
            rig.passes(Duration.ofSeconds(1));
        }
        assertThat(goal().rollout()).map(Rollout::weight).contains(50);
        assertThat(rig.controller.view().statuses().get("model").problems())
                .singleElement()
                .asString()
                .contains("version 2 cannot be placed: all 3 slots");
        rig.host("b", 3);
        for (int i = 0; i < 3; i++) {
            rig.settles();
            rig.passes(Duration.ofSeconds(11));
        }
        rig.settles();
        assertThat(goal().current().version()).isEqualTo("2");
        assertThat(a.running("1")).isEmpty();
    }

    @Test
    void rollsBackAVersionThatDoesNotStart() {
        PlacedHost a = rig.host("a", 8);
        rig.want(THREE);
        rig.settles();
        a.broken.add("2");
        rig.want(rolling(THREE, 50));
        for (int i = 0; i < 200 && goal().rollout().isPresent(); i++) {
            rig.looks();
            rig.passes(Duration.ofMillis(500));
        }
        rig.settles();
        assertThat(goal().rollout()).isEmpty();
        assertThat(goal().current().version()).isEqualTo("1");
        assertThat(a.running()).containsExactlyInAnyOrder("model@1-0", "model@1-1", "model@1-2");
        assertThat(rig.events.all())
                .filteredOn(event -> event.kind().equals("rollback"))
                .singleElement()
                .extracting(Event::reason)
                .asString()
                .contains("do not start");
    }

    /** Looks again and again until the rollout is over, for so long at most. */
    private void rollsOutWithin(Duration most) {
        for (long millis = 0; millis < most.toMillis() && goal().rollout().isPresent(); millis += 100) {
            rig.looks();
            rig.passes(Duration.ofMillis(100));
        }
    }

    private List<String> whyBack() {
        return rig.events.all().stream()
                .filter(event -> event.kind().equals("rollback"))
                .map(Event::reason)
                .toList();
    }

    @Test
    void rollsBackAVersionThatTakesItsHostsWithIt() {
        List<PlacedHost> hosts = List.of(rig.host("a", 4), rig.host("b", 4));
        rig.want(THREE);
        rig.settles();
        hosts.forEach(host -> host.deadly.add("2"));
        rig.want(rolling(THREE, 5));
        rollsOutWithin(Duration.ofSeconds(60));
        rig.settles();
        assertThat(whyBack()).containsExactly("Its replicas do not start: The host was lost while it started.");
        assertThat(goal().current().version()).isEqualTo("1");
        assertThat(rig.events.all())
                .filteredOn(
                        event -> event.kind().equals("start") && event.version().equals("2"))
                .hasSizeLessThanOrEqualTo(4);
        assertThat(all(hosts.get(0), hosts.get(1))).hasSize(3);
    }

    @Test
    void goesOnWithARolloutWhoseHostIsLostForOtherReasons() {
        rig.host("a", 4);
        PlacedHost b = rig.host("b", 8);
        rig.want(THREE);
        rig.settles();
        b.deadly.add("2");
        rig.want(rolling(THREE, 100));
        rig.looks();
        b.deadly.clear();
        rollsOutWithin(Duration.ofSeconds(60));
        assertThat(rig.events.all()).extracting(Event::kind).contains("lost", "promote");
        assertThat(goal().current().version()).isEqualTo("2");
    }

    @Test
    void rollsBackAVersionThatItsHostIgnores() {
        PlacedHost a = rig.host("a", 8);
        rig.want(THREE);
        rig.settles();
        a.ignored.add("2");
        rig.want(rolling(THREE, 50));
        rollsOutWithin(FleetRig.START_PATIENCE.plusSeconds(10));
        assertThat(whyBack()).containsExactly("Its replicas were not ready within 30 s.");
    }

    @Test
    void waitsForSlotsThoughAReplicaFailedBefore() {
        PlacedHost a = rig.host("a", 3);
        rig.want(THREE);
        rig.settles();
        PlacedHost b = rig.host("b", 1);
        b.broken.add("2");
        rig.want(rolling(THREE, 50));
        rig.looks();
        rig.looks();
        b.dies();
        rollsOutWithin(Duration.ofSeconds(200));
        assertThat(a.running("2")).hasSize(1);
        assertThat(rig.events.all()).extracting(Event::kind).contains("give-up");
        assertThat(whyBack()).isEmpty();
    }

    @Test
    void givesABadVersionNothingWhileThatCannotBeWritten() {
        PlacedHost a = rig.host("a", 8);
        rig.want(THREE);
        rig.settles();
        a.broken.add("2");
        rig.want(rolling(THREE, 50));
        Desired last = rig.goals.read().block();
        rig.store.away(true);
        for (int i = 0; i < 100; i++) {
            rig.looks(last);
            rig.passes(Duration.ofMillis(500));
        }
        assertThat(rig.rollouts.suspended()).containsExactly("model");
        assertThat(rig.events.all()).extracting(Event::kind).doesNotContain("rollback");

        rig.store.away(false);
        rig.passes(Duration.ofSeconds(10));
        rig.settles();
        rig.looks();
        assertThat(goal().rollout()).isEmpty();
        assertThat(rig.rollouts.suspended()).isEmpty();
        assertThat(rig.events.all()).extracting(Event::kind).containsOnlyOnce("rollback");
    }

    @Test
    void triesAReplicaThatFailsAgainLaterAndLater() {
        PlacedHost a = rig.host("a", 8);
        a.broken.add("1");
        rig.want(ActorGoal.of("model", Goals.version("1"), Scale.fixed(1)));
        int starts = 0;
        for (int i = 0; i < 100; i++) {
            rig.looks();
            rig.passes(Duration.ofMillis(100));
        }
        for (Event event : rig.events.all()) {
            starts += event.kind().equals("start") ? 1 : 0;
        }
        // After 0, 1, 3 and 7 seconds.
        assertThat(starts).isEqualTo(4);
    }

    @Test
    void holdsAReplicaBackLongerEachTimeThatOneIsStuckInItsPlace() {
        PlacedHost a = rig.host("a", 1);
        rig.want(ActorGoal.of("model", Goals.version("1"), Scale.fixed(1)));
        List<Integer> waits = new ArrayList<>();
        for (int times = 0; times < 5; times++) {
            rig.settles();
            for (int minute = 0; minute < 30; minute++) {
                rig.passes(Duration.ofMinutes(1));
                rig.looks();
            }
            a.getsStuck("1");
            rig.looks();
            rig.looks();
            assertThat(rig.controller.view().statuses().get("model").problems())
                    .singleElement()
                    .asString()
                    .contains("it failed where it ran, and is tried again later (It was given up.)");
            int seconds = 0;
            while (a.running().isEmpty() && seconds < 100) {
                rig.passes(Duration.ofSeconds(1));
                rig.looks();
                seconds++;
            }
            waits.add(seconds);
        }
        assertThat(rig.events.all())
                .filteredOn(event -> event.kind().equals("give-up"))
                .extracting(Event::reason)
                .containsOnly("it failed: It was given up.");
        assertThat(waits).containsExactly(1, 2, 4, 8, 16);
    }

    @Test
    void doesNotUndeployWhatAnotherRoutersOwnStoreMayWant() {
        FleetRig alone = new FleetRig("router-0", false);
        PlacedHost a = alone.host("a", 8, "router-0", "router-1");
        alone.want(THREE);
        alone.settles();
        FleetRig other = new FleetRig("router-1", false);
        PlacedHost same = other.host("a", 8, "router-0", "router-1");
        same.obeys();
        assertThat(other.looks()).isZero();
        assertThat(a.running()).hasSize(3);
    }
}
