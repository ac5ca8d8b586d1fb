package dev.sluice.benchmarks.schedule;

import dev.sluice.scheduling.Queued;
import org.jspecify.annotations.Nullable;

/** A query of the simulation. */
final class SimQuery extends Queued {

    static final String METHOD = "call";

    private final int sloClass;
    private final Workload.TenantShare tenant;
    final int tenantIndex;
    final int attempt;

    /** The replica that it was sent to. */
    @Nullable SimReplica replica;

    /** Whether its client knows what became of it, or does not care any more. */
    boolean ended;

    SimQuery(long arrived, long slo, int sloClass, Workload.TenantShare tenant, int tenantIndex, int attempt) {
        super(METHOD, arrived + slo, arrived, tenant.priority(), 1);
        this.sloClass = sloClass;
        this.tenant = tenant;
        this.tenantIndex = tenantIndex;
        this.attempt = attempt;
    }

    int sloClass() {
        return sloClass;
    }

    @Override
    public String tenant() {
        return tenant.name();
    }
}
