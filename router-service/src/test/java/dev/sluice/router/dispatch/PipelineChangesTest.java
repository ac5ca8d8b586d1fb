package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pipelines that come and go, beside others of the same name. */
class PipelineChangesTest {

    private static final String ASKS_A = "{'steps': {'one': {'actor': 'a'}}}";

    private final PipelineRig rig = new PipelineRig("a", "b");

    @AfterEach
    void nothingStays() {
        rig.router.assertNothingStays();
    }

    private List<String> outcome(long query) {
        return rig.frontend.outcome(query);
    }

    @Test
    void takesTheNameOfWhatHostsRunNoMore() {
        ActorDescriptor before = Actors.once("p", "1", Actors.method("call", 4, 0));
        FakeHost host = rig.router.host("host-p").runs(before, "p-0");
        host.announce(false, List.of(), List.of());
        rig.pipeline("p", ASKS_A);
        long query = rig.frontend.query("p", "x");
        rig.answers("a");
        assertThat(outcome(query)).containsExactly("re x");
    }

    @Test
    void leavesQueriesToReplicasOfItsNameUntilTheyAreGone() {
        ActorDescriptor before = Actors.once("p", "1", Actors.method("call", 4, 0));
        FakeHost host = rig.router.host("host-p").runs(before, "p-0");
        rig.pipeline("p", ASKS_A);
        long first = rig.frontend.query("p", "x");
        host.answer(host.batch());
        assertThat(outcome(first)).containsExactly("re x");

        host.announce(false, List.of(), List.of());
        rig.looksAgain();
        long second = rig.frontend.query("p", "y");
        assertThat(rig.answers("a")).containsExactly("y");
        assertThat(outcome(second)).containsExactly("re y");
    }

    @Test
    void endsWhatIsLateOfAPipelineThatIsWantedNoMore() {
        rig.pipeline("p", ASKS_A);
        long query = rig.frontend.query("p", "call", "", Duration.ofMillis(20), "x");
        rig.undeployAll();
        rig.looksAgain();
        rig.pass(21);
        assertThat(outcome(query)).containsExactly("EXPIRED");
    }

    @Test
    void areForgottenOnceTheirLastRunHasEnded() {
        rig.pipeline("p", ASKS_A);
        long query = rig.frontend.query("p", "x");
        rig.undeployAll();
        rig.looksAgain();
        assertThat(rig.steps).isEmpty();
        rig.answers("a");
        assertThat(outcome(query)).containsExactly("re x");
        rig.looksAgain();
        rig.looksAgain();
        assertThat(rig.steps).containsExactly("one", "forgotten");
        rig.router.links.forgetGone();
        assertThat(rig.router.metrics.forgotten)
                .as("what is measured of every actor stays a while")
                .hasValue(0);
        rig.router.time.pass(RouterFixture.MEMORY.toNanos());
        rig.router.links.forgetGone();
        assertThat(rig.router.metrics.forgotten).hasValue(1);
    }

    @Test
    void countOnWhereTheyComeBackInBetween() {
        rig.pipeline("p", ASKS_A);
        rig.frontend.query("p", "x");
        rig.undeployAll();
        rig.pipeline("p", ASKS_A);
        rig.answers("a");
        rig.looksAgain();
        rig.router.links.forgetGone();
        rig.router.time.pass(RouterFixture.MEMORY.toNanos());
        rig.router.links.forgetGone();
        assertThat(rig.steps).containsExactly("one");
        assertThat(rig.router.metrics.forgotten).hasValue(0);
    }

    @Test
    void describesItselfInALineHoweverManyItAsks() {
        String steps = IntStream.range(0, 50)
                .mapToObj(i -> "'s" + i + "': {'actor': 'actor" + i + "', 'for-effect': true}")
                .collect(Collectors.joining(","));
        rig.pipeline("p", "{'steps': {" + steps + "}, 'output': '1'}");
        assertThat(rig.router.actors.published())
                .filteredOn(actor -> actor.name().equals("p"))
                .extracting(ActorDescriptor::description)
                .containsExactly("A pipeline of actor0, actor1, actor2, actor3, actor4 and 45 more.");
    }

    @Test
    void stopsWhereTheyMultiplyOverManyLevels() {
        rig.pipeline("p0", "{'steps': {'one': {'value': '1'}}}");
        for (int i = 1; i <= 15; i++) {
            String next = "'actor': 'p" + (i - 1) + "'";
            rig.pipeline(
                    "p" + i,
                    "{'steps': {'one': {" + next + "}, 'two': {" + next + ", 'after': 'one'}, 'three': {" + next
                            + ", 'after': 'two'}}, 'output': '[$one, $two, $three]'}");
        }
        long query = rig.frontend.query("p15", "x");
        assertThat(outcome(query)).containsExactly("FAILED");
        assertThat(rig.frontend.sentence(query))
                .endsWith(
                        "The pipelines within this one would ask actors more than 20000 times for one query: they seem to"
                                + " go round in a circle, or to be laid over too long lists.");
    }
}
