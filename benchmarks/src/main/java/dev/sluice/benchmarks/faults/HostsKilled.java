package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.time.Duration;
import java.util.List;

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
    public List<Bar> happen(FaultSite site, Duration hold) {
        site.all(Tier.HOST).forEach(ServiceProcess::kill);
        site.all(Tier.HOST).forEach(ServiceProcess::restart);
        site.awaitReady();
        return List.of();
    }
}
