package dev.sluice.benchmarks.schedule;

import dev.sluice.scheduling.Queued;

/** A query of the simulation. */
final class SimQuery extends Queued {

    static final String METHOD = "call";

    private final int sloClass;
    private final Workload.TenantShare tenant;
    final int tenantIndex;
    final int attempt;

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
