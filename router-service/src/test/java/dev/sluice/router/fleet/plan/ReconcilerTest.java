package dev.sluice.router.fleet.plan;

import static dev.sluice.router.fleet.plan.Hosts.failed;
import static dev.sluice.router.fleet.plan.Hosts.having;
import static dev.sluice.router.fleet.plan.Hosts.host;
import static dev.sluice.router.fleet.plan.Hosts.leaving;
import static dev.sluice.router.fleet.plan.Hosts.offering;
import static dev.sluice.router.fleet.plan.Hosts.own;
import static dev.sluice.router.fleet.plan.Hosts.ready;
import static dev.sluice.router.fleet.plan.Hosts.rejecting;
import static dev.sluice.router.fleet.plan.Hosts.spec;
import static dev.sluice.router.fleet.plan.Hosts.starting;
import static dev.sluice.router.fleet.plan.Hosts.stopping;
import static dev.sluice.router.fleet.plan.Hosts.version;
import static dev.sluice.router.fleet.plan.Hosts.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.placement.Placement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReconcilerTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Failures failures = new Failures();

    private ActorPlan plan(Wanted wanted, HostState... hosts) {
        return planAt(0, wanted, hosts);
    }

    private ActorPlan planAt(long now, Wanted wanted, HostState... hosts) {
        failures.observe(List.of(hosts), now);
        return new Reconciler(new Slots(List.of(hosts)), failures).plan(wanted, now);
    }

    /** What is to run, as host/id. */
    private static List<String> running(ActorPlan plan) {
        return all(plan, placement -> placement.replicas().stream().map(Placement.Wanted::id));
    }

    private static List<String> kept(ActorPlan plan) {
        return all(plan, placement -> placement.kept().stream());
    }

    private static List<String> all(ActorPlan plan, Function<Placement, Stream<String>> ids) {
        return plan.placements().entrySet().stream()
                .flatMap(each -> ids.apply(each.getValue()).map(id -> each.getKey() + "/" + id))
                .sorted()
                .toList();
    }

    private static List<String> changes(ActorPlan plan, Change.Kind kind) {
        return plan.changes().stream()
                .filter(change -> change.kind() == kind)
                .map(change -> change.host() + "/" + change.replica())
                .sorted()
                .toList();
    }

    private static List<String> stopped(ActorPlan plan) {
        return changes(plan, Change.Kind.STOP);
    }

    private static ReplicaState[] many(String version, int count) {
        return IntStream.range(0, count)
                .mapToObj(ordinal -> ready("a@" + version + "-" + ordinal))
                .toArray(ReplicaState[]::new);
    }

    private static ReplicaState[] both(ReplicaState[] some, ReplicaState... others) {
        return Stream.of(some, others).flatMap(Stream::of).toArray(ReplicaState[]::new);
    }

    @Test
    void placesWhatIsMissingSpreadOverHostsAndSaysSo() {
        ActorPlan plan = plan(wanted(version("1", 3)), host("h0", 2), host("h1", 2));
        assertThat(running(plan)).containsExactly("h0/a@1-0", "h0/a@1-2", "h1/a@1-1");
        assertThat(plan.changes())
                .contains(new Change(Change.Kind.START, "a", "1", "a@1-0", "h0", "3 of version 1 are wanted"))
                .hasSize(3);
        assertThat(plan.status()).isEqualTo(new ActorStatus(3, 0, 3, Map.of(), List.of()));
        assertThat(plan.placements().get("h0").versions()).containsExactly(spec("1"));
        assertThat(plan.placements().get("h0").revision()).isEqualTo(7);
    }

    @Test
    void changesNothingWhereAllIsAsWanted() {
        ActorPlan plan = plan(wanted(version("1", 2)), host("h0", 2, ready("a@1-3"), starting("a@1-5")), host("h1", 2));
        assertThat(running(plan)).containsExactly("h0/a@1-3", "h0/a@1-5");
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.status()).isEqualTo(new ActorStatus(2, 1, 1, Map.of(), List.of()));
    }

    @Test
    void givesEachReplicaTheLowestNumberThatNoneHasAnywhere() {
        ActorPlan plan = plan(
                wanted(version("1", 4)),
                host("h0", 4, ready("a@1-1"), failed("a@1-2")),
                host("h1", 3, stopping("a@1-3")));
        assertThat(changes(plan, Change.Kind.START)).containsExactly("h1/a@1-0", "h1/a@1-4");
    }

    @Test
    void replacesWhatIsLostWithItsHost() {
        HostState h1 = host("h1", 4, ready("a@1-1"));
        assertThat(running(plan(wanted(version("1", 2)), h1))).containsExactly("h1/a@1-0", "h1/a@1-1");
    }

    @Test
    void givesUpWhatFailedAndTriesElsewhereFirst() {
        ActorPlan plan = plan(wanted(version("1", 1)), host("h0", 9, failed("a@1-0")), host("h1", 1));
        assertThat(running(plan)).containsExactly("h1/a@1-1");
        assertThat(plan.changes())
                .contains(
                        new Change(Change.Kind.GIVE_UP, "a", "1", "a@1-0", "h0", "it could not start: out of memory"));
    }

    @Test
    void waitsWhereItFailedUntilItIsTimeToTryAgain() {
        plan(wanted(version("1", 1)), host("h0", 1, failed("a@1-0")));
        ActorPlan plan = planAt(SECOND - 1, wanted(version("1", 1)), host("h0", 1));
        assertThat(running(plan)).isEmpty();
        assertThat(plan.status())
                .isEqualTo(new ActorStatus(
                        1,
                        0,
                        0,
                        Map.of(Shortage.FAILING, 1),
                        List.of("1 of version 1 cannot be placed: it did not start where it was tried,"
                                + " and is tried again later (out of memory).")));
        assertThat(running(planAt(SECOND, wanted(version("1", 1)), host("h0", 1))))
                .hasSize(1);
    }

    @Test
    void triesAVersionAnewThatWasNotWantedForAWhile() {
        plan(wanted(version("1", 1), version("2", 1)), host("h0", 1, failed("a@2-0")));
        plan(wanted(version("1", 1)), host("h0", 1));
        assertThat(failures.count("a", "2")).isZero();
    }

    @Test
    void placesNothingWhereAVersionIsRejectedAndSaysWhy() {
        ActorPlan plan = plan(wanted(version("1", 1)), rejecting(host("h0", 1), "a", "1"));
        assertThat(running(plan)).isEmpty();
        assertThat(plan.status().problems()).containsExactly("1 of version 1 cannot be placed: It has no model.");
    }

    @Test
    void saysHowManyHaveNoSlot() {
        ActorPlan plan = plan(wanted(version("1", 5)), host("h0", 2, ready("b@1-0")), host("h1", 1));
        assertThat(running(plan)).containsExactly("h0/a@1-0", "h1/a@1-1");
        assertThat(plan.status())
                .isEqualTo(
                        new ActorStatus(
                                5,
                                0,
                                2,
                                Map.of(Shortage.SLOTS, 3),
                                List.of(
                                        "3 of version 1 cannot be placed: all 3 slots of the hosts that could run it are taken.")));
    }

    @Test
    void takesSlotsForOneActorAfterTheOther() {
        HostState host = host("h0", 3);
        Reconciler reconciler = new Reconciler(new Slots(List.of(host)), failures);
        reconciler.plan(wanted(version("1", 2)), 0);
        Wanted other = new Wanted("b", "store", 1, List.of(version("1", 2)));
        assertThat(reconciler.plan(other, 0).status().starting()).isEqualTo(1);
    }

    @Test
    void endsWhereTheVersionHasMostOfTheRoomWhenFewerAreWanted() {
        ActorPlan plan = plan(
                wanted(version("1", 2)),
                host("h0", 4, ready("a@1-0"), ready("a@1-1")),
                host("h1", 2, ready("a@1-2"), ready("a@1-3")));
        assertThat(running(plan)).containsExactly("h0/a@1-0", "h1/a@1-2");
        assertThat(stopped(plan)).containsExactly("h0/a@1-1", "h1/a@1-3");
        assertThat(plan.changes().get(0).reason()).isEqualTo("more of version 1 run than are wanted");
    }

    @Test
    void endsWhereItHasMoreOfTheRoomThoughItHasMoreReplicasElsewhere() {
        ActorPlan plan = plan(
                wanted(version("1", 4)),
                host("h0", 2, ready("a@1-0"), ready("a@1-1")),
                host("h1", 8, ready("a@1-2"), ready("a@1-3"), ready("a@1-4")));
        assertThat(stopped(plan)).containsExactly("h0/a@1-1");
    }

    @Test
    void endsWhatIsNotReadyBeforeWhatIs() {
        ActorPlan plan = plan(wanted(version("1", 1)), host("h0", 9, starting("a@1-0"), ready("a@1-1")), host("h1", 9));
        assertThat(running(plan)).containsExactly("h0/a@1-1");
        assertThat(stopped(plan)).containsExactly("h0/a@1-0");
    }

    @Test
    void scalesToNothingAndKeepsTheVersionKnown() {
        ActorPlan plan = plan(wanted(version("1", 0)), host("h0", 1, ready("a@1-0")));
        assertThat(stopped(plan)).containsExactly("h0/a@1-0");
        assertThat(kept(plan)).isEmpty();
        assertThat(plan.placements().get("h0").versions()).containsExactly(spec("1"));
        assertThat(plan.status()).isEqualTo(new ActorStatus(0, 0, 0, Map.of(), List.of()));
    }

    @Test
    void endsAllOfAnActorThatIsToGo() {
        ActorPlan plan = plan(
                wanted(),
                host("h0", 9, ready("a@1-0"), own("a-0", "1", State.READY), starting("a@2-0")),
                host("h1", 9));
        assertThat(plan.placements()).containsOnlyKeys("h0");
        assertThat(plan.placements().get("h0").versions()).isEmpty();
        assertThat(stopped(plan)).containsExactly("h0/a-0", "h0/a@1-0", "h0/a@2-0");
        assertThat(plan.changes()).extracting(Change::reason).containsOnly("the actor is undeployed");
    }

    @Test
    void keepsAsManyOfTheOldVersionAsTheNewOneLacks() {
        HostState old = host("h0", 20, many("1", 4));
        ActorPlan plan = plan(wanted(version("2", 4)), old);
        assertThat(changes(plan, Change.Kind.START)).as("one at a time").containsExactly("h0/a@2-0");
        assertThat(kept(plan)).hasSize(4);

        ActorPlan starting = plan(wanted(version("2", 4)), host("h0", 20, both(many("1", 4), starting("a@2-0"))));
        assertThat(starting.changes()).isEmpty();
        assertThat(kept(starting)).hasSize(4);
        assertThat(starting.status()).isEqualTo(new ActorStatus(4, 0, 1, Map.of(Shortage.PENDING, 3), List.of()));

        ActorPlan next = plan(wanted(version("2", 4)), host("h0", 20, both(many("1", 4), ready("a@2-0"))));
        assertThat(stopped(next)).containsExactly("h0/a@1-3");
        assertThat(kept(next)).hasSize(3);
        assertThat(changes(next, Change.Kind.START))
                .as("only when that one has ended")
                .isEmpty();
        assertThat(next.changes().get(0).reason()).isEqualTo("version 1 is no longer wanted");

        ActorPlan last = plan(wanted(version("2", 4)), host("h0", 20, both(many("2", 4), ready("a@1-0"))));
        assertThat(stopped(last)).containsExactly("h0/a@1-0");
    }

    @Test
    void runsNoMoreThanAQuarterBeyondWhatIsWanted() {
        assertThat(changes(plan(wanted(version("2", 8)), host("h0", 20, many("1", 8))), Change.Kind.START))
                .hasSize(2);
        assertThat(changes(
                        plan(
                                wanted(version("2", 8)),
                                host("h0", 20, both(many("1", 7), stopping("a@1-7"), starting("a@2-0")))),
                        Change.Kind.START))
                .as("those that end count")
                .hasSize(1);
        assertThat(changes(
                        plan(
                                wanted(version("2", 8)),
                                host("h0", 20, both(many("1", 8), failed("a@2-0"))),
                                host("h1", 9)),
                        Change.Kind.START))
                .as("those that failed do not")
                .hasSize(2);
        assertThat(changes(plan(wanted(version("2", 40)), host("h2", 90, many("1", 40))), Change.Kind.START))
                .hasSize(10);
        assertThat(changes(plan(wanted(version("2", 1)), host("h0", 20, many("1", 8))), Change.Kind.START))
                .as("not while far more run")
                .isEmpty();
    }

    @Test
    void repairsTheCurrentVersionBeforeItStartsTheNextOne() {
        ActorPlan plan = plan(
                wanted(version("1", 2), version("2", 1)),
                host("h0", 20, ready("a@1-0"), ready("a@0-0"), ready("a@0-1")));
        assertThat(changes(plan, Change.Kind.START)).containsExactly("h0/a@1-1");
        assertThat(kept(plan)).containsExactly("h0/a@0-0", "h0/a@0-1");
    }

    @Test
    void keepsWhatGetsQueriesBeforeWhatGetsNone() {
        ActorPlan plan = plan(
                wanted(version("1", 1), version("2", 1)),
                host("h0", 20, ready("a@0-0"), ready("a@1-0"), ready("a@1-1")));
        assertThat(kept(plan)).containsExactly("h0/a@1-1");
        assertThat(stopped(plan)).containsExactly("h0/a@0-0");
    }

    @Test
    void movesWhatIsOnAHostThatLeavesAndEndsItThereWhenTheOtherIsReady() {
        HostState going = leaving(host("h0", 4, ready("a@1-0")));
        ActorPlan plan = plan(wanted(version("1", 1)), going, host("h1", 1));
        assertThat(running(plan)).containsExactly("h1/a@1-1");
        assertThat(kept(plan)).containsExactly("h0/a@1-0");
        ActorPlan next = plan(wanted(version("1", 1)), going, host("h1", 1, ready("a@1-1")));
        assertThat(stopped(next)).containsExactly("h0/a@1-0");
        assertThat(next.changes().get(0).reason()).isEqualTo("its host is leaving");
    }

    @Test
    void keepsWhatStaysBeforeWhatLeaves() {
        ActorPlan plan = plan(
                wanted(version("1", 1)),
                leaving(host("h0", 1, ready("a@1-0"))),
                host("h1", 1, own("a-0", "1", State.READY)));
        assertThat(kept(plan)).containsExactly("h1/a-0");
        assertThat(stopped(plan)).containsExactly("h0/a@1-0");
    }

    @Test
    void waitsForNoReplicaThatStartsOnAHostThatLeaves() {
        ActorPlan plan = plan(wanted(version("1", 1)), leaving(host("h0", 1, starting("a@1-0"))), host("h1", 1));
        assertThat(running(plan)).containsExactly("h1/a@1-1");
        assertThat(stopped(plan)).containsExactly("h0/a@1-0");
    }

    @Test
    void keepsWhatIsReadyBeforeWhatIsGoingToBe() {
        ActorPlan plan = plan(wanted(version("1", 1)), host("h0", 9, own("a-0", "1", State.STARTING), ready("a@0-0")));
        assertThat(kept(plan)).containsExactly("h0/a@0-0");
    }

    @Test
    void retiresAHostsOwnReplicasOnceOthersAreReady() {
        ActorPlan plan = plan(
                wanted(version("1", 2)), host("h0", 9, own("a-0", "1", State.READY), own("a-1", "1", State.STARTING)));
        assertThat(changes(plan, Change.Kind.START))
                .as("one beyond what is wanted")
                .containsExactly("h0/a@1-0");
        assertThat(kept(plan)).as("also one that is not ready yet").containsExactly("h0/a-0", "h0/a-1");

        ActorPlan next = plan(
                wanted(version("1", 2)),
                host("h0", 9, ready("a@1-0"), own("a-0", "1", State.READY), own("a-1", "1", State.STARTING)));
        assertThat(kept(next)).containsExactly("h0/a-0");
        assertThat(stopped(next)).containsExactly("h0/a-1");
        assertThat(next.changes().get(0).reason()).isEqualTo("the routers have placed others in its place");
    }

    @Test
    void waitsForNoReplicaOfAVersionThatNobodyWants() {
        ActorPlan plan = plan(
                wanted(version("2", 2)),
                host("h0", 9, starting("a@1-0"), own("a-0", "1", State.STARTING), starting("a@2-0")));
        assertThat(kept(plan)).isEmpty();
        assertThat(stopped(plan)).containsExactly("h0/a-0", "h0/a@1-0");
    }

    @Test
    void makesRoomOneByOneWhereAllSlotsAreTaken() {
        ActorPlan plan = plan(wanted(version("2", 4)), host("h0", 4, many("1", 4)));
        assertThat(stopped(plan)).containsExactly("h0/a@1-3");
        assertThat(kept(plan)).hasSize(3);
        assertThat(plan.status().problems())
                .containsExactly(
                        "1 of version 2 cannot be placed: all 4 slots of the hosts that could run it are taken.");
    }

    @Test
    void makesNoMoreRoomWhileOneComesOrGoes() {
        for (ReplicaState other : List.of(stopping("a@1-3"), starting("a@2-0"), failed("a@2-0"))) {
            ActorPlan plan = plan(wanted(version("2", 4)), host("h0", 4, both(many("1", 3), other)));
            assertThat(kept(plan)).as("beside %s", other).hasSize(3);
        }
    }

    @Test
    void makesNoRoomForWhatHasJustBeenPlaced() {
        ActorPlan plan = plan(wanted(version("2", 8)), host("h0", 9, many("1", 8)));
        assertThat(changes(plan, Change.Kind.START)).as("two may, and one can").hasSize(1);
        assertThat(stopped(plan)).isEmpty();
    }

    @Test
    void neverGivesUpTheLastThatIsReady() {
        ActorPlan plan = plan(wanted(version("2", 1)), host("h0", 1, ready("a@1-0")));
        assertThat(plan.changes()).isEmpty();
        assertThat(kept(plan)).containsExactly("h0/a@1-0");
        assertThat(plan.status().problems()).hasSize(1);
    }

    @Test
    void givesUpTheLastOfTheOldVersionOnceTheNewOneServes() {
        ActorPlan plan = plan(wanted(version("2", 4)), host("h0", 4, both(many("2", 3), ready("a@1-0"))));
        assertThat(stopped(plan)).containsExactly("h0/a@1-0");
    }

    @Test
    void makesRoomOnlyWhereItIsOfUse() {
        Wanted wanted = wanted(version("2", 4));
        HostState h0 = host("h0", 2, ready("a@1-0"), ready("a@1-1"));
        HostState h1 = host("h1", 2, ready("a@1-2"), ready("a@1-3"));
        assertThat(stopped(plan(wanted, h0, leaving(h1)))).containsExactly("h0/a@1-1");
        assertThat(stopped(plan(wanted, h0, rejecting(h1, "a", "2")))).containsExactly("h0/a@1-1");
        assertThat(stopped(plan(wanted, h0, offering(h1, "u")))).containsExactly("h0/a@1-1");
        assertThat(stopped(plan(wanted, leaving(h0), leaving(h1)))).isEmpty();
    }

    @Test
    void makesNoRoomWhereASlotOnlyWaitsAfterAFailure() {
        HostState full = host("h0", 2, ready("a@1-0"), ready("a@1-1"));
        plan(wanted(version("2", 2)), full, host("h1", 1, failed("a@2-0")));
        assertThat(stopped(plan(wanted(version("2", 2)), full, host("h1", 1)))).isEmpty();
        plan(wanted(version("2", 2)), host("h0", 3, both(many("1", 2), failed("a@2-0"))));
        assertThat(stopped(plan(wanted(version("2", 2)), full)))
                .as("it failed there")
                .isEmpty();
    }

    @Test
    void endsOneOfTwoThatHaveTheSameId() {
        ActorPlan plan = plan(wanted(version("1", 1)), host("h0", 9, starting("a@1-0")), host("h1", 9, ready("a@1-0")));
        assertThat(running(plan)).containsExactly("h1/a@1-0");
        assertThat(stopped(plan)).containsExactly("h0/a@1-0");
    }

    @Test
    void addsUpWhatIsWantedOfAVersionForTwoReasons() {
        ActorPlan plan = plan(
                wanted(version("1", 1), version("2", 1), version("2", 1)),
                host("h0", 9, ready("a@2-0"), ready("a@1-0")));
        assertThat(running(plan)).containsExactly("h0/a@1-0", "h0/a@2-0", "h0/a@2-1");
        assertThat(plan.status()).isEqualTo(new ActorStatus(3, 2, 1, Map.of(), List.of()));
    }

    @Test
    void plansTheSameHoweverHostsAndReplicasAreOrdered() {
        List<HostState> hosts = new ArrayList<>(List.of(
                host("h0", 3, ready("a@1-0"), ready("a@1-4"), starting("a@2-0")),
                host("h1", 3, ready("a@1-0"), ready("a@1-1"), stopping("a@1-2")),
                leaving(host("h2", 3, ready("a@1-3"), own("a-0", "1", State.READY))),
                host("h3", 3)));
        Wanted wanted = wanted(version("1", 2), version("2", 3));
        ActorPlan plan = plan(wanted, hosts.toArray(new HostState[0]));
        assertThat(plan.changes()).isNotEmpty();
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(hosts, random);
            HostState[] shuffled =
                    hosts.stream().map(host -> shuffled(host, random)).toArray(HostState[]::new);
            assertThat(plan(wanted, shuffled)).isEqualTo(plan);
        }
    }

    private static HostState shuffled(HostState host, Random random) {
        List<ReplicaState> replicas = new ArrayList<>(host.replicas());
        Collections.shuffle(replicas, random);
        HostState shuffled = host(host.nodeId(), host.slots(), replicas.toArray(new ReplicaState[0]));
        return host.leaving() ? leaving(shuffled) : shuffled;
    }

    @Test
    void endsOfAnActorThatItsStoreDoesNotKnowOnlyWhatThatStoreHadAskedFor() {
        HostState ours = having(host("a", 4, ready("a@1-0")), "a");
        HostState others = host("b", 4, ready("a@1-1"));
        ActorPlan unknown = plan(Wants.none("store", 0, "a"), ours, others);
        assertThat(stopped(unknown)).containsExactly("a/a@1-0");
        assertThat(unknown.placements()).containsOnlyKeys("a");
        assertThat(stopped(plan(Wants.none("store", 8, "a"), ours, others))).hasSize(2);
    }

    @Test
    void tellsOfAHostThatFollowsALaterRevision() {
        HostState ahead = having(host("a", 4), "a");
        Wanted behind = new Wanted("a", "store", 6, List.of(version("1", 1)));
        assertThat(plan(behind, ahead).status().problems())
                .singleElement()
                .asString()
                .contains("The host a follows the revision 7")
                .contains("ignores 6");
        assertThat(plan(wanted(version("1", 1)), ahead).status().problems()).isEmpty();
        assertThat(plan(new Wanted("a", "other", 6, List.of(version("1", 1))), ahead)
                        .status()
                        .problems())
                .isEmpty();
    }

    private Map<Shortage, Integer> shortages(Wanted wanted, HostState... hosts) {
        return plan(wanted, hosts).status().shortages();
    }

    @Test
    void asksForMoreHostsOnlyWhereTheseWouldHelp() {
        Wanted two = wanted(version("1", 2));
        assertThat(shortages(two, host("h0", 1))).isEqualTo(Map.of(Shortage.SLOTS, 1));
        assertThat(shortages(two)).isEqualTo(Map.of(Shortage.NO_OFFER, 2));
        assertThat(shortages(two, rejecting(host("h0", 9), "a", "1"))).isEqualTo(Map.of(Shortage.REJECTED, 2));
        assertThat(shortages(two, leaving(host("h0", 9, ready("a@1-0"))), host("h1", 0)))
                .as("what leaves gives no slot")
                .isEqualTo(Map.of(Shortage.SLOTS, 2));
    }

    @Test
    void doesNotAskForMoreHostsForWhatFailsOnAllThatThereAre() {
        Wanted two = wanted(version("1", 2));
        plan(two, host("h0", 1, failed("a@1-0")), host("h1", 1, failed("a@1-1")));
        assertThat(shortages(two, host("h0", 1, ready("b@1-0")), host("h1", 1, ready("b@1-1"))))
                .isEqualTo(Map.of(Shortage.FAILING, 2));
        assertThat(shortages(two, host("h0", 1), host("h1", 1, ready("b@1-1")), host("h2", 1, ready("b@1-2"))))
                .as("while one of them has a slot")
                .isEqualTo(Map.of(Shortage.FAILING, 2));
    }

    @Test
    void asksForMoreHostsWhereOneThatFailsIsTheOnlyOneWithASlot() {
        Wanted four = wanted(version("1", 4));
        HostState b = host("b", 1, ready("a@1-0"));
        HostState c = host("c", 1, ready("a@1-1"));
        plan(four, host("bad", 2, failed("a@1-2"), failed("a@1-3")), b, c);
        ActorPlan plan = plan(four, host("bad", 2), b, c);
        assertThat(plan.status().shortages()).isEqualTo(Map.of(Shortage.SLOTS, 2));
        assertThat(plan.status().problems())
                .containsExactly(
                        "2 of version 1 cannot be placed: all 2 slots of the hosts that could run it are taken."
                                + " Elsewhere it did not start where it was tried, and is tried again later (out of memory).");
    }

    @Test
    void makesRoomWhereItRunsThoughASlotWaitsAfterAFailureElsewhere() {
        Wanted next = wanted(version("2", 3));
        HostState good = host("good", 3, ready("a@1-0"), ready("a@1-1"), ready("a@2-0"));
        plan(next, good, host("bad", 1, failed("a@2-1")));
        assertThat(stopped(plan(next, good, host("bad", 1)))).containsExactly("good/a@1-1");
    }

    @Test
    void waitsForTheSlotsThatItGivesUpItself() {
        Wanted next = wanted(version("2", 4));
        assertThat(shortages(next, host("h0", 4, many("1", 4))))
                .as("each old one makes room for a new one")
                .isEqualTo(Map.of(Shortage.PENDING, 4));
        assertThat(shortages(next, host("h0", 2, stopping("a@1-0"), ready("b@1-0"))))
                .isEqualTo(Map.of(Shortage.PENDING, 1, Shortage.SLOTS, 3));
    }

    @Test
    void asksForASlotWhereOnlyTheLastThatIsReadyCouldGiveUpOne() {
        Wanted next = wanted(version("2", 1));
        assertThat(shortages(next, host("h0", 1, ready("a@1-0")))).isEqualTo(Map.of(Shortage.SLOTS, 1));
        assertThat(shortages(next, host("h0", 1, ready("a@1-0")), host("h1", 1, starting("a@2-0"))))
                .isEmpty();
        assertThat(shortages(wanted(version("2", 2)), host("h0", 1, ready("a@1-0")), host("h1", 1, starting("a@2-0"))))
                .as("it makes room for the second one once the first is ready")
                .isEqualTo(Map.of(Shortage.PENDING, 1));
        assertThat(shortages(next, host("h0", 1, ready("a@1-0")), host("h1", 1, stopping("a@1-1"))))
                .isEqualTo(Map.of(Shortage.PENDING, 1));
    }

    @Test
    void waitsForEachSlotThatItGivesUpOnlyOnce() {
        Wanted both = wanted(version("1", 2), version("2", 2));
        assertThat(shortages(both, host("h0", 1, stopping("a@0-0"))))
                .isEqualTo(Map.of(Shortage.PENDING, 1, Shortage.SLOTS, 3));
        assertThat(shortages(both, host("h0", 2, ready("a@0-0"), ready("a@0-1"))))
                .isEqualTo(Map.of(Shortage.PENDING, 2, Shortage.SLOTS, 2));
    }

    @Test
    void waitsForNoSlotsOfAHostThatLeaves() {
        assertThat(shortages(
                        wanted(version("1", 2)),
                        leaving(host("h0", 2, stopping("a@1-0"))),
                        host("h1", 1, ready("b@1-0"))))
                .isEqualTo(Map.of(Shortage.SLOTS, 2));
    }
}
