package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.system.call.Caller;
import dev.sluice.system.call.Reply;
import dev.sluice.system.call.RouterPage;
import dev.sluice.system.site.GateKeeper;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of 2019, over HTTP, against processes. */
@ExtendWith(Sites.class)
class ContractIT {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration GLANCE = Duration.ofMillis(20);

    /** So long nothing runs for it; much less than {@code ordered/nap} takes. */
    private static final Duration SOON = Duration.ofSeconds(1);

    @Test
    void answersInExactlyTheFormOf2019(@On(Shape.STEADY) Site site) {
        Reply reply = Caller.joined(site.caller(0).post("vadder", "{\"input\": 10, \"slo_ms\": 60000}", MINUTE));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"success\": true, \"actor\": \"vadder\", \"result\": 11}");
        assertThat(reply.headers().firstValue("Sluice-Id")).isPresent();
    }

    @Test
    void addsTheConfiguredIncrementToEachOfTenInputs(@On(Shape.PAIRS) Site site) {
        List<Reply> replies = together(site.caller(0), "vadder", IntStream.range(0, 10));

        assertThat(replies).allMatch(Reply::ok);
        assertThat(replies)
                .extracting(reply -> reply.result().asLong())
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> i + 3L).toList());
    }

    @Test
    void countsToTenInOrder(@On(Shape.STEADY) Site site) {
        List<Long> counts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            counts.add(site.caller(i % 2).call("counter", "null").result().asLong());
        }

        assertThat(counts).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void reachesAnotherMethodByItsName(@On(Shape.STEADY) Site site) {
        assertThat(together(site.caller(0), "counter/count", IntStream.range(0, 10)))
                .allMatch(Reply::ok)
                .allMatch(reply -> reply.result().asInt() == 1);
    }

    @Test
    void failsTheStringAloneAmongNumbers(@On(Shape.STEADY) Site site) {
        List<CompletableFuture<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            calls.add(site.caller(0).callLater("adder", i == 5 ? "\"five\"" : Integer.toString(i)));
        }
        List<Reply> replies = new ArrayList<>(Caller.all(calls));

        Reply bad = replies.remove(5);
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.code()).isEqualTo("INVALID_INPUT");
        assertThat(bad.detail()).contains("five");
        assertThat(bad.json().path("success").asBoolean(true)).isFalse();
        assertThat(replies).allMatch(Reply::ok);
    }

    @Test
    void failsTheFractionAloneInABatchOfWholeNumbers(@On(Shape.STEADY) Site site) {
        List<CompletableFuture<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(site.caller(0).callLater("vadder", i == 7 ? "1.5" : Integer.toString(i)));
        }
        List<Reply> replies = new ArrayList<>(Caller.all(calls));

        assertThat(replies.remove(7).code()).isEqualTo("INVALID_INPUT");
        assertThat(replies).allMatch(Reply::ok);
    }

    @Test
    void namesTheActorThatItDoesNotKnow(@On(Shape.STEADY) Site site) {
        Reply reply = site.caller(0).call("nobody", "1");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("NOT_FOUND");
        assertThat(reply.detail()).contains("nobody");
        assertThat(reply.json().path("success").asBoolean(true)).isFalse();
    }

    @Test
    void addsOneInABatchAndTwoAlone(@On(Shape.STEADY) Site site) {
        assertThat(site.caller(0).call("vadder", "42").result().asLong()).isEqualTo(43);
        assertThat(site.caller(0).call("adder", "42").result().asLong()).isEqualTo(44);
    }

    @Test
    void batchesTheTenThatComeWhileOneRuns(@On(Shape.STEADY) Site site) {
        Caller caller = site.caller(0);
        try (GateKeeper gate = GateKeeper.closed(site)) {
            CompletableFuture<Reply> first = caller.callLater("crowd", "0");
            awaitBusy(site, "crowd");
            List<CompletableFuture<Reply>> ten = later(caller, "crowd", IntStream.range(0, 10));
            awaitQueued(site, "crowd", ten);
            gate.open();

            assertThat(Caller.joined(first).result().asInt()).isEqualTo(1);
            assertThat(Caller.all(ten))
                    .extracting(reply -> reply.result().asInt())
                    .containsOnly(10)
                    .hasSize(10);
        }
    }

    /** In 2019 the frontend handled one request at a time, so that nothing that came over HTTP ever met in a batch. */
    @Test
    void batchesWhatComesThroughDifferentFrontends(@On(Shape.STEADY) Site site) {
        try (GateKeeper gate = GateKeeper.closed(site)) {
            CompletableFuture<Reply> first = site.caller(0).callLater("crowd/callAgain", "0");
            awaitBusy(site, "crowd");
            List<CompletableFuture<Reply>> six = later(site.caller(0), "crowd/callAgain", IntStream.range(0, 3));
            six.addAll(later(site.caller(1), "crowd/callAgain", IntStream.range(0, 3)));
            awaitQueued(site, "crowd", "callAgain", six);
            gate.open();

            assertThat(Caller.joined(first).result().asInt()).isEqualTo(1);
            assertThat(Caller.all(six))
                    .extracting(reply -> reply.result().asInt())
                    .containsOnly(6);
        }
    }

    @Test
    void runsTheEarlierDeadlineFirst(@On(Shape.STEADY) Site site) {
        Caller caller = site.caller(0);
        try (GateKeeper gate = GateKeeper.closed(site)) {
            CompletableFuture<Reply> busy = caller.callLater("ordered/hold", "0");
            awaitBusy(site, "ordered");
            CompletableFuture<Reply> late = caller.callLater("ordered", "0", MINUTE.multipliedBy(2));
            awaitQueued(site, "ordered", List.of(late));
            CompletableFuture<Reply> soon = caller.callLater("ordered", "0", MINUTE);
            awaitQueued(site, "ordered", List.of(late, soon));
            gate.open();

            assertThat(Caller.joined(busy).ok()).isTrue();
            assertThat(Caller.joined(soon).result().asInt())
                    .isLessThan(Caller.joined(late).result().asInt());
        }
    }

    @Test
    void runsEqualDeadlinesInTheOrderOfTheirArrival(@On(Shape.STEADY) Site site) {
        Caller caller = site.caller(0);
        try (GateKeeper gate = GateKeeper.closed(site)) {
            CompletableFuture<Reply> busy = caller.callLater("ordered/holdAgain", "0");
            awaitBusy(site, "ordered");
            List<CompletableFuture<Reply>> equal = new ArrayList<>();
            for (int i = 1; i <= 8; i++) {
                equal.add(caller.callLater("ordered", "0", MINUTE));
                awaitQueued(site, "ordered", equal);
            }
            gate.open();

            assertThat(Caller.joined(busy).ok()).isTrue();
            assertThat(Caller.all(equal))
                    .extracting(reply -> reply.result().asInt())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void endsWhatCannotRunInTimeAndNeverRunsIt(@On(Shape.STEADY) Site site) {
        Caller caller = site.caller(0);
        int before = caller.call("in-turn", "0").result().asInt();
        try (GateKeeper gate = GateKeeper.closed(site)) {
            CompletableFuture<Reply> busy = caller.callLater("in-turn/hold", "0");
            awaitBusy(site, "in-turn");
            Reply late = caller.call("in-turn", "0", SOON);

            assertThat(late.status()).isEqualTo(504);
            assertThat(late.code()).isEqualTo("EXPIRED");
            // Its frontend may be a moment ahead of the router.
            awaitQueued(site, "in-turn", List.of());
            gate.open();
            assertThat(Caller.joined(busy).result().asInt()).isEqualTo(before + 1);
        }
        assertThat(caller.call("in-turn", "0").result().asInt()).isEqualTo(before + 2);
    }

    @Test
    void refusesAtOnceWhatCannotRunInTimeAndNeverRunsIt(@On(Shape.STEADY) Site site) {
        Caller caller = site.caller(0);
        // From here on the router knows how long both take.
        caller.call("ordered/nap", "0");
        await("a try at which this machine did not stand still")
                .atMost(Site.LONG)
                .until(() -> {
                    int before = caller.call("ordered", "0").result().asInt();
                    long start = System.nanoTime();
                    CompletableFuture<Reply> busy = caller.callLater("ordered/nap", "0");
                    await().pollInterval(GLANCE)
                            .until(() -> queue(site, "ordered").free() == 0 || busy.isDone());
                    Reply late = caller.call("ordered", "0", SOON);
                    if (System.nanoTime() - start >= SOON.toNanos()) {
                        // Little of the nap may have been left.
                        Caller.joined(busy);
                        return false;
                    }
                    assertThat(late.status()).isEqualTo(503);
                    assertThat(late.code()).isEqualTo("UNMEETABLE");
                    assertThat(busy).isNotDone();
                    assertThat(Caller.joined(busy).result().asInt()).isEqualTo(before + 1);
                    assertThat(caller.call("ordered", "0").result().asInt()).isEqualTo(before + 2);
                    return true;
                });
    }

    @Test
    void failsAllOfABatchWhoseMethodThrows(@On(Shape.STEADY) Site site) {
        assertThat(together(site.caller(0), "faulty/throwing", IntStream.range(0, 6)))
                .allMatch(reply -> reply.status() == 500)
                .allMatch(reply -> reply.code().equals("FAILED"))
                .allMatch(reply -> reply.detail().contains("broken on purpose"));
    }

    @Test
    void failsAllOfABatchThatGetsTooFewResults(@On(Shape.STEADY) Site site) {
        assertThat(together(site.caller(0), "faulty/tooFew", IntStream.range(0, 6)))
                .allMatch(reply -> reply.code().equals("FAILED"))
                .allMatch(reply -> reply.detail().matches(".*returned \\d+ results? for \\d+ quer.*"));
    }

    @Test
    void failsAllOfABatchThatGetsTooManyResults(@On(Shape.STEADY) Site site) {
        assertThat(together(site.caller(0), "faulty/tooMany", IntStream.range(0, 6)))
                .allMatch(reply -> reply.code().equals("FAILED"))
                .allMatch(reply -> reply.detail().matches(".*returned \\d+ results? for \\d+ quer.*"));
    }

    @Test
    void failsTheOneResultThatCannotBeWritten(@On(Shape.STEADY) Site site) {
        List<Reply> replies = together(site.caller(0), "faulty/unwritable", IntStream.of(3, -1, 5, 6));

        assertThat(replies.remove(1).code()).isEqualTo("FAILED");
        assertThat(replies)
                .extracting(reply -> reply.result().path("value").asInt())
                .containsExactly(3, 5, 6);
    }

    /** Another server, asked for 256 within 5 s, made 101 and 39 of 140, since it had a limit that nobody had set. */
    @Test
    void makesOneBatchOf140ThatComeWithinTheWait(@On(Shape.STEADY) Site site) {
        // Connections for all, so that they come together.
        together(site.caller(0), "noop", IntStream.range(0, 140));

        assertThat(together(site.caller(0), "wide", IntStream.range(0, 140)))
                .extracting(reply -> reply.result().asInt())
                .containsOnly(140)
                .hasSize(140);
    }

    private static List<Reply> together(Caller caller, String target, IntStream inputs) {
        return new ArrayList<>(Caller.all(later(caller, target, inputs)));
    }

    private static List<CompletableFuture<Reply>> later(Caller caller, String target, IntStream inputs) {
        List<CompletableFuture<Reply>> calls = new ArrayList<>();
        inputs.forEach(input -> calls.add(caller.callLater(target, Integer.toString(input))));
        return calls;
    }

    private static void awaitBusy(Site site, String actor) {
        await().atMost(Site.LONG)
                .pollInterval(GLANCE)
                .until(() -> queue(site, actor).free() == 0);
    }

    /** Until all of these, and nothing else, wait in the actor's queue: what was refused will never be there. */
    private static void awaitQueued(Site site, String actor, List<CompletableFuture<Reply>> calls) {
        awaitQueued(site, actor, "call", calls);
    }

    private static void awaitQueued(Site site, String actor, String method, List<CompletableFuture<Reply>> calls) {
        await().atMost(Site.LONG).pollInterval(GLANCE).until(() -> {
            assertThat(calls).allSatisfy(call -> assertThat(call).isNotDone());
            return queue(site, actor, method).size() == calls.size();
        });
    }

    private static RouterPage.Queue queue(Site site, String actor) {
        return queue(site, actor, "call");
    }

    private static RouterPage.Queue queue(Site site, String actor, String method) {
        return site.routerPages().get(0).queue(actor, method);
    }
}
