package dev.sluice.router.fleet.rollout;

import dev.sluice.router.fleet.rollout.VersionCounts.Size;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How long batches of one method run on one version, by size. */
final class RunCurve {

    /** From fewer looks nobody can tell how far they differ. */
    private static final int FEWEST_LOOKS = 20;

    private final NavigableMap<Integer, Mean> bySize = new TreeMap<>();

    private RunCurve() {}

    /** By method, of the sizes that enough is known of. */
    static Map<String, RunCurve> of(Map<Size, Mean> runs) {
        Map<String, RunCurve> curves = new HashMap<>();
        runs.forEach((size, mean) -> {
            if (mean.looks() >= FEWEST_LOOKS) {
                curves.computeIfAbsent(size.method(), first -> new RunCurve())
                        .bySize
                        .put(size.rows(), mean);
            }
        });
        return curves;
    }

    NavigableMap<Integer, Mean> bySize() {
        return bySize;
    }

    /** What batches of a size take, between the two sizes beside it; null where it is not between any. */
    @Nullable RunTime at(int rows) {
        Map.Entry<Integer, Mean> below = bySize.floorEntry(rows);
        Map.Entry<Integer, Mean> above = bySize.ceilingEntry(rows);
        if (below == null || above == null) {
            return null;
        }
        int gap = above.getKey() - below.getKey();
        double part = gap == 0 ? 0 : (double) (rows - below.getKey()) / gap;
        return new RunTime(
                (1 - part) * below.getValue().value() + part * above.getValue().value(),
                (1 - part) * Math.sqrt(below.getValue().variance())
                        + part * Math.sqrt(above.getValue().variance()));
    }

    RunLine line() {
        return new RunLine(bySize);
    }
}
