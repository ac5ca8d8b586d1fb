package dev.sluice.frontend.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers come and leave, routers answer, fail and vanish, time passes: all at once, and each call ends once. */
class GatewayRaceTest {

    private static final int CALLERS = 3;
    private static final int ROUTERS = 3;
    private static final int CALLS = 2_000;

    private final GatewayRig rig = new GatewayRig();
    private volatile boolean calling = true;

    private record Placed(Caller caller, boolean left) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void endsEachCallOnceWhateverHappensAtOnce(int seed) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            GatewayRig.catalogue(rig.freshRouter("first"), GatewayRig.ONCE, GatewayRig.AGAIN);
            rig.links.get(0).close("has said what there is");
            List<Future<Void>> routers = new ArrayList<>();
            for (int i = 0; i < ROUTERS; i++) {
                routers.add(threads.submit(router("router-" + i, new Random(seed * 100 + i))));
            }
            Future<Void> time = threads.submit(time(new Random(seed)));
            List<Future<List<Placed>>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(threads.submit(caller(new Random(seed * 1_000 + i))));
            }
            List<Placed> placed = new ArrayList<>();
            for (Future<List<Placed>> caller : callers) {
                placed.addAll(caller.get());
            }
            calling = false;
            for (Future<Void> router : routers) {
                router.get();
            }
            time.get();
            rig.timers.pass(10_000);

            assertThat(placed)
                    .allMatch(one ->
                            one.left() ? one.caller().ends() <= 1 : one.caller().ends() == 1);
            assertThat(rig.ledger.acceptedCount()).isEqualTo(CALLERS * CALLS);
            rig.assertSettled();
            assertThat(Arrays.stream(Outcome.values()).filter(outcome -> rig.ledger.count(outcome) > 0))
                    .as("what may happen did")
                    .contains(Outcome.ANSWERED, Outcome.FAILED, Outcome.CANCELLED);
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<List<Placed>> caller(Random random) {
        return () -> {
            List<Placed> placed = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                Caller caller = random.nextInt(20) == 0 ? Caller.leavingAtOnce() : Caller.eager();
                rig.call(random.nextBoolean() ? GatewayRig.ONCE : GatewayRig.AGAIN, caller);
                boolean leaves = random.nextInt(4) == 0;
                if (leaves) {
                    caller.leave();
                }
                placed.add(new Placed(caller, leaves || caller.leavesAtOnce()));
                if (i % 16 == 0) {
                    Thread.yield();
                }
            }
            return placed;
        };
    }

    /** Plays one router on a thread of its own, as an event loop would. */
    private Callable<Void> router(String nodeId, Random random) {
        return () -> {
            FakeLink link = open(nodeId);
            while (calling) {
                for (Frame frame : link.rest()) {
                    if (frame instanceof QueryFrame query) {
                        reply(link, query, random);
                    }
                }
                Thread.yield();
                if (random.nextInt(200) == 0) {
                    link.close("vanished");
                    link = open(nodeId);
                }
            }
            for (Frame frame : link.rest()) {
                if (frame instanceof QueryFrame query && random.nextBoolean()) {
                    rig.answer(link, query, "late");
                }
            }
            link.close("the end");
            return null;
        };
    }

    private FakeLink open(String nodeId) {
        FakeLink link;
        synchronized (rig) {
            link = rig.freshRouter(nodeId);
        }
        GatewayRig.catalogue(link, GatewayRig.ONCE, GatewayRig.AGAIN);
        return link;
    }

    private void reply(FakeLink link, QueryFrame query, Random random) {
        switch (random.nextInt(8)) {
            case 0 -> GatewayRig.fail(link, query, ErrorCode.NOT_FOUND);
            case 1 -> GatewayRig.fail(link, query, ErrorCode.FAILED);
            case 2 -> {
                rig.item(link, query, "item");
                rig.complete(link, query);
            }
            case 3 -> rig.item(link, query, "the only one, and no end");
            case 4 -> {
                // Never answered.
            }
            default -> rig.answer(link, query, "result");
        }
    }

    private Callable<Void> time(Random random) {
        return () -> {
            while (calling) {
                rig.timers.pass(random.nextInt(300));
                Thread.yield();
            }
            return null;
        };
    }
}
