package dev.sluice.system.observe;

import dev.sluice.system.call.Load;
import dev.sluice.system.call.Reply;
import dev.sluice.system.site.GateKeeper;
import dev.sluice.system.site.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Traffic that comes and goes, with a little of all that goes wrong, and one moment at which too much comes. */
final class PictureLoad {

    private static final double WAVE_SECONDS = 50;
    private static final int MORE_THAN_A_QUEUE_HOLDS = 380;

    private static final int ONE_IS_BAD_OF = 14;

    private final Site site;
    private final AtomicInteger unwritten = new AtomicInteger();

    PictureLoad(Site site) {
        this.site = site;
    }

    /** Too much comes between the two. */
    void during(Runnable before, Runnable after) {
        Load.of(6, caller -> {
                    site.caller(caller % 2).call("vadder", "1");
                    pause(30 + 25 * Math.sin(2 * Math.PI * System.nanoTime() / 1e9 / WAVE_SECONDS));
                })
                .and(2, caller -> {
                    site.caller(caller).call("slow", "12");
                    pause(25);
                })
                .and(1, caller -> {
                    site.caller(0).call("slow", "150", Duration.ofMillis(100));
                    pause(900);
                })
                .and(1, caller -> {
                    boolean bad = unwritten.getAndIncrement() % ONE_IS_BAD_OF == 0;
                    site.caller(1).call("faulty/unwritable", bad ? "-1" : "1");
                    pause(20);
                })
                .and(1, caller -> {
                    site.caller(1).call("no-such-actor", "1");
                    pause(1700);
                })
                .during(() -> {
                    before.run();
                    tooMuch();
                    after.run();
                });
    }

    private void tooMuch() {
        List<CompletableFuture<Reply>> calls = new ArrayList<>();
        try (GateKeeper gate = GateKeeper.closed(site)) {
            for (int i = 0; i < MORE_THAN_A_QUEUE_HOLDS; i++) {
                calls.add(site.caller(i % 2).callLater("gate", Integer.toString(i)));
                pause(10);
            }
            gate.open();
            calls.forEach(CompletableFuture::join);
        }
    }

    private static void pause(double millis) {
        LockSupport.parkNanos((long) (millis * 1e6));
    }
}
