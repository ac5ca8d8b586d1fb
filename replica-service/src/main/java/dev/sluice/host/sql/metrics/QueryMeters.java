package dev.sluice.host.sql.metrics;

import dev.sluice.host.sql.file.FoundFile;
import dev.sluice.host.sql.repository.QueryStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** The meters of a host's folder of SQL files. */
public final class QueryMeters {

    private QueryMeters() {}

    /** Counts what lies there by how it stands, whenever it is asked for. */
    public static void of(Supplier<Map<FoundFile.Id, QueryStatus>> statuses, MeterRegistry registry) {
        for (QueryStatus.State state : QueryStatus.State.values()) {
            Gauge.builder(
                            "sluice.sql.files",
                            () -> statuses.get().values().stream()
                                    .filter(status -> status.state() == state)
                                    .count())
                    .description("Files of SQL actors in the folder by state")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }
}
