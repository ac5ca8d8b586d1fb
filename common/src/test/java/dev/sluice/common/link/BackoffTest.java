package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration LEASE = Duration.ofSeconds(3);

    private final Backoff backoff = new Backoff(LEASE);

    @Test
    void waitsTwiceAsLongAfterEachFailureUpToALimit() {
        for (long longest : new long[] {100, 200, 400, 800, 1600, 1600, 1600}) {
            assertThat(backoff.afterFailure().toMillis()).isBetween(longest / 2, longest);
        }
    }

    @Test
    void scattersThoseWhoWait() {
        Set<Long> delays = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            delays.add(backoff.afterFailure().toMillis());
        }
        assertThat(delays).hasSizeGreaterThan(20);
    }

    @Test
    void isQuickAgainAfterALinkThatHeld() {
        for (int i = 0; i < 10; i++) {
            backoff.afterFailure();
        }
        assertThat(backoff.afterLink(LEASE.toNanos()).toMillis()).isBetween(25L, 50L);
    }

    @Test
    void takesALinkThatDidNotHoldForAFailure() {
        for (int i = 0; i < 10; i++) {
            backoff.afterLink(LEASE.toNanos() - 1);
        }
        assertThat(backoff.afterFailure().toMillis()).isBetween(800L, 1600L);
    }
}
