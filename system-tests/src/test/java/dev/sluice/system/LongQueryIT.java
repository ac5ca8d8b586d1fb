package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.call.Caller;
import dev.sluice.system.call.Reply;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Elsewhere a query of two minutes came back as an empty reply, whatever the time-outs said. */
@ExtendWith(Sites.class)
class LongQueryIT {

    /** Several times every idle limit of the frontend that is called, and the lease. */
    private static final Duration LONG = Duration.ofSeconds(15);

    @Test
    void noIdleLimitCutsAQueryThatRuns(@On(Shape.STEADY) Site site) {
        CompletableFuture<Reply> query =
                site.caller(1).callLater("slow", Long.toString(LONG.toMillis()), Duration.ofMinutes(10));
        Reply reply = Caller.joined(query);

        assertThat(reply.ok()).as("%s", reply).isTrue();
        assertThat(reply.result().asLong()).isEqualTo(LONG.toMillis());
    }
}
