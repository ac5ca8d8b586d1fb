package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.network.Weather;
import dev.sluice.benchmarks.report.Bar;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Every link is slow and loses some. */
record NetworkSlow() implements Fault {

    /** There and back over two links. */
    private static final double LEAST_MILLIS = 4.0 * Weather.STORM.delay().toMillis();

    @Override
    public String name() {
        return "bad network";
    }

    @Override
    public String what() {
        return "every link has 20 to 40 ms each way, 1 MiB/s, and 2 in 100 pieces come 200 ms late, as lost ones do";
    }

    @Override
    public Episode happen(FaultSite site, Duration hold) throws IOException {
        Network.Part all = site.network().whole();
        return site.during(
                () -> all.weather(Weather.STORM),
                () -> FaultSite.pause(hold.multipliedBy(2)),
                () -> all.weather(Weather.FINE));
    }

    @Override
    public List<Bar> bars(Aftermath aftermath) {
        return List.of(Bar.atLeast(
                name() + ": median time of an answer meanwhile, ms", aftermath.medianMillisMeanwhile(), LEAST_MILLIS));
    }
}
