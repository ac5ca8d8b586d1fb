package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.system.call.RawCall;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Streams as server-sent events, through all tiers. */
@ExtendWith(Sites.class)
class StreamIT {

    private static final Duration A_WHILE = Duration.ofSeconds(2);

    @Test
    void bringsEachResultAndAnEnd(@On(Shape.STEADY) Site site) throws IOException {
        try (RawCall stream = RawCall.stream(frontend(site), "ticks", "50")) {
            String events = stream.readUntil("event: end");

            assertThat(events).contains("text/event-stream");
            assertThat(events.lines().filter(line -> line.matches("data: \\d+")))
                    .hasSize(50)
                    .startsWith("data: 1", "data: 2")
                    .endsWith("data: 49", "data: 50");
        }
    }

    @Test
    void cancelsTheStreamOfACallerWhoLeaves(@On(Shape.STEADY) Site site) throws IOException {
        // Those of other tests may hear of it only now.
        await("no stream is left").atMost(Site.LONG).until(() -> log(site, "started") == log(site, "cancelled"));
        long before = log(site, "cancelled");
        try (RawCall stream = RawCall.stream(frontend(site), "streams/ticking", "20")) {
            assertThat(stream.readUntil("data: 5\n")).contains("data: 4\n");
            stream.reset();
        }

        await().atMost(Site.LONG).until(() -> log(site, "cancelled") == before + 1);
        site.awaitCalm();
    }

    /** Whoever reads nothing holds up the stream, or loses it, and costs no more memory than what is on the way. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 1 << 20})
    void aCallerWhoReadsNothingFillsNoMemory(int size, @On(Shape.STEADY) Site site, TestReporter report)
            throws IOException {
        long before = log(site, "produced");
        long cancelledBefore = log(site, "cancelled");
        long linksBefore = site.linksOpened();
        try (RawCall stream = RawCall.stream(frontend(site), "streams/flood", Integer.toString(size))) {
            assertThat(stream.readUntil("data: x")).contains("200");
            AtomicLong last = new AtomicLong(before);
            await("the stream is held up")
                    .atMost(Site.LONG)
                    .pollInterval(A_WHILE)
                    .until(() -> {
                        long now = log(site, "produced");
                        return last.getAndSet(now) == now && now > before;
                    });
            report.publishEntry("produced", (last.get() - before) + " of " + size + " bytes");
            report.publishEntry("cancelled", Long.toString(log(site, "cancelled") - cancelledBefore));
            report.publishEntry("frontend MiB", Long.toString(resident(site.frontend(0))));
            assertThat(site.caller(0).call("vadder", "1").ok())
                    .as("others are served")
                    .isTrue();
            stream.reset();
        }
        site.awaitCalm();

        assertThat(site.linksOpened()).as("no link was lost over it").isEqualTo(linksBefore);
        assertThat((log(site, "produced") - before) * size)
                .as("bytes on the way")
                .isLessThan(300L << 20);
    }

    private static URI frontend(Site site) {
        return site.frontend(0).url();
    }

    private static long resident(ServiceProcess process) {
        return process.residentBytes().orElse(0) >> 20;
    }

    private static long log(Site site, String what) {
        JsonNode counts = site.caller(1).call("streamlog", "null").result();
        return counts.path(what).asLong();
    }
}
