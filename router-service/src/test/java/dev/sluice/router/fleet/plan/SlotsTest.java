package dev.sluice.router.fleet.plan;

import static dev.sluice.router.fleet.plan.Hosts.failed;
import static dev.sluice.router.fleet.plan.Hosts.host;
import static dev.sluice.router.fleet.plan.Hosts.leaving;
import static dev.sluice.router.fleet.plan.Hosts.offering;
import static dev.sluice.router.fleet.plan.Hosts.ready;
import static dev.sluice.router.fleet.plan.Hosts.spec;
import static dev.sluice.router.fleet.plan.Hosts.stopping;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private static List<String> spread(int count, HostState... hosts) {
        Slots slots = new Slots(List.of(hosts));
        Map<String, Integer> placed = new HashMap<>();
        List<String> where = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Optional<HostState> best = slots.best(Stream.of(hosts), host -> placed.getOrDefault(host.nodeId(), 0));
            best.ifPresent(slots::take);
            best.ifPresent(host -> placed.merge(host.nodeId(), 1, Integer::sum));
            where.add(best.map(HostState::nodeId).orElse("nowhere"));
        }
        return where;
    }

    @Test
    void countsWhateverHoldsASlotAsTaken() {
        HostState host = host("h", 3, ready("b@1-0"), stopping("a@1-0"));
        Slots slots = new Slots(List.of(host));
        assertThat(slots.hasRoom(host)).isTrue();
        slots.take(host);
        assertThat(slots.hasRoom(host)).isFalse();
        HostState full = host("g", 1, failed("a@1-0"));
        assertThat(new Slots(List.of(full)).hasRoom(full)).isFalse();
        assertThat(slots.hasRoom(full)).as("a host that it does not know").isFalse();
    }

    @Test
    void takesNoRoomWhereMoreRunsThanThereAreSlots() {
        HostState host = host("h", 1, ready("a@1-0"), ready("a@1-1"));
        assertThat(spread(1, host)).containsExactly("nowhere");
    }

    @Test
    void spreadsAnActorOverHostsByTheirSlots() {
        assertThat(spread(6, host("big", 4), host("small", 2)))
                .containsExactly("big", "small", "big", "big", "small", "big");
        assertThat(spread(3, host("h1", 1), host("h0", 1))).containsExactly("h0", "h1", "nowhere");
    }

    @Test
    void prefersTheHostWithMostOfItsSlotsFreeWhereTheActorHasAsMuch() {
        assertThat(spread(1, host("h0", 4, ready("b@1-0"), ready("b@1-1")), host("h1", 4, ready("b@1-2"))))
                .containsExactly("h1");
    }

    @Test
    void offersAHostForWhatItOffersAndOnlyIfItStays() {
        HostState plain = host("h1", 1);
        HostState other = offering(host("h2", 1), "u");
        HostState both = offering(host("h3", 1), "u", "t");
        Slots slots = new Slots(List.of(leaving(host("h0", 1)), plain, other, both));
        assertThat(slots.offering(spec("1"))).containsExactly(plain, both);
        assertThat(slots.offering(spec("1", "u"))).containsExactly(other, both);
        assertThat(slots.offering(spec("1", "v"))).isEmpty();
    }

    @Test
    void seesHostsInTheSameOrderHoweverTheyCome() {
        HostState a = host("a", 1);
        HostState b = host("b", 1);
        assertThat(new Slots(List.of(b, a)).hosts()).containsExactly(a, b);
    }
}
