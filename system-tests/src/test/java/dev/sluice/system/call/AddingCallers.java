package dev.sluice.system.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.system.site.Site;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Some callers who let the actor {@code vadder} add one, check each sum, and count how their calls end. */
public final class AddingCallers {

    /** So many answers show that things go on. */
    public static final int SOME = 300;

    private static final int CALLERS = 8;
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration SLO = Duration.ofSeconds(30);

    private final Caller caller;
    private final Tally tally = new Tally();
    private final AtomicLong inputs = new AtomicLong();

    public AddingCallers(Caller caller) {
        this.caller = caller;
    }

    public Tally tally() {
        return tally;
    }

    /** They call again and again while this happens. */
    public void during(Runnable happening) {
        Load.of(CALLERS, number -> call()).pausing(PAUSE).during(happening);
    }

    /** Waits until there are {@value #SOME} more answers. */
    public void awaitMore() {
        long enough = tally.answered() + SOME;
        await().atMost(Site.LONG).until(() -> tally.answered() >= enough);
    }

    private void call() {
        long input = inputs.incrementAndGet();
        long start = System.nanoTime();
        Reply reply = caller.call("vadder", Long.toString(input), SLO);
        tally.took(System.nanoTime() - start);
        tally.count(reply);
        if (reply.ok()) {
            assertThat(reply.result().asLong()).isEqualTo(input + 1);
        }
    }
}
