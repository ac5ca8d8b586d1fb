package dev.sluice.system.observe;

import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Leavers;
import dev.sluice.system.call.Load;
import dev.sluice.system.call.Reply;
import dev.sluice.system.site.GateKeeper;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Queries that end in every way there is, on a platform of the shape {@link Shape#PAIRS}. */
final class MixedLoad {

    private static final int MORE_THAN_QUEUES_HOLD = 400;
    private static final int SOME_ARE_SHED = 50;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Site site;
    private final Leavers leavers;

    MixedLoad(Site site) {
        this.site = site;
        this.leavers = new Leavers(site.all(Tier.FRONTEND));
    }

    void during(Runnable happening) {
        Load.of(4, caller -> site.caller(caller % 2).call("vadder", "1"))
                .and(1, caller -> site.caller(0).call("faulty/throwing", "1"))
                .and(1, caller -> site.caller(1).call("slow", "500", Duration.ofMillis(100)))
                .and(1, caller -> site.caller(0).call("no-such-actor", "1"))
                .and(1, caller -> leavers.comeAndGoAtOnce("slow", "200"))
                .pausing(PAUSE)
                .during(() -> {
                    overflow();
                    happening.run();
                });
    }

    /** Fills the queue of one actor until the rest is shed. */
    private void overflow() {
        List<CompletableFuture<Reply>> calls = new ArrayList<>();
        try (GateKeeper gate = GateKeeper.closed(site)) {
            for (int i = 0; i < MORE_THAN_QUEUES_HOLD; i++) {
                calls.add(site.caller(i % 2).callLater("gate", Integer.toString(i)));
            }
            await("some are shed")
                    .atMost(Site.LONG)
                    .until(() ->
                            calls.stream().filter(CompletableFuture::isDone).count() >= SOME_ARE_SHED);
            gate.open();
            calls.forEach(CompletableFuture::join);
        }
    }
}
