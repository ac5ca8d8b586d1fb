package dev.sluice.frontend.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.common.testing.SteadyMemory;
import dev.sluice.frontend.query.FakeGateway;
import java.time.Duration;

/** Changed requests, a window of them after the other, and somebody else beside them, who must notice nothing of it. */
public final class MutationRun {

    /** Requests of each protocol. */
    public static final int REQUESTS = 20_000;

    /** What a request that is not let go keeps at least: an object or two, or the smallest buffer. */
    private static final int LOST_BYTES = 200;

    private final FakeGateway gateway;
    private final Runnable bystander;
    private int answered;
    private int refused;

    /** @param bystander asks and checks the answer, each time on the same connection */
    public MutationRun(FakeGateway gateway, Runnable bystander) {
        this.gateway = gateway;
        this.bystander = bystander;
    }

    /** @param window sends so many requests and tells of each how it ended */
    public void send(int requests, int windowSize, Runnable window) {
        int windows = requests / windowSize;
        SteadyMemory memory = new SteadyMemory(windows, LOST_BYTES * windowSize);
        for (int done = 1; done <= windows; done++) {
            window.run();
            bystander.run();
            assertNothingIsHeld();
            gateway.forgetCalls();
            memory.done(done);
        }
        assertThat(answered + refused).isEqualTo(requests);
        assertThat(answered).as("answered of %s", requests).isBetween(requests / 20, requests - requests / 20);
        memory.assertKeptNothing();
    }

    private void assertNothingIsHeld() {
        await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .untilAsserted(() -> {
                    assertThat(gateway.unreleased()).isEmpty();
                    assertThat(gateway.retained().held()).isZero();
                });
    }

    public void ended(boolean withResult) {
        if (withResult) {
            answered++;
        } else {
            refused++;
        }
    }
}
