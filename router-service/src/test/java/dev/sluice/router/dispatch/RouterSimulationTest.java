package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Role;
import dev.sluice.router.testing.FakeLink;
import dev.sluice.scheduling.QueueLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A router among frontends and hosts that come and go, in virtual time and with the tasks of its shards and links in any
 * order: whatever happens, every query ends once, none runs more often than it may, and nothing stays behind.
 */
class RouterSimulationTest {

    private static final int STEPS = 5_000;

    /** What may be refused, expire or be lost, all in one go. */
    private static final QueueLimits LIMITS = new QueueLimits(12, 11 * 384);

    private record Asked(FakeFrontend frontend, long exchange, String body) {}

    private final RouterFixture router = new RouterFixture(LIMITS, 30 * 384);
    private final List<ActorDescriptor> actors = List.of(
            Actors.once("counter", "1", Actors.method("call", 4, 0)),
            Actors.idempotent(Actors.once("echo", "1", Actors.method("call", 8, 2_000))),
            Actors.scheduled(Actors.idempotent(Actors.once("model", "1", Actors.method("call", 3, 0))), "deadline"));
    private final Map<String, Integer> starts = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();
    private final Set<Asked> givenUp = new HashSet<>();
    private final List<FakeFrontend> frontends = new ArrayList<>();
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private Random random;
    private int linked;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void endsEveryQueryOnce(int seed) {
        random = new Random(seed);
        join("host-0");
        join("host-1");
        frontends.add(router.frontend("frontend-" + linked++));
        for (int step = 0; step < STEPS; step++) {
            step();
        }
        settle();
        check();
        router.assertNothingStays();
    }

    private void step() {
        int what = random.nextInt(1000);
        if (what < 300) {
            ask();
        } else if (what < 340) {
            cancel();
        } else if (what < 520) {
            host().read();
        } else if (what < 700) {
            host().work();
        } else if (what < 900) {
            router.time.pass(random.nextInt(500_000));
        } else if (what < 960) {
            host().reshuffle();
        } else if (what < 970) {
            host().link.stall();
        } else if (what < 985) {
            host().link.resume();
        } else if (what < 990) {
            host().die();
        } else if (what < 997) {
            // As likely as not while the router takes the one before it for alive.
            join("host-" + random.nextInt(3));
        } else if (what < 998) {
            host().drain();
        } else {
            frontendDies();
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            router.time.runOne(random);
        }
    }

    private void ask() {
        FakeFrontend frontend = frontends.get(random.nextInt(frontends.size()));
        String actor = actors.get(random.nextInt(actors.size())).name();
        Duration slo = Duration.ofNanos(1 + random.nextInt(random.nextBoolean() ? 3_000_000 : 300_000_000));
        String body = actor + " " + asked.size();
        asked.add(new Asked(frontend, frontend.arrive(actor, "call", "", slo, body), body));
    }

    private void cancel() {
        if (!asked.isEmpty()) {
            int recent = Math.max(0, asked.size() - 40);
            Asked query = asked.get(recent + random.nextInt(asked.size() - recent));
            if (query.frontend().link.isOpen()) {
                givenUp.add(query);
                query.frontend().link.receive(new Frame.Cancel(query.exchange()));
            }
        }
    }

    private SimulatedHost host() {
        return hosts.get(random.nextInt(hosts.size()));
    }

    private void join(String nodeId) {
        hosts.removeIf(host -> !host.alive());
        SimulatedHost host = new SimulatedHost(
                router.payloads, router.newLink(FakeLink.hello(Role.HOST, nodeId)), random, actors, starts);
        host.link.roundTrip(random.nextInt(200_000));
        host.reshuffle();
        host.reshuffle();
        hosts.add(host);
    }

    private void frontendDies() {
        FakeFrontend gone = frontends.remove(0);
        asked.stream().filter(query -> query.frontend() == gone).forEach(givenUp::add);
        gone.link.close("killed");
        frontends.add(new FakeFrontend(router, router.newLink(FakeLink.hello(Role.FRONTEND, "frontend-" + linked++))));
    }

    /** Everyone does what is left to do. */
    private void settle() {
        hosts.forEach(host -> host.link.resume());
        for (int round = 0; round < 20_000 && router.links.inFlight() > 0; round++) {
            router.time.pass(100_000);
            router.time.run();
            hosts.forEach(SimulatedHost::read);
            host().work();
        }
        assertThat(router.links.inFlight()).as("queries that hang").isZero();
        // A frontend that has just died is not among the links any more; what was its is still to be cancelled.
        router.time.run();
    }

    private void check() {
        int answered = 0;
        Map<FakeFrontend, Map<Long, List<String>>> outcomes = new HashMap<>();
        for (Asked query : asked) {
            List<String> outcome = outcomes.computeIfAbsent(query.frontend(), FakeFrontend::outcomes)
                    .getOrDefault(query.exchange(), List.of());
            List<String> last =
                    outcome.stream().filter(part -> !part.startsWith("ITEM ")).toList();
            if (!givenUp.contains(query)) {
                assertThat(last).as(query.body()).hasSize(1);
            }
            assertThat(last).as(query.body()).hasSizeLessThanOrEqualTo(1);
            assertThat(outcome)
                    .as(query.body())
                    .allSatisfy(part ->
                            assertThat(belongs(part, query.body())).as(part).isTrue());
            answered += last.contains(query.body()) ? 1 : 0;
        }
        starts.forEach((body, times) -> assertThat(times)
                .as("starts of " + body)
                .isLessThanOrEqualTo(body.startsWith("counter") ? 1 : RouterFixture.MOST_STARTS));
        assertThat(router.metrics.all()).as("the ledger").isEqualTo(asked.size());
        assertThat(answered)
                .as("answered, or the simulation is too wild to show anything")
                .isGreaterThan(STEPS / 50);
        assertThat(Outcome.values())
                .filteredOn(outcome -> outcome != Outcome.REFUSED)
                .allSatisfy(outcome -> assertThat(router.metrics.count(outcome))
                        .as("" + outcome)
                        .isPositive());
    }

    private static boolean belongs(String part, String body) {
        return part.equals(body) || part.equals("ITEM " + body) || part.matches("END|[A-Z_]+");
    }
}
