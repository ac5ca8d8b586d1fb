package dev.sluice.frontend.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryStatistics.OfMethod;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final List<Ending> heard = new ArrayList<>();
    private final Tally tally = new Tally((actor, method, protocol, ending) -> heard.add(ending));
    private final ActorDescriptor actor = new ActorDescriptor(
            "a",
            "2",
            false,
            1_000,
            "fifo",
            "",
            List.of(new MethodDescriptor("call", false, 1, 0, false, "long", "long")));

    private void ended(ErrorCode code, long nanos) {
        tally.ended(actor, "call", Protocol.GRPC, new Ending(code, nanos, false));
    }

    @Test
    void beginsAtZeroWithTheFirstWordOfAnActor() {
        assertThat(tally.all()).isEmpty();
        tally.announced(actor);
        assertThat(tally.all()).containsExactly(new OfMethod("a", "2", "call", 0, 0, 0, 0, 0, 0));
    }

    @Test
    void addsUpHowQueriesEndAndPassesItOn() {
        ended(null, 5);
        ended(null, 7);
        ended(ErrorCode.FAILED, 1);
        ended(ErrorCode.EXPIRED, 2);
        ended(ErrorCode.OVERLOADED, 3);
        ended(ErrorCode.CANCELLED, 4);
        assertThat(tally.all()).containsExactly(new OfMethod("a", "2", "call", 2, 12, 3, 6, 1, 4));
        assertThat(heard).hasSize(6);
    }
}
