package dev.sluice.benchmarks.codec;

import dev.sluice.benchmarks.jmh.EventLoopThreads;
import dev.sluice.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures every operation on every kind of frame, one after the other. */
final class CodecRun {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final CodecPlan plan;
    private final Consumer<String> progress;

    CodecRun(CodecPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** @throws RunnerException where a benchmark failed; its output is on standard error */
    List<FrameCosts> run() throws RunnerException {
        EventLoopThreads.useHere();
        List<FrameCosts> frames = new ArrayList<>();
        for (FrameKind kind : FrameKind.values()) {
            Map<Operation, Cost> costs = new EnumMap<>(Operation.class);
            for (Operation operation : Operation.values()) {
                Cost cost = measure(operation.pattern(kind));
                costs.put(operation, cost);
                progress.accept("%s %s: %s ns, %s B"
                        .formatted(
                                operation.name().toLowerCase(Locale.ROOT),
                                kind.name().toLowerCase(Locale.ROOT),
                                Table.decimals(cost.nanos(), 1),
                                Table.decimals(cost.bytes(), 1)));
            }
            frames.add(new FrameCosts(kind, costs));
        }
        return frames;
    }

    private Cost measure(String pattern) throws RunnerException {
        Options options = new OptionsBuilder()
                .include(pattern)
                .forks(plan.forks())
                .jvmArgsAppend(EventLoopThreads.jvmArguments())
                .warmupIterations(plan.warmUpIterations())
                .warmupTime(TimeValue.milliseconds(plan.iteration().toMillis()))
                .measurementIterations(plan.iterations())
                .measurementTime(TimeValue.milliseconds(plan.iteration().toMillis()))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        Collection<RunResult> results = new Runner(options).run();
        if (results.size() != 1) {
            throw new RunnerException("there are " + results.size() + " benchmarks like " + pattern + ", not one");
        }
        RunResult result = results.iterator().next();
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        // A missing number must not pass for zero.
        double bytes = allocated == null ? Double.NaN : allocated.getScore();
        return new Cost(result.getPrimaryResult().getScore(), bytes);
    }
}
