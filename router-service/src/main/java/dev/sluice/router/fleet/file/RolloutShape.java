package dev.sluice.router.fleet.file;

import dev.sluice.router.fleet.change.RolloutChange;
import dev.sluice.router.fleet.file.Struct.Values;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.goal.RolloutLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A rollout that is to begin, or how one that runs is to go on. */
final class RolloutShape {

    private static final Shape<Integer> PERCENT = Scalars.whole(0, 100);

    static final Field<Integer> WEIGHT =
            new Field<>("weight", PERCENT, "The part of the queries that the version gets from now on, in percent.");

    static final Field<Boolean> HELD = new Field<>(
            "held",
            Scalars.flag(),
            "Whether the weight stays until somebody changes it, as a canary; true where a weight is given.");

    static final Field<List<Integer>> STEPS = new Field<>(
            "steps",
            new Items<>(Scalars.whole(1, 100), "Write rising percents, such as " + Rollout.USUAL_STEPS + "."),
            "Weights that follow each other, rising, in percent; the last is 100. " + Rollout.USUAL_STEPS
                    + " unless set.");

    static final Field<Duration> STEP_TIME = new Field<>(
            "step-time",
            Scalars.time(),
            "How long each weight is held, once the version's replicas are ready; "
                    + Rollout.USUAL_STEP_TIME.toSeconds() + "s unless set.");

    static final Field<Double> ERROR_MARGIN = new Field<>(
            "error-margin",
            Scalars.number("0.01", Map.of("type", "number", "minimum", 0, "maximum", 1)),
            "By how much the part of its queries that fails may be larger: 0.01 is one in a hundred; "
                    + RolloutLimits.USUAL.errorMargin() + " unless set.");

    static final Field<Double> LATENCY_MARGIN = new Field<>(
            "latency-margin",
            Scalars.number("0.5", Map.of("type", "number", "minimum", 0)),
            "By how much its batches may run longer: 0.5 is half as long again; " + RolloutLimits.USUAL.latencyMargin()
                    + " unless set.");

    static final Field<Integer> LEAST_QUERIES = new Field<>(
            "least-queries",
            Scalars.whole(1, Integer.MAX_VALUE),
            "How many queries of it must have ended before it is judged and goes on; "
                    + RolloutLimits.USUAL.leastQueries() + " unless set.");

    static final Struct FIELDS = new Struct(
            ActorShape.versionAnd(WEIGHT, HELD, STEPS, STEP_TIME, ERROR_MARGIN, LATENCY_MARGIN, LEAST_QUERIES),
            List.of());

    private RolloutShape() {}

    static RolloutChange change(Values values) {
        return new RolloutChange(
                ActorShape.change(values),
                values.get(WEIGHT),
                values.get(HELD),
                values.get(STEPS),
                values.get(STEP_TIME),
                values.get(ERROR_MARGIN),
                values.get(LATENCY_MARGIN),
                values.get(LEAST_QUERIES));
    }
}
