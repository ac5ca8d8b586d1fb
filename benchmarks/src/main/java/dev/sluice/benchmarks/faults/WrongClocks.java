package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.cli.platform.PlatformException;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The clock of one process of each tier is set an hour ahead, then an hour back, then right, while it runs. */
record WrongClocks() implements Fault {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TOLERANCE = Duration.ofMinutes(10);
    private static final Duration MOST_TO_FOLLOW = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(200);

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
    public Episode happen(FaultSite site, Duration hold) throws IOException {
        long from = System.nanoTime();
        int seen = 0;
        for (Tier tier : Tier.values()) {
            ServiceProcess victim = site.victim(tier);
            try {
                for (int sign : new int[] {1, -1}) {
                    site.clocks().set(victim, sign > 0 ? "+1h" : "-1h");
                    FaultSite.pause(hold);
                    seen += isAhead(victim, HOUR.multipliedBy(sign)) ? 1 : 0;
                }
            } finally {
                site.clocks().set(victim, "+0");
            }
            awaitRight(victim);
        }
        long over = System.nanoTime();
        site.awaitReady();
        return new Episode(from, over, System.nanoTime(), List.of())
                .with(Bar.atLeast("wrong clocks: processes that were seen to be off, of 6", seen, 6));
    }

    /** Nobody has to notice: what is wrong is looked at while it is. */
    @Override
    public List<Bar> bars(Aftermath aftermath) {
        return List.of(Bar.atLeast(
                "wrong clocks: attainment while they are wrong", aftermath.attainmentMeanwhile(), Aftermath.GOOD));
    }

    private static void awaitRight(ServiceProcess process) throws IOException {
        long start = System.nanoTime();
        while (!isAhead(process, Duration.ZERO)) {
            if (System.nanoTime() - start >= MOST_TO_FOLLOW.toNanos()) {
                throw new PlatformException("The clock of " + process.name() + " does not follow its file.");
            }
            FaultSite.pause(GLANCE);
        }
    }

    private static boolean isAhead(ServiceProcess process, Duration by) throws IOException {
        return FakedClocks.ahead(process).minus(by).abs().compareTo(TOLERANCE) < 0;
    }
}
