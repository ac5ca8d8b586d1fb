package dev.sluice.sdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.testing.RecordedSpans;
import dev.sluice.common.testing.RecordedSpans.Recorded;
import dev.sluice.common.trace.TraceContext;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.Role;
import dev.sluice.sdk.actor.BatchSink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.Disposables;

/** What is recorded of the queries of a batch. */
class TracedBatchTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final FakeLink link = new FakeLink(Role.ROUTER, "router-0");
    private final RecordedSpans spans = new RecordedSpans(true);
    private final List<TraceContext> seen = new ArrayList<>();

    @Test
    void recordsTheRunOfEachQueryThatItsRouterRecords() {
        run(
                job(
                        parent("1111111111111111", "01"),
                        parent("2222222222222222", "00"),
                        "",
                        parent("3333333333333333", "01")),
                sink -> {
                    sink.result(0, text("r"), "text/plain");
                    sink.result(1, text("r"), "text/plain");
                    sink.result(2, text("r"), "text/plain");
                    sink.fail(3, new Failure(ErrorCode.INVALID_INPUT, "no"));
                });
        assertThat(spans.all()).hasSize(2).allSatisfy(span -> {
            assertThat(span.name).isEqualTo("run a/call");
            assertThat(span.traceId).isEqualTo(TRACE);
            assertThat(span.attributes).containsEntry("sluice.replica", "a-0").containsEntry("sluice.batch.size", 4L);
            assertThat(span.ends()).isEqualTo(1);
        });
        Recorded answered = spans.all().get(0);
        Recorded failed = spans.all().get(1);
        assertThat(answered.parent).isEqualTo("1111111111111111");
        assertThat(answered.code()).isNull();
        assertThat(answered.attributes).containsEntry("sluice.query.id", "id-0");
        assertThat(failed.parent).isEqualTo("3333333333333333");
        assertThat(failed.code()).isEqualTo(ErrorCode.INVALID_INPUT);
    }

    @Test
    void letsUserCodeCallOthersAsPartOfItsRun() {
        run(job(parent("1111111111111111", "01"), parent("2222222222222222", "00"), ""), sink -> {
            for (int i = 0; i < 3; i++) {
                sink.result(i, text("r"), "text/plain");
            }
        });
        assertThat(seen)
                .extracting(TraceContext::spanId)
                .containsExactly(spans.all().get(0).id, "2222222222222222", "");
    }

    @Test
    void endsWhatIsCancelled() {
        AtomicReference<BatchSink> later = new AtomicReference<>();
        BatchJob job = job(parent("1111111111111111", "01"));
        run(job, later::set);
        job.cancel(0);
        later.get().result(0, text("late"), "text/plain");
        assertThat(spans.only("run a/call").code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(spans.only("run a/call").ends()).isEqualTo(1);
    }

    private interface Script {
        void run(BatchSink sink);
    }

    private void run(BatchJob job, Script script) {
        job.records(spans);
        job.announceStart(System.nanoTime());
        job.run(
                ScriptedActor.of("a", (inputs, sink) -> {
                            inputs.forEach(input -> seen.add(TraceContext.of(
                                    input.caller() == null
                                            ? new Meta("", "", "")
                                            : input.caller().meta())));
                            script.run(sink);
                            return Disposables.disposed();
                        })
                        .instance(),
                "a",
                () -> {});
    }

    private BatchJob job(String... parents) {
        List<BatchItem> items = new ArrayList<>();
        for (int i = 0; i < parents.length; i++) {
            Map<String, String> headers = new LinkedHashMap<>();
            TraceContext.of(parents[i], null).putInto(headers);
            ByteBuf data = Unpooled.buffer();
            new Meta("text/plain", "id-" + i, "", headers).encode(data);
            items.add(new BatchItem(i, Batches.BUDGET, data.readableBytes(), data));
        }
        BatchFrame frame = new BatchFrame(1, false, "a-0", "call", items);
        return new BatchJob(frame, link, new RecordingMeters(), Runnable::run, last -> {});
    }

    private static String parent(String spanId, String flags) {
        return "00-" + TRACE + "-" + spanId + "-" + flags;
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
