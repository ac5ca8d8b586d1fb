package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.network.Weather;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.cli.platform.Tier;
import java.time.Duration;
import java.util.List;

/** Every link is slow and loses some. */
record NetworkSlow() implements Fault {

    @Override
    public String name() {
        return "bad network";
    }

    @Override
    public String what() {
        return "every link has 20 to 40 ms each way, 1 MiB/s, and 2 in 100 pieces come 200 ms late, as lost ones do";
    }

    @Override
    public List<Bar> happen(FaultSite site, Duration hold) {
        site.weather(Tier.FRONTEND, Weather.STORM);
        site.weather(Tier.HOST, Weather.STORM);
        FaultSite.pause(hold.multipliedBy(2));
        site.weather(Tier.FRONTEND, Weather.FINE);
        site.weather(Tier.HOST, Weather.FINE);
        site.awaitReady();
        return List.of();
    }
}
