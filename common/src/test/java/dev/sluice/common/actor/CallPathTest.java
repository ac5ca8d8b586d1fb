package dev.sluice.common.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.Meta;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallPathTest {

    private static final CallPath NOBODY = CallPath.of(new Meta("", "", ""));

    @Test
    void travelsInTheHeadersBesideOthers() {
        CallPath path = NOBODY.then("a", true).then("p", false);
        Map<String, String> headers = path.over(Map.of("traceparent", "00-1"));
        assertThat(headers).containsEntry("traceparent", "00-1");
        assertThat(CallPath.of(new Meta("", "", "", headers))).isEqualTo(path);
    }

    @Test
    void refusesACallOfWhoWaitsForItAndKeepsItsReplica() {
        assertThat(NOBODY.then("a", true).then("b", true).refusal("a"))
                .contains("The actor 'a' waits for this call itself and keeps its replica meanwhile (a calls b calls a),"
                        + " so that the call might never begin. Let nothing that it calls call it back.");
        assertThat(NOBODY.then("a", false).then("b", true).refusal("a")).isEmpty();
        assertThat(NOBODY.then("a", true).refusal("b")).isEmpty();
    }

    @Test
    void refusesCallsThatNestTooDeep() {
        CallPath path = NOBODY;
        for (int i = 0; i < CallPath.MOST_HOPS; i++) {
            path = path.then("p" + i, false);
            assertThat(path.refusal("q")).isEmpty();
        }
        assertThat(path.then("last", false).refusal("q").orElseThrow())
                .isEqualTo("Calls nest more than 16 deep (..., p14 calls p15 calls last calls q): they seem to go round in"
                        + " a circle.");
    }
}
