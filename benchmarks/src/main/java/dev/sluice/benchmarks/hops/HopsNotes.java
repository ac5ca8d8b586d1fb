package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How a run of the {@code hops} bench was measured, in sentences. */
final class HopsNotes {

    /** From here on, others disturb what is measured. */
    private static final double QUIET_CORES = 0.1;

    private final int cores;

    HopsNotes(int cores) {
        this.cores = cores;
    }

    List<String> of(HopsPlan plan, List<Level> levels, long checked, OptionalDouble bystanders) {
        List<String> notes = new ArrayList<>();
        notes.add("%d x %.1f s per side and level in alternation, medians; before that %d s of warm-up per side"
                .formatted(
                        plan.rounds(),
                        plan.measured().toMillis() / 1e3,
                        plan.warmUp().toSeconds()));
        notes.add(Table.count(checked) + " replies checked, status and every byte of the body: none was wrong");
        notes.add(generator(levels));
        levels.stream()
                .filter(level -> !level.coresUsed().isEmpty())
                .map(HopsNotes::coresUsed)
                .forEach(notes::add);
        bystanders.ifPresent(used -> notes.add("others used %.2f of the %d cores meanwhile%s"
                .formatted(used, cores, used > QUIET_CORES ? ": a disturbed measurement" : "")));
        notes.add(HopsReport.AIMS);
        return notes;
    }

    private String generator(List<Level> levels) {
        String shares = levels.stream()
                .map(level -> "%.0f / %.0f %% at %d"
                        .formatted(
                                share(level.echo().generatorCores()),
                                share(level.tiers().generatorCores()),
                                level.connections()))
                .collect(Collectors.joining(", "));
        return "the load generator's share of the " + cores + " cores (echo / tiers): " + shares + " connections";
    }

    private double share(double coresUsed) {
        return 100 * coresUsed / cores;
    }

    private static String coresUsed(Level level) {
        return "cores used at " + level.connections() + ": "
                + new TreeMap<>(level.coresUsed())
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + " " + Table.decimals(entry.getValue(), 2))
                                .collect(Collectors.joining(", "));
    }
}
