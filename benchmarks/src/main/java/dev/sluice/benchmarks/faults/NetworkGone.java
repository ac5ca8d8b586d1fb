package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.network.Weather;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.cli.platform.Tier;
import java.time.Duration;
import java.util.List;

/** No frontend and no host reaches any router. */
record NetworkGone() implements Fault {

    @Override
    public String name() {
        return "no network";
    }

    @Override
    public String what() {
        return "no frontend and no host reaches any router";
    }

    @Override
    public List<Bar> happen(FaultSite site, Duration hold) {
        site.weather(Tier.FRONTEND, Weather.CUT);
        site.weather(Tier.HOST, Weather.CUT);
        FaultSite.pause(hold);
        site.weather(Tier.FRONTEND, Weather.FINE);
        site.weather(Tier.HOST, Weather.FINE);
        site.awaitReady();
        return List.of();
    }
}
