package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** All of a tier, one after the other: each is asked to end, and the next has its turn when it is ready again. */
record RestartedInTurn(Tier tier) implements Fault {

    @Override
    public String name() {
        return "restart " + tier.word() + "s";
    }

    @Override
    public String what() {
        return "each is asked to end (SIGTERM) and started again, one after the other";
    }

    @Override
    public Episode happen(FaultSite site, Duration hold) throws IOException {
        long from = System.nanoTime();
        long gently = 0;
        for (ServiceProcess process : site.all(tier)) {
            gently += process.stop() ? 1 : 0;
            process.restart();
            site.awaitReady();
        }
        long ready = System.nanoTime();
        return new Episode(from, ready, ready, List.of())
                .with(Bar.atLeast(
                        name() + ": processes that ended by themselves",
                        gently,
                        site.all(tier).size()));
    }
}
