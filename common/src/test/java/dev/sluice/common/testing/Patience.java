package dev.sluice.common.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits for conditions that have to come true, on a machine that may have much else to do. */
public final class Patience {

    /** Only a test that fails waits so long. Awaitility's own ten seconds are less than a busy machine takes, now and then. */
    private static final Duration MOST = Duration.ofSeconds(60);

    private Patience() {}

    /** In the place of Awaitility's method of this name. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(MOST);
    }
}
