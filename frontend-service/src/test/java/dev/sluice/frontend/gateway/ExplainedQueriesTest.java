package dev.sluice.frontend.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.frontend.explain.EndedQuery;
import dev.sluice.frontend.explain.EndedQuery.Sent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of each query that ends. */
class ExplainedQueriesTest {

    private static final byte[] REPORT = {7};

    private final GatewayRig rig = new GatewayRig();

    @AfterEach
    void settled() {
        rig.assertSettled();
    }

    @Test
    void keepsWhatTheRouterReports() throws Exception {
        FakeLink router = rig.router("router");
        rig.call(GatewayRig.ONCE);
        QueryFrame query = router.next(QueryFrame.class);
        router.deliver(new Frame.Report(query.exchange(), REPORT));
        rig.timers.pass(5);
        rig.answer(router, query, "answer");

        EndedQuery ended = onlyOne();
        assertThat(ended.id()).isEqualTo("id");
        assertThat(ended.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(ended.code()).isEqualTo("OK");
        assertThat(ended.message()).isNull();
        assertThat(ended.totalNanos()).isEqualTo(5_000_000);
        assertThat(ended.sloNanos()).isEqualTo(1_000_000_000);
        Sent sent = ended.sent();
        assertThat(sent).isNotNull();
        assertThat(sent.router()).isEqualTo("router");
        assertThat(sent.attempts()).isEqualTo(1);
        assertThat(sent.report()).isSameAs(REPORT);
    }

    @Test
    void keepsOfSeveralAttemptsTheLast() throws Exception {
        FakeLink first = rig.router("a");
        FakeLink second = rig.router("b");
        rig.call(GatewayRig.AGAIN);
        FakeLink has = first.rest().isEmpty() ? second : first;
        FakeLink other = has == first ? second : first;
        rig.timers.pass(3);
        has.close("gone");
        QueryFrame again = other.next(QueryFrame.class);
        GatewayRig.fail(other, again, ErrorCode.FAILED);

        EndedQuery ended = onlyOne();
        assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ended.code()).isEqualTo("FAILED");
        assertThat(ended.message()).isEqualTo("no");
        assertThat(ended.sent()).isEqualTo(new Sent(other.peer().nodeId(), 2, 3_000_000, null));
    }

    @Test
    void keepsWhatWasRefused() {
        rig.router("router");
        rig.call(rig.query("nobody", "call", "x"), Caller.eager());
        EndedQuery ended = onlyOne();
        assertThat(ended.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(ended.code()).isEqualTo("NOT_FOUND");
        assertThat(ended.message()).contains("nobody");
        assertThat(ended.sent()).isNull();
        assertThat(ended.sloNanos()).isZero();
    }

    private EndedQuery onlyOne() {
        assertThat(rig.explained).hasSize(1);
        return rig.explained.get(0);
    }
}
