package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.network.Weather;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

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
    public List<Bar> happen(FaultSite site, Duration hold) throws IOException {
        int router = site.busyRouter();
        site.weather(tier, router, Weather.CUT);
        FaultSite.pause(hold);
        site.weather(tier, router, Weather.FINE);
        site.awaitReady();
        return List.of();
    }
}
