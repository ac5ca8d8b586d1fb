package dev.sluice.benchmarks.faults;

import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.time.Duration;

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
    public Episode happen(FaultSite site, Duration hold) throws IOException {
        ServiceProcess victim = site.victim(tier);
        return site.during(victim::kill, () -> FaultSite.pause(hold), victim::restart);
    }
}
