package dev.sluice.host.onnx.metrics;

import dev.sluice.host.onnx.repository.FoundVersion;
import dev.sluice.host.onnx.repository.LoadCounter;
import dev.sluice.host.onnx.repository.ModelStatus;
import dev.sluice.host.onnx.session.NativeObjects;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** The meters of a host's models. */
public final class ModelMeters implements LoadCounter {

    private final Counter good;
    private final Counter bad;

    public ModelMeters(MeterRegistry registry, NativeObjects counted) {
        good = loads(registry, "good");
        bad = loads(registry, "broken");
        Gauge.builder("sluice.model.sessions", counted, NativeObjects::sessions)
                .description("Models in memory")
                .register(registry);
        Gauge.builder("sluice.model.tensors", counted, NativeObjects::values)
                .description("Tensors that ONNX Runtime holds at the moment")
                .register(registry);
    }

    private static Counter loads(MeterRegistry registry, String outcome) {
        return Counter.builder("sluice.model.loads")
                .description("Versions of models that were loaded, first or again")
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public void loaded(boolean isGood) {
        (isGood ? good : bad).increment();
    }

    /** @param statuses of all versions in the folder, asked for again and again */
    public void states(MeterRegistry registry, Supplier<Map<FoundVersion, ModelStatus>> statuses) {
        for (ModelStatus.State state : ModelStatus.State.values()) {
            Gauge.builder(
                            "sluice.models",
                            () -> statuses.get().values().stream()
                                    .filter(status -> status.state() == state)
                                    .count())
                    .description("Versions of models in the folder by state")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }
}
