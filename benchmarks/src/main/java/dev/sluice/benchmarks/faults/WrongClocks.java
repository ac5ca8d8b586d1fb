package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The clock of one process of each tier is set an hour ahead, then an hour back, then right, while it runs. */
record WrongClocks() implements Fault {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration NEARLY = Duration.ofMinutes(50);

    @Override
    public String name() {
        return "wrong clocks";
    }

    @Override
    public String what() {
        return "the wall clock of one process of each tier jumps an hour ahead, two back, and is right again";
    }

    @Override
    public Shape shape() {
        return Shape.CLOCKS;
    }

    @Override
    public List<Bar> happen(FaultSite site, Duration hold) throws IOException {
        int seen = 0;
        for (Tier tier : Tier.values()) {
            ServiceProcess victim = site.victim(tier);
            for (int sign : new int[] {1, -1}) {
                site.clocks().set(victim, sign > 0 ? "+1h" : "-1h");
                FaultSite.pause(hold);
                seen += isOff(victim, HOUR.multipliedBy(sign)) ? 1 : 0;
            }
            site.clocks().set(victim, "+0");
            FaultSite.pause(hold);
        }
        site.awaitReady();
        return List.of(Bar.atLeast("wrong clocks: processes that were seen to be off, of 6", seen, 6));
    }

    private static boolean isOff(ServiceProcess process, Duration by) throws IOException {
        Duration ahead = FakedClocks.ahead(process);
        return ahead.minus(by).abs().compareTo(HOUR.minus(NEARLY)) < 0;
    }
}
