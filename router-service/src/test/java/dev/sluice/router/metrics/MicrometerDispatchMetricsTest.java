package dev.sluice.router.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.router.dispatch.DispatchMetrics.Compared;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicrometerDispatchMetricsTest {

    private static final String TAGS = "actor=\"echo\",method=\"call\",";

    private static final ActorDescriptor ECHO = new ActorDescriptor(
            "echo",
            "7",
            true,
            1000,
            "fifo",
            "",
            List.of(new MethodDescriptor("call", true, 8, 0, false, "String", "String")));

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MicrometerDispatchMetrics metrics = new MicrometerDispatchMetrics(registry, ECHO);

    private List<String> lines() {
        return registry.scrape().lines().toList();
    }

    @Test
    void countsQueriesByOutcome() {
        metrics.ended("call", null, 1);
        metrics.ended("call", null, 1);
        metrics.ended("call", ErrorCode.OVERLOADED, 1);
        assertThat(lines())
                .contains(
                        "sluice_queries_total{actor=\"echo\",code=\"ok\",method=\"call\",outcome=\"answered\",tier=\"router\",version=\"7\"} 2.0",
                        "sluice_queries_total{actor=\"echo\",code=\"overloaded\",method=\"call\",outcome=\"shed\",tier=\"router\",version=\"7\"} 1.0",
                        "sluice_queries_total{actor=\"echo\",code=\"expired\",method=\"call\",outcome=\"expired\",tier=\"router\",version=\"7\"} 0.0");
    }

    @Test
    void measuresInSecondsWithAHistogram() {
        metrics.ended("call", null, Duration.ofMillis(250).toNanos());
        metrics.waited("call", Duration.ofMillis(125).toNanos());
        metrics.batchDone("call", Duration.ofMillis(500).toNanos(), 0, 0);
        String tags = "{" + TAGS + "tier=\"router\",version=\"7\"} ";
        assertThat(lines())
                .contains(
                        "sluice_query_duration_seconds_sum" + tags + "0.25",
                        "sluice_queue_wait_seconds_sum" + tags + "0.125",
                        "sluice_batch_duration_seconds_sum" + tags + "0.5")
                .anyMatch(line -> line.startsWith("sluice_query_duration_seconds_bucket{" + TAGS))
                .anyMatch(line -> line.startsWith("sluice_queue_wait_seconds_bucket{" + TAGS))
                .anyMatch(line -> line.startsWith("sluice_batch_duration_seconds_bucket{" + TAGS));
    }

    @Test
    void doesNotTimeWhatIsShed() {
        metrics.ended("call", ErrorCode.UNMEETABLE, 1);
        metrics.ended("call", ErrorCode.EXPIRED, 1);
        assertThat(lines())
                .contains("sluice_query_duration_seconds_count{" + TAGS + "tier=\"router\",version=\"7\"} 1");
    }

    @Test
    void measuresBatchesByMethod() {
        metrics.batchSent("call", 3);
        metrics.batchDone("call", 12_000, 10_000, 0);
        assertThat(lines())
                .contains(
                        "sluice_batch_size_bucket{" + TAGS + "tier=\"router\",version=\"7\",le=\"4.0\"} 1",
                        "sluice_batch_size_bucket{" + TAGS + "tier=\"router\",version=\"7\",le=\"2.0\"} 0",
                        "sluice_batch_predicted_error_sum{" + TAGS + "tier=\"router\",version=\"7\"} 1.2");
    }

    /** What is learnt of a batch is run and way together: a run that is nothing beside the way was not foretold wrongly. */
    @Test
    void judgesAPredictionWithTheWayThere() {
        metrics.batchDone("call", 3_000, 1, 999);
        assertThat(lines())
                .contains("sluice_batch_predicted_error_sum{" + TAGS + "tier=\"router\",version=\"7\"} 3.999");
    }

    @Test
    void saysNothingOfAPredictionThatThereWasNot() {
        metrics.batchDone("call", 12_000, 0, 100);
        assertThat(lines()).contains("sluice_batch_predicted_error_count{" + TAGS + "tier=\"router\",version=\"7\"} 0");
    }

    @Test
    void knowsMethodsThatAreAnnouncedLater() {
        metrics.ended("other", ErrorCode.LOST, 1);
        assertThat(lines())
                .contains(
                        "sluice_queries_total{actor=\"echo\",code=\"lost\",method=\"other\",outcome=\"failed\",tier=\"router\",version=\"7\"} 1.0");
    }

    @Test
    void showsNothingOfAForgottenVersionUntilItIsBack() {
        metrics.ended("call", null, 1);
        metrics.compared("call", Compared.SAME);
        metrics.forget();
        assertThat(lines()).noneMatch(line -> line.contains("version=\"7\""));
        metrics.ended("call", null, 1);
        metrics.compared("call", Compared.SAME);
        metrics.compared("call", Compared.DIFFERENT);
        assertThat(lines()).as("what ends late counts nowhere").noneMatch(line -> line.contains("version=\"7\""));
        new MicrometerDispatchMetrics(registry, ECHO).ended("call", null, 1);
        assertThat(lines())
                .contains(
                        "sluice_queries_total{actor=\"echo\",code=\"ok\",method=\"call\",outcome=\"answered\",tier=\"router\",version=\"7\"} 1.0");
    }
}
