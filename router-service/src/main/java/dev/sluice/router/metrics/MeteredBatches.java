package dev.sluice.router.metrics;

import dev.sluice.router.dispatch.BatchFigures;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Reads back what is measured anyway: dispatching counts nothing for this. */
public final class MeteredBatches implements BatchFigures {

    private final MeterRegistry meters;

    public MeteredBatches(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public List<OfMethod> all() {
        Map<Tags, Double> runs = totals("sluice.batch.duration");
        Map<Tags, Double> waits = totals("sluice.queue.wait");
        List<OfMethod> figures = new ArrayList<>();
        for (DistributionSummary sizes : meters.find("sluice.batch.size").summaries()) {
            if (sizes.count() > 0) {
                Tags tags = Tags.of(sizes.getId().getTags());
                figures.add(of(sizes, runs.getOrDefault(tags, 0.0), waits.getOrDefault(tags, 0.0)));
            }
        }
        return figures;
    }

    private Map<Tags, Double> totals(String name) {
        Map<Tags, Double> totals = new HashMap<>();
        for (Timer timer : meters.find(name).timers()) {
            totals.put(Tags.of(timer.getId().getTags()), timer.totalTime(TimeUnit.NANOSECONDS));
        }
        return totals;
    }

    private static OfMethod of(DistributionSummary sizes, double runNanos, double waitNanos) {
        HistogramSnapshot seen = sizes.takeSnapshot();
        List<UpTo> buckets = Stream.of(seen.histogramCounts())
                .map(bucket -> new UpTo((int) bucket.bucket(), (long) bucket.count()))
                .toList();
        Meter.Id id = sizes.getId();
        return new OfMethod(
                tag(id, "actor"),
                tag(id, "version"),
                tag(id, "method"),
                seen.count(),
                (long) seen.total(),
                buckets,
                (long) runNanos,
                (long) waitNanos);
    }

    private static String tag(Meter.Id id, String key) {
        String value = id.getTag(key);
        return value == null ? "" : value;
    }
}
