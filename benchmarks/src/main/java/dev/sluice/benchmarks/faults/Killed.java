package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** {@code kill -9}, and a new start after a while. */
record Killed(Tier tier) implements Fault {

    @Override
    public String name() {
        return "kill " + tier.word();
    }

    @Override
    public String what() {
        return "one is killed, and started again";
    }

    @Override
    public List<Bar> happen(FaultSite site, Duration hold) throws IOException {
        ServiceProcess victim = site.victim(tier);
        victim.kill();
        FaultSite.pause(hold);
        victim.restart();
        site.awaitReady();
        return List.of();
    }
}
