package dev.sluice.frontend.metrics;

import dev.sluice.frontend.gateway.Ledger;
import dev.sluice.frontend.gateway.Routers;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** The rest of the ledger: what was accepted, and what is still in flight. */
public final class LedgerGauges implements MeterBinder {

    private final Ledger ledger;
    private final Routers routers;

    public LedgerGauges(Ledger ledger, Routers routers) {
        this.ledger = ledger;
        this.routers = routers;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        FunctionCounter.builder("sluice.queries.accepted", ledger, Ledger::acceptedCount)
                .description("Queries that were accepted; each ends with one outcome")
                .register(meters);
        Gauge.builder("sluice.link.inflight", ledger, Ledger::inFlight)
                .description("Queries that have no outcome yet")
                .register(meters);
        Gauge.builder("sluice.retry.budget", routers, Routers::retriesSaved)
                .description("Retries that are saved up")
                .register(meters);
        Gauge.builder("sluice.link.routers", routers, Routers::linked)
                .description("Routers that are linked")
                .register(meters);
    }
}
