package dev.sluice.host.sql.repository;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Ready when all that lay in the folder at the start was looked at. What is broken is shown, and keeps nothing else down. */
public final class QueriesHealth implements HealthIndicator {

    private final @Nullable QueryWatch watch;

    /** @param watch null where there is no folder */
    public QueriesHealth(@Nullable QueryWatch watch) {
        this.watch = watch;
    }

    @Override
    public Health health() {
        QueryWatch watched = watch;
        if (watched == null) {
            return Health.up().build();
        }
        Map<String, String> shown = new LinkedHashMap<>();
        watched.statuses().forEach((id, status) -> shown.put(id.actor() + " " + id.version(), status.toString()));
        Health.Builder health = watched.looked()
                ? Health.up()
                : Health.outOfService().withDetail("reason", "SQL actors are being tried");
        return health.withDetail("queries", shown).build();
    }
}
