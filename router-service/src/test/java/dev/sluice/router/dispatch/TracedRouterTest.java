package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.testing.RecordedSpans;
import dev.sluice.common.testing.RecordedSpans.Recorded;
import dev.sluice.common.trace.TraceContext;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.router.testing.FakeLink.SentBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a router records of queries that belong to a trace, and what hosts see of that. */
class TracedRouterTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String OTHER = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String ASKED = "b7ad6b7169203331";

    private final RecordedSpans spans = new RecordedSpans(true);
    private final RouterFixture router = new RouterFixture(spans);
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost host = router.host("host");
    private final List<ByteBuf> inputs = new ArrayList<>();
    private long exchange;

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
        assertThat(inputs).allMatch(input -> input.refCnt() == 0);
        assertThat(spans.all())
                .allSatisfy(span -> assertThat(span.ends()).as(span.name).isEqualTo(1));
    }

    @Test
    void showsHostsItsOwnSpanAndItsCallersState() {
        host.runs(Actors.echo(), "echo-0");
        List<TraceContext> seen = seenBy(host);
        ask("echo", parent(TRACE, "01"));
        host.answer(host.batch());
        Recorded route = spans.only("route echo/call");
        assertThat(route.traceId).isEqualTo(TRACE);
        assertThat(route.parent).isEqualTo(ASKED);
        assertThat(route.code()).isNull();
        assertThat(seen).containsExactly(new TraceContext("00-" + TRACE + "-" + route.id + "-01", "vendor=1"));
    }

    @Test
    void leavesWhatIsNotRecordedAsItCame() {
        host.runs(Actors.echo(), "echo-0");
        List<TraceContext> seen = seenBy(host);
        ask("echo", parent(TRACE, "00"));
        ask("echo", "");
        host.answer(host.batch());
        router.time.run();
        host.answer(host.batch());
        assertThat(seen).containsExactly(new TraceContext(parent(TRACE, "00"), "vendor=1"), TraceContext.NONE);
        assertThat(spans.all()).isEmpty();
    }

    @Test
    void linksABatchToThoseOfItsQueriesThatAreRecorded() {
        ActorDescriptor batched = Actors.once("batched", "1", Actors.method("call", 8, 0));
        host.runs(batched, "batched-0");
        ask("batched", "");
        SentBatch first = host.batch();
        ask("batched", "");
        ask("batched", parent(TRACE, "01"));
        ask("batched", parent(OTHER, "01"));
        router.time.advance(Duration.ofMillis(4));
        host.answer(first);
        SentBatch second = host.batch();
        assertThat(second.items()).hasSize(3);
        host.answer(second);

        List<Recorded> routes = spans.all().stream()
                .filter(span -> span.name.equals("route batched/call"))
                .toList();
        assertThat(routes)
                .extracting(route -> route.attributes.get("sluice.queue.micros"))
                .containsExactly(4000L, 4000L);
        Recorded batch = spans.only("batch batched/call");
        assertThat(batch.parent).isEqualTo(routes.get(0).id);
        assertThat(batch.traceId).isEqualTo(TRACE);
        assertThat(batch.links).containsExactly(routes.get(0).id, routes.get(1).id);
        assertThat(batch.attributes)
                .containsEntry("sluice.batch.size", 3L)
                .containsEntry("sluice.replica", "batched-0")
                .containsEntry("sluice.host", "host");
    }

    @Test
    void endsAllSpansWhereAHostIsLostABatchRefusedAndAQueryCancelled() {
        host.runs(Actors.once("once", "1", Actors.method("call", 1, 0)), "once-0");
        long lost = ask("once", parent(TRACE, "01"));
        SentBatch refused = host.batch();
        host.busy(refused);
        host.free("once-0");
        assertThat(host.batch()).isNotNull();
        long cancelled = ask("once", parent(OTHER, "01"));
        frontend.cancel(cancelled);
        host.close();
        assertThat(frontend.outcome(lost)).containsExactly("LOST");
        assertThat(spans.all())
                .extracting(span -> span.name, Recorded::code)
                .containsExactlyInAnyOrder(
                        tuple("route once/call", ErrorCode.LOST),
                        tuple("batch once/call", ErrorCode.UNAVAILABLE),
                        tuple("batch once/call", ErrorCode.LOST),
                        tuple("route once/call", ErrorCode.CANCELLED));
    }

    @Test
    void nestsTheStepsOfAPipelineAndWhatTheyAsk() {
        RouterFixture own = new RouterFixture(spans);
        PipelineRig rig = new PipelineRig(own, "first", "second")
                .pipeline(
                        "both", "{'steps': {'one': {'actor': 'first'}, 'two': {'actor': 'second', 'input': '$one'}}}");
        List<TraceContext> first = seenBy(rig.host("first"));
        rig.frontend.link.receive(query("both", parent(TRACE, "01")));
        own.time.run();
        rig.answers("first");
        SentBatch second = rig.host("second").batch();
        rig.host("second").fail(second.items().get(0), ErrorCode.INVALID_INPUT, "no");
        own.assertNothingStays();

        Recorded route = spans.only("route both/call");
        Recorded one = spans.only("step one");
        Recorded two = spans.only("step two");
        assertThat(one.parent).isEqualTo(route.id);
        assertThat(two.parent).isEqualTo(route.id);
        assertThat(one.code()).isNull();
        assertThat(two.code()).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(route.code()).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(spans.only("batch first/call").parent).isEqualTo(one.id);
        assertThat(first).containsExactly(new TraceContext("00-" + TRACE + "-" + one.id + "-01", "vendor=1"));
    }

    /** What the headers of each query say that the host gets. */
    private static List<TraceContext> seenBy(FakeHost host) {
        List<TraceContext> seen = new ArrayList<>();
        host.link.onBatch(batch -> batch.items().forEach(item -> seen.add(TraceContext.of(item.meta()))));
        return seen;
    }

    private long ask(String actor, String traceparent) {
        frontend.link.receive(query(actor, traceparent));
        router.time.run();
        return exchange;
    }

    private QueryFrame query(String actor, String traceparent) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("sluice-priority", "1");
        TraceContext.of(traceparent, "vendor=1").putInto(headers);
        ByteBuf data = Unpooled.buffer();
        new Meta("text/plain", "q", "", headers).encode(data);
        int metaLength = data.readableBytes();
        data.writeCharSequence("x", StandardCharsets.UTF_8);
        inputs.add(data);
        return new QueryFrame(++exchange, Duration.ofSeconds(60).toNanos(), 0, actor, "call", "", metaLength, data);
    }

    private static String parent(String trace, String flags) {
        return "00-" + trace + "-" + ASKED + "-" + flags;
    }
}
