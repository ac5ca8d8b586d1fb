package dev.sluice.router.fleet.plan;

import static dev.sluice.router.fleet.plan.Hosts.failed;
import static dev.sluice.router.fleet.plan.Hosts.host;
import static dev.sluice.router.fleet.plan.Hosts.leaving;
import static dev.sluice.router.fleet.plan.Hosts.offering;
import static dev.sluice.router.fleet.plan.Hosts.ready;
import static dev.sluice.router.fleet.plan.Hosts.rejecting;
import static dev.sluice.router.fleet.plan.Hosts.spec;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoomTest {

    private final Failures failures = new Failures();

    private Room room(HostState... hosts) {
        return new Room("a", new Slots(List.of(hosts)), failures, 0);
    }

    /** One where a replica failed just now; it is gone already. */
    private HostState barred(String nodeId, int slots, ReplicaState... replicas) {
        failures.observe(List.of(host(nodeId, slots, failed("a@1-9"))), 0);
        return host(nodeId, slots, replicas);
    }

    @Test
    void takesTheBestSlotAndEachOnlyOnce() {
        HostState host = host("h", 1);
        Room room = room(host);
        assertThat(room.take(spec("1"), at -> 0)).contains(host);
        assertThat(room.take(spec("1"), at -> 0)).isEmpty();
    }

    @Test
    void goesWhereTheActorHasLeast() {
        Room room = room(host("h0", 2), host("h1", 2));
        assertThat(room.take(spec("1"), at -> at.nodeId().equals("h0") ? 1 : 0))
                .map(HostState::nodeId)
                .contains("h1");
    }

    @Test
    void goesNowhereElseThanWhereItIsOfferedAndTakenAndHasNotJustFailed() {
        List<HostState> closed = List.of(
                leaving(host("h0", 1)),
                offering(host("h1", 1), "u"),
                rejecting(host("h2", 1), "a", "1"),
                barred("h3", 1));
        Room room = room(closed.toArray(new HostState[0]));
        assertThat(closed).noneMatch(host -> room.isOpen(host, spec("1")));
        assertThat(room.take(spec("1"), at -> 0)).isEmpty();
        HostState open = rejecting(rejecting(host("h4", 1, ready("b@1-0")), "a", "2"), "b", "1");
        assertThat(room(open).isOpen(open, spec("1")))
                .as("whether it is full or not")
                .isTrue();
    }

    @Test
    void saysWhetherASlotOnlyWaitsUntilAFailureIsLongEnoughAgo() {
        HostState free = barred("h0", 1);
        assertThat(room(free).isOnlyBarred(spec("1"))).isTrue();
        assertThat(room(free).isOnlyBarred(spec("2"))).isFalse();
        assertThat(room(rejecting(free, "a", "1")).isOnlyBarred(spec("1"))).isFalse();
        assertThat(room(leaving(free)).isOnlyBarred(spec("1"))).isFalse();
        HostState full = barred("h1", 1, ready("b@1-0"));
        assertThat(room(full, host("h2", 1)).isOnlyBarred(spec("1"))).isFalse();
    }

    @Test
    void saysThatNoHostOffersIt() {
        assertThat(room(leaving(host("h0", 1)), offering(host("h1", 1), "u")).whyNone(spec("1")))
                .isEqualTo("no host offers the java type 't'.");
    }

    @Test
    void saysWhyItIsRejectedWhereAllThatOfferItDoSo() {
        HostState rejecting = rejecting(host("h0", 1), "a", "1");
        assertThat(room(rejecting).whyNone(spec("1"))).isEqualTo("It has no model.");
        assertThat(room(rejecting, host("h1", 3, ready("b@1-0"))).whyNone(spec("1")))
                .isEqualTo("all 3 slots of the hosts that could run it are taken.");
    }

    @Test
    void saysThatItFailedWhereThatIsAllThatStandsInTheWay() {
        assertThat(room(barred("h0", 1)).whyNone(spec("1")))
                .isEqualTo("it did not start where it was tried, and is tried again later (out of memory).");
        assertThat(room(barred("h1", 1, ready("b@1-0"))).whyNone(spec("1")))
                .isEqualTo("all 1 slots of the hosts that could run it are taken.");
    }
}
