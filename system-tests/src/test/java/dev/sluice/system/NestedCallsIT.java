package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.platform.BuiltPrograms;
import dev.sluice.cli.platform.Progress;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.ControlPage;
import dev.sluice.system.call.Reply;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Actors call actors that call actors, all on one host, with one replica each. */
class NestedCallsIT {

    /** Far more at once than there are replicas. */
    private static final int QUERIES = 400;

    private static Site site;

    @BeforeAll
    static void start() {
        site = Site.start(
                "nested",
                Shape.FLEET,
                BuiltPrograms.of(Places.project(), Progress.NONE),
                spec -> spec.count(Tier.HOST, 1).property(Tier.HOST, "sluice.host.slots", "20"));
        deploy("first", "second");
        deploy("second", "third");
        deploy("third", "first");
        deploy("self", "self");
        deploy("hurried", "slow");
        put("slow", "{\"type\": \"slow\", \"replicas\": 1}");
    }

    private static void deploy(String actor, String next) {
        put(actor, "{\"type\": \"nest\", \"replicas\": 1, \"args\": {\"next\": \"" + next + "\"}}");
    }

    private static void put(String actor, String definition) {
        ControlPage control = site.control(0);
        control.done("PUT", "actors/" + actor, definition);
        control.awaitSettled(actor, 1);
        site.awaitPublished(actor);
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    @AfterEach
    void nothingIsLeft() {
        site.awaitCalm();
    }

    private static Caller caller() {
        return site.caller(0);
    }

    /** What becomes of so many calls, each once: results, or why there is none. */
    private static Set<String> atOnce(String target, int deep) {
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            replies.add(caller().callLater(target, Integer.toString(deep)));
        }
        return Caller.all(replies).stream()
                .map(reply -> reply.ok() ? reply.result().toString() : reply.code() + ": " + reply.detail())
                .collect(Collectors.toSet());
    }

    @Test
    void callsThatNestThreeDeepAllEnd() {
        assertThat(atOnce("first", 3)).containsExactly("3");
        assertThat(atOnce("first/together", 3)).containsExactly("3");
    }

    @Test
    void callsThatComeBackToWhoWaitsForThemAllEnd() {
        assertThat(atOnce("self", 7)).containsExactly("7");
        assertThat(atOnce("self/together", 7)).containsExactly("7");
        assertThat(atOnce("first", 7)).containsExactly("7");
    }

    @Test
    void callsOfThoseWhoKeepTheirReplicaEndWhereTheyComeBackToNobody() {
        assertThat(atOnce("first/blocking", 2)).containsExactly("2");
    }

    @Test
    void aCallThatComesBackToWhoKeepsItsReplicaForItIsRefused() {
        Reply self = caller().call("self/blocking", "1");
        assertThat(self.code()).isEqualTo("FAILED");
        assertThat(self.detail()).contains("(self calls self)", "keeps its replica meanwhile");
        Reply over = caller().call("first/blocking", "3");
        assertThat(over.code()).isEqualTo("FAILED");
        assertThat(over.detail()).contains("(first calls second calls third calls first)");
    }

    @Test
    void callsThatGoRoundAndRoundEnd() {
        Reply reply = caller().call("self", "1000");
        assertThat(reply.code()).isEqualTo("FAILED");
        assertThat(reply.detail()).contains("they seem to go round in a circle");
    }

    /** What would take for ten minutes otherwise: whoever waits for calm after each test would wait in vain. */
    @Test
    void whatIsAskedEndsWithTheTimeOfWhoAsks() {
        Reply reply = caller().call("hurried", "600000", Duration.ofSeconds(1));
        assertThat(reply.code()).as("%s", reply).isEqualTo("EXPIRED");
    }
}
