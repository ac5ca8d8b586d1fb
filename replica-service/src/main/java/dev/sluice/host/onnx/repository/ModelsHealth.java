package dev.sluice.host.onnx.repository;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Ready when all that lay in the folder of models at the start was looked at. What is broken is shown, and keeps nothing else down. */
public final class ModelsHealth implements HealthIndicator {

    private final @Nullable ModelWatch watch;

    /** @param watch null where there is no folder */
    public ModelsHealth(@Nullable ModelWatch watch) {
        this.watch = watch;
    }

    @Override
    public Health health() {
        ModelWatch watched = watch;
        if (watched == null) {
            return Health.up().build();
        }
        Map<String, String> shown = new TreeMap<>();
        watched.statuses()
                .forEach((version, status) -> shown.put(
                        version.model() + " " + version.version(),
                        status.reason().isEmpty() ? status.state().name() : status.state() + ": " + status.reason()));
        Health.Builder health =
                watched.looked() ? Health.up() : Health.outOfService().withDetail("reason", "models are being loaded");
        return health.withDetail("models", shown).build();
    }
}
