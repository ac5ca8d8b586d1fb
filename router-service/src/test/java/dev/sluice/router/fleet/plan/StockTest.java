package dev.sluice.router.fleet.plan;

import static dev.sluice.router.fleet.plan.Hosts.failed;
import static dev.sluice.router.fleet.plan.Hosts.host;
import static dev.sluice.router.fleet.plan.Hosts.leaving;
import static dev.sluice.router.fleet.plan.Hosts.own;
import static dev.sluice.router.fleet.plan.Hosts.ready;
import static dev.sluice.router.fleet.plan.Hosts.starting;
import static dev.sluice.router.fleet.plan.Hosts.stopping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.membership.Announcement.State;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StockTest {

    private static Stock of(HostState... hosts) {
        return Stock.of("a", List.of(hosts), Set.of("1", "2"));
    }

    private static List<String> ids(List<Located> replicas) {
        return replicas.stream()
                .map(at -> at.host().nodeId() + "/" + at.replica().id())
                .toList();
    }

    @Test
    void letsStayWhatIsPlacedAndWantedOnHostsThatStay() {
        Stock stock = of(host("h1", 9, starting("a@2-0"), ready("a@1-1")), host("h0", 9, ready("a@1-0")));
        assertThat(ids(stock.staying())).containsExactly("h0/a@1-0", "h1/a@1-1", "h1/a@2-0");
        assertThat(stock.outgoing()).isEmpty();
        assertThat(stock.alive()).isEqualTo(3);
    }

    @Test
    void sendsAwayWhatIsOfNoWantedVersionOrOfAHostsOwnOrOnAHostThatLeaves() {
        Stock stock =
                of(host("h0", 9, ready("a@3-0"), own("a-0", "1", State.READY)), leaving(host("h1", 9, ready("a@1-0"))));
        assertThat(stock.staying()).isEmpty();
        assertThat(ids(stock.outgoing())).containsExactly("h0/a@3-0", "h0/a-0", "h1/a@1-0");
        assertThat(stock.alive()).isEqualTo(3);
    }

    @Test
    void countsWhatEndsAsAliveAndWhatFailedNot() {
        Stock stock = of(host("h0", 9, stopping("a@1-0"), failed("a@1-1")));
        assertThat(ids(stock.failed())).containsExactly("h0/a@1-1");
        assertThat(ids(stock.ending())).containsExactly("h0/a@1-0");
        assertThat(stock.alive()).isEqualTo(1);
        assertThat(stock.staying()).isEmpty();
        assertThat(stock.outgoing()).isEmpty();
        assertThat(stock.ids()).containsExactlyInAnyOrder("a@1-0", "a@1-1");
    }

    @Test
    void keepsOneOfTwoThatHaveTheSameIdPreferablyOneThatIsReady() {
        HostState first = host("h0", 9, ready("a@1-0"), starting("a@1-1"), starting("a@1-2"));
        HostState second = host("h1", 9, ready("a@1-0"), ready("a@1-1"), starting("a@1-2"));
        Stock stock = of(first, second);
        assertThat(ids(stock.staying())).containsExactly("h0/a@1-0", "h0/a@1-2", "h1/a@1-1");
        assertThat(ids(stock.outgoing())).containsExactlyInAnyOrder("h1/a@1-0", "h0/a@1-1", "h1/a@1-2");
        assertThat(stock.alive()).isEqualTo(6);
    }

    @Test
    void keepsOneOfThree() {
        Stock stock =
                of(host("h0", 9, starting("a@1-0")), host("h1", 9, ready("a@1-0")), host("h2", 9, ready("a@1-0")));
        assertThat(ids(stock.staying())).containsExactly("h1/a@1-0");
        assertThat(ids(stock.outgoing())).containsExactly("h0/a@1-0", "h2/a@1-0");
    }

    @Test
    void seesNothingOfOtherActors() {
        Stock stock = of(host("h0", 9, ready("b@1-0"), failed("b@1-1"), stopping("b@1-2")));
        assertThat(stock).isEqualTo(new Stock(List.of(), List.of(), List.of(), List.of(), Set.of()));
    }

    @Test
    void isSettledWhenAllThatThereIsIsReady() {
        assertThat(of().isSettled()).isTrue();
        assertThat(of(host("h", 9, ready("a@1-0"), ready("a@3-0"))).isSettled()).isTrue();
        assertThat(of(host("h", 9, starting("a@1-0"))).isSettled()).isFalse();
        assertThat(of(host("h", 9, starting("a@3-0"))).isSettled()).isFalse();
        assertThat(of(host("h", 9, stopping("a@1-0"))).isSettled()).isFalse();
        assertThat(of(host("h", 9, failed("a@1-0"))).isSettled()).isFalse();
    }
}
