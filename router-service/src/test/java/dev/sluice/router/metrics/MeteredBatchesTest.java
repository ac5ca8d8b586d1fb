package dev.sluice.router.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.router.dispatch.BatchFigures.OfMethod;
import dev.sluice.router.dispatch.BatchFigures.UpTo;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeteredBatchesTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MicrometerDispatchMetrics metrics = new MicrometerDispatchMetrics(
            registry,
            new ActorDescriptor(
                    "echo",
                    "7",
                    true,
                    1000,
                    "fifo",
                    "",
                    List.of(
                            new MethodDescriptor("call", true, 8, 0, false, "String", "String"),
                            new MethodDescriptor("never", true, 8, 0, false, "String", "String"))));

    @Test
    void readsBackWhatWasMeasured() {
        metrics.batchSent("call", 1);
        metrics.batchSent("call", 3);
        metrics.batchSent("call", 8);
        metrics.batchDone("call", 4_000, 0, 0);
        metrics.batchDone("call", 6_000, 0, 0);
        metrics.waited("call", 700);

        List<OfMethod> all = new MeteredBatches(registry).all();

        assertThat(all).hasSize(1);
        OfMethod call = all.get(0);
        assertThat(List.of(call.actor(), call.version(), call.method())).containsExactly("echo", "7", "call");
        assertThat(call.batches()).isEqualTo(3);
        assertThat(call.queries()).isEqualTo(12);
        assertThat(call.sizes()).contains(new UpTo(1, 1), new UpTo(2, 1), new UpTo(4, 2), new UpTo(8, 3));
        assertThat(call.runNanos()).isEqualTo(10_000);
        assertThat(call.waitNanos()).isEqualTo(700);
    }
}
