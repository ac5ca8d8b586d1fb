package dev.sluice.benchmarks.faults;

import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.time.Duration;

/** All of a tier are cut off from the router that has the queries: nothing arrives, and nobody is told. */
record NetworkCut(Tier tier) implements Fault {

    @Override
    public String name() {
        return "cut " + tier.word() + "s";
    }

    @Override
    public String what() {
        return "all " + tier.word() + "s are cut off from the router that has the queries";
    }

    @Override
    public Episode happen(FaultSite site, Duration hold) throws IOException {
        return Cut.of(site.network().between(tier, site.busyRouter()), site, hold, name());
    }
}
