package dev.sluice.router.fleet.plan;

import static dev.sluice.router.fleet.plan.Hosts.having;
import static dev.sluice.router.fleet.plan.Hosts.host;
import static dev.sluice.router.fleet.plan.Hosts.leaving;
import static dev.sluice.router.fleet.plan.Hosts.offering;
import static dev.sluice.router.fleet.plan.Hosts.ready;
import static dev.sluice.router.fleet.plan.Hosts.spec;
import static dev.sluice.router.fleet.plan.Hosts.version;
import static dev.sluice.router.fleet.plan.Hosts.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.placement.Placement;
import dev.sluice.router.fleet.plan.Wanted.Version;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DraftTest {

    private final Draft draft = new Draft();

    private static Placement placement(List<String> versions, List<Placement.Wanted> replicas, List<String> kept) {
        return new Placement("store", 7, "a", versions.stream().map(Hosts::spec).toList(), replicas, kept);
    }

    @Test
    void saysOfEachHostAllThatIsToRunAndAllThatGoesOn() {
        HostState host = host("h0", 9, ready("a@0-0"), ready("a@0-1"));
        draft.run(host, "a@2-0", "2");
        draft.run(host, "a@1-0", "1");
        draft.keep(new Located(host, host.replicas().get(1)));
        draft.keep(new Located(host, host.replicas().get(0)));
        assertThat(draft.runningOn(host)).isEqualTo(2);
        assertThat(draft.runningOn(host("h1", 1))).isZero();
        assertThat(draft.placements(wanted(version("1", 1), version("2", 1)), List.of(host)))
                .isEqualTo(Map.of(
                        "h0",
                        placement(
                                List.of("1", "2"),
                                List.of(new Placement.Wanted("a@1-0", "1"), new Placement.Wanted("a@2-0", "2")),
                                List.of("a@0-0", "a@0-1"))));
    }

    @Test
    void makesVersionsKnownWhereTheyCouldRun() {
        Wanted wanted = wanted(version("1", 0), new Version(spec("2", "u"), 1));
        List<HostState> hosts = List.of(host("h0", 1), offering(host("h1", 1), "t", "u"));
        assertThat(draft.placements(wanted, hosts))
                .isEqualTo(Map.of(
                        "h0",
                        placement(List.of("1"), List.of(), List.of()),
                        "h1",
                        new Placement("store", 7, "a", List.of(spec("1"), spec("2", "u")), List.of(), List.of())));
    }

    @Test
    void tellsHostsThatHaveSomethingOfTheActorThoughTheyCouldNotRunIt() {
        Placement nothing = placement(List.of(), List.of(), List.of());
        List<HostState> hosts = List.of(
                leaving(host("h0", 1, ready("a@1-0"))),
                having(offering(host("h1", 1), "u"), "a"),
                offering(host("h2", 1, ready("a@0-0")), "u"));
        assertThat(draft.placements(wanted(version("1", 1)), hosts))
                .isEqualTo(Map.of("h0", nothing, "h1", nothing, "h2", nothing));
    }

    @Test
    void leavesAloneHostsThatHaveNothingToDoWithIt() {
        List<HostState> hosts = List.of(
                leaving(host("h0", 1)),
                offering(host("h1", 1, ready("b@1-0")), "u"),
                having(offering(host("h2", 1), "u"), "b"));
        assertThat(draft.placements(wanted(version("1", 1)), hosts)).isEmpty();
    }
}
