package dev.sluice.frontend.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.testing.RecordedSpans.Recorded;
import dev.sluice.common.trace.TraceContext;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.frontend.query.QueryCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which queries are recorded, and what goes on with them. */
class TracedQueriesTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final GatewayRig rig = new GatewayRig();

    @AfterEach
    void settled() {
        rig.assertSettled();
        assertThat(rig.spans.all()).allSatisfy(span -> assertThat(span.ends()).isEqualTo(1));
    }

    @Test
    void recordsWhatItsCallerRecordsAndPassesItsOwnSpanOn() throws Exception {
        FakeLink router = rig.router("router");
        rig.call(traced("01"), Caller.eager());
        QueryFrame query = router.next(QueryFrame.class);
        Recorded span = rig.spans.only("once/call");
        assertThat(TraceContext.of(router.meta(query)))
                .isEqualTo(new TraceContext("00-" + TRACE + "-" + span.id + "-01", "vendor=1"));
        GatewayRig.fail(router, query, ErrorCode.OVERLOADED);
        assertThat(span.parent).isEqualTo("b7ad6b7169203331");
        assertThat(span.code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(span.attributes)
                .containsEntry("sluice.query.id", "id")
                .containsEntry("sluice.protocol", "http")
                .containsEntry("sluice.attempts", 1L);
        assertThat(rig.explained.get(0).traceId()).isEqualTo(TRACE);
    }

    @Test
    void passesOnWhatItsCallerDoesNotRecord() throws Exception {
        FakeLink router = rig.router("router");
        rig.call(traced("00"), Caller.eager());
        QueryFrame query = router.next(QueryFrame.class);
        assertThat(TraceContext.of(router.meta(query)).traceparent()).isEqualTo("00-" + TRACE + "-b7ad6b7169203331-00");
        rig.answer(router, query, "x");
        assertThat(rig.spans.all()).isEmpty();
        assertThat(rig.explained.get(0).traceId()).isEqualTo(TRACE);
    }

    @Test
    void sendsNoHeaderWhereThereIsNoTrace() throws Exception {
        FakeLink router = rig.router("router");
        rig.call(GatewayRig.ONCE);
        QueryFrame query = router.next(QueryFrame.class);
        assertThat(router.meta(query).headers()).isEmpty();
        rig.answer(router, query, "x");
        assertThat(rig.spans.all()).isEmpty();
        assertThat(rig.explained.get(0).traceId()).isEmpty();
    }

    private QueryCall traced(String flags) {
        QueryCall query = rig.query("once", "call", "input");
        return new QueryCall(
                query.actor(),
                query.method(),
                query.version(),
                query.body(),
                query.charge(),
                query.mediaType(),
                query.budgetNanos(),
                query.priority(),
                query.caller(),
                query.id(),
                query.protocol(),
                TraceContext.of("00-" + TRACE + "-b7ad6b7169203331-" + flags, "vendor=1"));
    }
}
