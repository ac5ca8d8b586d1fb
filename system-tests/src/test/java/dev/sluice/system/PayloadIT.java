package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.system.call.Load;
import dev.sluice.system.call.Tally;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes of all sizes, through all tiers and back. */
@ExtendWith(Sites.class)
class PayloadIT {

    private static final int MIB = 1 << 20;
    private static final int MOST = 64 * MIB;

    /** So many of a MiB, eight at a time, keep both directions full. */
    private static final int MANY = 200;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 16 * 1024, 16 * 1024 + 1, 64 * 1024 - 1, 64 * 1024, MIB, 16 * MIB + 7, MOST})
    void goesThroughUnharmed(int size, @On(Shape.STEADY) Site site) {
        byte[] sent = bytes(size);

        HttpResponse<byte[]> echoed = site.caller(0).bytes("echo", BodyPublishers.ofByteArray(sent));

        assertThat(echoed.statusCode()).isEqualTo(200);
        assertThat(echoed.headers().firstValue("content-type")).contains("application/octet-stream");
        assertThat(echoed.body()).isEqualTo(sent);
        site.awaitCalm();
    }

    @Test
    void goesThroughUnharmedWithoutALengthSaidBefore(@On(Shape.STEADY) Site site) {
        byte[] sent = bytes(3 * MIB + 1);

        HttpResponse<byte[]> echoed =
                site.caller(0).bytes("echo", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(sent)));

        assertThat(echoed.body()).isEqualTo(sent);
    }

    @Test
    void refusesOneByteTooMany(@On(Shape.STEADY) Site site) {
        HttpResponse<byte[]> refused = site.caller(0).bytes("echo", BodyPublishers.ofByteArray(new byte[MOST + 1]));

        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("TOO_LARGE");
        site.awaitCalm();
    }

    /** Elsewhere a stream whose consumer waited for another call over the same connection stopped for ever. */
    @Test
    void endsEverythingWhileBothDirectionsAreFull(@On(Shape.STEADY) Site site, TestReporter report) {
        Tally large = new Tally();
        Tally small = new Tally();
        byte[] sent = bytes(MIB);
        Load.of(8, caller -> {
                    HttpResponse<byte[]> echoed =
                            site.caller(caller % 2).bytes("echo", BodyPublishers.ofByteArray(sent));
                    large.count(Integer.toString(echoed.statusCode()));
                    assertThat(echoed.body()).isEqualTo(sent);
                })
                .and(2, caller -> {
                    long start = System.nanoTime();
                    small.count(site.caller(caller).call("vadder", "1"));
                    small.took(System.nanoTime() - start);
                })
                .during(() -> await("many of both")
                        .atMost(Site.LONG)
                        .until(() -> large.all() >= MANY && small.all() >= MANY / 10));
        report.publishEntry("1 MiB", large.toString());
        report.publishEntry("small", small.toString());

        assertThat(large.counts()).containsOnlyKeys("200");
        assertThat(small.counts()).as("each within its SLO").containsOnlyKeys("answered");
        site.awaitCalm();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
