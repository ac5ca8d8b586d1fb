package dev.sluice.benchmarks.faults;

import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Nothing is left that could run a query, until they are back. */
record HostsKilled() implements Fault {

    @Override
    public String name() {
        return "kill all hosts";
    }

    @Override
    public String what() {
        return "all hosts are killed at once, and started again at once";
    }

    @Override
    public Episode happen(FaultSite site, Duration hold) throws IOException {
        return site.during(
                () -> site.all(Tier.HOST).forEach(ServiceProcess::kill),
                () -> {},
                () -> site.all(Tier.HOST).forEach(ServiceProcess::restart));
    }

    /** Routers hold queries for a while from when the last replica is gone; then they refuse them until there is one. */
    @Override
    public Optional<Span> outage(Episode episode, FaultPlan plan) {
        return Optional.of(new Span(episode.from(), episode.ready()));
    }
}
