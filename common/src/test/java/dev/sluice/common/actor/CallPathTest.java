package dev.sluice.common.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.CallPath.Waits;
import dev.sluice.common.wire.Meta;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallPathTest {

    private static final CallPath NOBODY = CallPath.of(new Meta("", "", ""));

    @Test
    void travelsInTheHeadersBesideOthers() {
        CallPath path = NOBODY.then("a", Waits.HELD).then("p", Waits.FREE);
        Map<String, String> headers = path.over(Map.of("traceparent", "00-1"));
        assertThat(headers).containsEntry("traceparent", "00-1");
        assertThat(CallPath.of(new Meta("", "", "", headers))).isEqualTo(path);
    }

    @Test
    void refusesACallOfWhoWaitsForItAndKeepsItsReplica() {
        assertThat(NOBODY.then("a", Waits.HELD).then("b", Waits.HELD).refusal("a"))
                .contains(
                        "The actor 'a' waits for this call itself and keeps its replica meanwhile (a calls b calls a),"
                                + " so that the call might never begin. Let nothing that it calls call it back, or let its method"
                                + " return the Mono of its call instead of waiting for it.");
        assertThat(NOBODY.then("a", Waits.FREE).then("b", Waits.HELD).refusal("a"))
                .isEmpty();
        assertThat(NOBODY.then("a", Waits.HELD).refusal("b")).isEmpty();
    }

    @Test
    void refusesCallsThatNestTooDeep() {
        CallPath path = NOBODY;
        for (int i = 0; i < CallPath.MOST_HOPS; i++) {
            path = path.then("p" + i, Waits.FREE);
            assertThat(path.refusal("q")).isEmpty();
        }
        assertThat(path.then("last", Waits.FREE).refusal("q").orElseThrow())
                .isEqualTo(
                        "Calls nest more than 16 deep (..., p14 calls p15 calls last calls q): they seem to go round in"
                                + " a circle.");
    }

    @Test
    void refusesACallForABatchThatAnyOfItsQueriesForbids() {
        CallPath one = NOBODY.then("p", Waits.FREE).then("q", Waits.FREE);
        CallPath other = NOBODY.then("a", Waits.HELD);
        for (CallPath both : List.of(CallPath.together(List.of(one, other)), CallPath.together(List.of(other, one)))) {
            CallPath path =
                    CallPath.of(new Meta("", "", "", both.then("x", Waits.FREE).over(Map.of())));
            assertThat(path.refusal("a").orElseThrow()).contains("(a calls x calls a)");
            assertThat(path.refusal("p")).isEmpty();
        }
        assertThat(CallPath.together(List.of(other, other))).isEqualTo(other);
        assertThat(CallPath.together(List.of(one, NOBODY)).hops()).isEmpty();
    }

    /** Each batch makes the calls of the next, and half as many new queries join these each time. */
    @Test
    void nestsNoDeeperWhereQueriesOfAllDepthsMeet() {
        List<CallPath> batch = List.of(NOBODY);
        for (int i = 0; i < 1_000; i++) {
            CallPath call = CallPath.together(batch).then("a", Waits.FREE);
            assertThat(call.refusal("a")).isEmpty();
            batch = List.of(NOBODY, call, call, call, call, call, call);
        }
    }

    @Test
    void findsACircleThatNewQueriesJoin() {
        List<CallPath> open = List.of(NOBODY);
        int batches = 0;
        while (batches < 1_000) {
            CallPath call = CallPath.together(open).then("a", Waits.FREE);
            if (call.refusal("a").isPresent()) {
                break;
            }
            // What was called calls on, and none of it ever ends.
            List<CallPath> next = new ArrayList<>(Collections.nCopies(open.size(), call));
            next.add(NOBODY);
            open = next;
            batches++;
        }
        assertThat(batches).isBetween(CallPath.MOST_HOPS, 200);
    }

    /** A batch in which one query is new has nobody's way, and its depth all the same. */
    @Test
    void travelsWithItsDepthAlone() {
        CallPath deep = NOBODY.then("a", Waits.FREE).then("a", Waits.FREE);
        CallPath both = CallPath.together(List.of(deep, NOBODY));
        assertThat(both).isEqualTo(new CallPath(List.of(), 1));
        assertThat(CallPath.of(new Meta("", "", "", both.over(Map.of())))).isEqualTo(both);
        assertThat(NOBODY.over(Map.of())).isEmpty();
    }

    @Test
    void takesTheWayOfWhoSaysNoDepthForIt() {
        Map<String, String> headers = Map.of("sluice-call-path", "a!,p");
        assertThat(CallPath.of(new Meta("", "", "", headers)))
                .isEqualTo(NOBODY.then("a", Waits.HELD).then("p", Waits.FREE));
    }

    @Test
    void travelsWithItsDepth() {
        CallPath deep = NOBODY;
        for (int i = 0; i < CallPath.MOST_HOPS; i++) {
            deep = deep.then("a", Waits.FREE);
        }
        CallPath both = CallPath.together(List.of(deep, NOBODY)).then("b", Waits.FREE);
        assertThat(both.depth()).isEqualTo(CallPath.MOST_HOPS / 2 + 1);
        assertThat(CallPath.of(new Meta("", "", "", both.over(Map.of())))).isEqualTo(both);
    }
}
