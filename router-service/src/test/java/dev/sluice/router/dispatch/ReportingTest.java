package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.report.QueryReport;
import dev.sluice.common.report.QueryReport.Batched;
import dev.sluice.common.report.QueryReport.Ran;
import dev.sluice.common.wire.Frame;
import dev.sluice.router.testing.FakeLink.SentBatch;
import dev.sluice.router.testing.FakeLink.SentItem;
import dev.sluice.router.testing.FakeLink.SentResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A frontend is told where the time of its queries went. */
class ReportingTest {

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost host = router.host("host");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    @Test
    void tellsOfQueueBatchAndHost() {
        host.runs(Actors.echo(), "echo-0");
        frontend.query("echo", "first");
        SentBatch first = host.batch();
        long waits = frontend.query("echo", "waits");
        router.time.advance(Duration.ofMillis(30));
        host.answer(first);
        SentBatch batch = host.batch();
        router.time.advance(Duration.ofMillis(9));
        spent(batch.items().get(0), 2, 6);
        host.answer(batch);

        assertThat(report(waits))
                .isEqualTo(new QueryReport(
                        "1",
                        millis(39),
                        millis(30),
                        1,
                        new Batched(1, 0, "echo-0", "host", millis(9), new Ran(millis(2), millis(6)))));
    }

    @Test
    void tellsBeforeTheOutcome() {
        host.runs(Actors.echo(), "echo-0");
        frontend.query("echo", "q");
        host.answer(host.batch());
        List<Object> written = frontend.link.written(Object.class);
        assertThat(written.stream().filter(frame -> frame instanceof Frame.Report || frame instanceof SentResult))
                .hasExactlyElementsOfTypes(Frame.Report.class, SentResult.class);
    }

    @Test
    void tellsOfAQueryThatFailedAndOfOneThatWasNeverInABatch() {
        host.runs(Actors.echo(), "echo-0");
        long failed = frontend.query("echo", "fails");
        SentBatch batch = host.batch();
        long shed = frontend.query("echo", "call", "", Duration.ofMillis(20), "waits");
        router.time.advance(Duration.ofMillis(25));
        spent(batch.items().get(0), 0, 25);
        host.fail(batch.items().get(0), ErrorCode.FAILED, "broken");

        assertThat(report(failed).batch())
                .isEqualTo(new Batched(1, 0, "echo-0", "host", millis(25), new Ran(0, millis(25))));
        assertThat(frontend.outcome(shed)).isNotEmpty();
        QueryReport ofShed = report(shed);
        assertThat(ofShed.batch()).isNull();
        assertThat(ofShed.starts()).isZero();
        assertThat(ofShed.queuedNanos()).isEqualTo(ofShed.totalNanos());
        host.done(batch, Duration.ofMillis(25));
    }

    @Test
    void tellsOfTheLastStartOfSeveral() {
        host.runs(Actors.idempotent(Actors.echo()), "echo-0");
        long query = frontend.query("echo", "again");
        spent(host.batches().get(0).items().get(0), 1, 1);
        FakeHost other = router.host("other").runs(Actors.idempotent(Actors.echo()), "echo-1");
        router.time.advance(Duration.ofMillis(7));
        host.close();
        SentBatch second = other.batch();
        router.time.advance(Duration.ofMillis(2));
        other.answer(second);

        QueryReport report = report(query);
        assertThat(report.starts()).isEqualTo(2);
        assertThat(report.queuedNanos()).isEqualTo(millis(7));
        assertThat(report.batch()).isEqualTo(new Batched(1, 0, "echo-1", "other", millis(2), null));
    }

    @Test
    void tellsOfWhatAPipelineAsked() {
        PipelineRig rig = new PipelineRig("first", "second")
                .pipeline(
                        "both", "{'steps': {'one': {'actor': 'first'}, 'two': {'actor': 'second', 'input': '$one'}}}");
        long query = rig.frontend.query("both", "1");
        rig.router.time.advance(Duration.ofMillis(3));
        rig.answers("first");
        SentBatch second = rig.host("second").batch();
        rig.router.time.advance(Duration.ofMillis(4));
        rig.host("second").link.receive(new Frame.Spent(second.items().get(0).exchange(), 0, millis(3)));
        rig.host("second").fail(second.items().get(0), ErrorCode.INVALID_INPUT, "no");

        QueryReport report = report(rig.frontend, query);
        assertThat(report.totalNanos()).isEqualTo(millis(7));
        assertThat(report.queuedNanos()).isZero();
        assertThat(report.batch()).isNull();
        assertThat(report.steps())
                .extracting(QueryReport.Step::step, QueryReport.Step::code, QueryReport.Step::startNanos)
                .containsExactly(tuple("one", 0, 0L), tuple("two", ErrorCode.INVALID_INPUT.number(), millis(3)));
        assertThat(report.steps().get(0).report().totalNanos()).isEqualTo(millis(3));
        assertThat(report.steps().get(1).report().batch())
                .isEqualTo(new Batched(1, 0, second.replica(), "host-second", millis(4), new Ran(0, millis(3))));
        rig.host("second").done(second, Duration.ofMillis(4));
        rig.router.assertNothingStays();
    }

    @Test
    void tellsHostsNothing() {
        host.runs(Actors.echo(), "echo-0");
        host.link.receive(router.payloads.query(1, "echo", "call", "", Duration.ofSeconds(1), "asked by a host"));
        router.time.run();
        host.answer(host.batch());
        assertThat(host.link.written(SentResult.class)).hasSize(1);
        assertThat(host.link.written(Frame.Report.class)).isEmpty();
    }

    private void spent(SentItem item, long waitedMillis, long ranMillis) {
        host.link.receive(new Frame.Spent(item.exchange(), millis(waitedMillis), millis(ranMillis)));
    }

    private QueryReport report(long exchange) {
        return report(frontend, exchange);
    }

    private static QueryReport report(FakeFrontend frontend, long exchange) {
        List<Frame.Report> reports = frontend.link.written(Frame.Report.class).stream()
                .filter(report -> report.exchange() == exchange)
                .toList();
        assertThat(reports).hasSize(1);
        return QueryReport.decode(reports.get(0).report());
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
