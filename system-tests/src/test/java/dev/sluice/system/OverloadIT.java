package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.Reply;
import dev.sluice.system.call.Tally;
import dev.sluice.system.site.GateKeeper;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/** More comes than can be held: the rest is refused, and what was taken is answered. */
@ExtendWith(Sites.class)
class OverloadIT {

    private static final int QUEUE = 300;
    private static final int TOO_MANY = 50;

    private static final int MIB = 1 << 20;
    private static final int LARGE = 300;

    /** What all of them take to come, and to be answered, on the busiest machine. */
    private static final Duration PATIENT = Duration.ofMinutes(10);

    /** Elsewhere a slow consumer ended the whole stream with an overflow error, and all queries in it. */
    @Test
    void refusesWhatTheQueueCannotHoldAndAnswersTheRest(@On(Shape.PAIRS) Site site) {
        int running = site.all(Tier.HOST).size();
        site.awaitCalm();
        List<Reply> replies;
        try (GateKeeper gate = GateKeeper.closed(site)) {
            List<CompletableFuture<Reply>> calls = new ArrayList<>();
            for (int i = 0; i < running + QUEUE + TOO_MANY; i++) {
                calls.add(site.caller(i % 2).callLater("gate/hold", Integer.toString(i)));
            }
            await("the rest is refused")
                    .atMost(Site.LONG)
                    .until(() ->
                            calls.stream().filter(CompletableFuture::isDone).count() >= TOO_MANY);
            gate.open();
            replies = Caller.all(calls);
        }

        List<Reply> refused = replies.stream().filter(reply -> !reply.ok()).toList();
        assertThat(refused).hasSize(TOO_MANY);
        assertThat(refused)
                .allMatch(reply -> reply.status() == 503 && reply.code().equals("OVERLOADED"));
        assertThat(refused)
                .allMatch(reply -> reply.headers().firstValue("retry-after").isPresent());
        IntStream.range(0, replies.size())
                .filter(i -> replies.get(i).ok())
                .forEach(i -> assertThat(replies.get(i).result().asInt()).isEqualTo(i));
        assertThat(site.caller(0).call("gate", "7").result().asInt())
                .as("lives on")
                .isEqualTo(7);
        site.awaitCalm();
    }

    /** Elsewhere a limit counted queries only, and large ones filled the memory. */
    @Test
    void countsBytesInEveryTier(@On(Shape.STEADY) Site site, TestReporter report) {
        List<Long> pids = pids(site);
        long links = site.linksOpened();
        Tally tally = new Tally();
        byte[] input = new byte[MIB];
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        try (GateKeeper gate = GateKeeper.closed(site)) {
            for (int i = 0; i < 2 * LARGE; i++) {
                Caller caller = site.caller(i % 2);
                calls.add(caller.bytesLater("gate/weigh", BodyPublishers.ofByteArray(input), PATIENT)
                        .thenAccept(response -> tally.count(Integer.toString(response.statusCode()))));
            }
            await("some are refused").atMost(Site.LONG).until(() -> tally.of("503") > 0);
            site.awaitStandstill();
            gate.open();
            calls.forEach(Caller::joined);
        }
        report.publishEntry("1 MiB each", tally.toString());

        assertThat(tally.counts()).containsOnlyKeys("200", "503");
        assertThat(tally.of("200")).as("answered").isGreaterThan(LARGE / 6);
        assertThat(pids(site)).as("no process died of it").isEqualTo(pids);
        assertThat(site.linksOpened()).as("no link was lost over it").isEqualTo(links);
        site.awaitCalm();
    }

    private static List<Long> pids(Site site) {
        List<Long> pids = new ArrayList<>();
        for (Tier tier : Tier.values()) {
            site.all(tier).stream()
                    .filter(ServiceProcess::alive)
                    .map(ServiceProcess::pid)
                    .forEach(pids::add);
        }
        return pids;
    }
}
