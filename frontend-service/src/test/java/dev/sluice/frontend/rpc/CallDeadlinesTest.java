package dev.sluice.frontend.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallDeadlinesTest {

    private final Metadata headers = new Metadata();

    private Deadline read() throws Exception {
        return new CallDeadlines()
                .newServerStreamTracer("a/b", headers)
                .filterContext(Context.ROOT)
                .call(CallDeadlines::current);
    }

    @ParameterizedTest
    @CsvSource({
        "1n, 2000m, 0",
        "1500u, 2001m, 0",
        "250m, 2250m, 0",
        "20S, 22000m, 20",
        "5M, 302000m, 300",
        "30H, 108003S, 108000",
        "99999999m, 100002S, 99999",
        "99999999H, 99999999S, 359999996400"
    })
    void grpcHearsOfALaterOne(String timeout, String later, long seconds) throws Exception {
        headers.put(CallDeadlines.TIMEOUT, timeout);
        Deadline deadline = read();
        assertThat(headers.getAll(CallDeadlines.TIMEOUT)).containsExactly(later);
        // Deadlines further away than half of what a clock of nanoseconds can tell are cut down to about a century.
        assertThat(deadline.timeRemaining(TimeUnit.SECONDS)).isBetween(Math.min(seconds, 3_000_000_000L) - 60, seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S", "-1S", "100000000S", "5 S", "5s", "soon"})
    void whatIsNoTimeoutIsLeftToGrpc(String timeout) throws Exception {
        headers.put(CallDeadlines.TIMEOUT, timeout);
        assertThat(read()).isNull();
        assertThat(headers.getAll(CallDeadlines.TIMEOUT)).containsExactly(timeout);
    }

    @Test
    void mostCallsHaveNone() throws Exception {
        headers.put(Metadata.Key.of("other", Metadata.ASCII_STRING_MARSHALLER), "1S");
        assertThat(read()).isNull();
        assertThat(headers.keys()).containsExactly("other");
    }
}
