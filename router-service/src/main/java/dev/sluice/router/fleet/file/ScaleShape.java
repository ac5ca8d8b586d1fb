package dev.sluice.router.fleet.file;

import dev.sluice.router.fleet.change.ScaleChange;
import dev.sluice.router.fleet.file.Struct.Values;
import java.time.Duration;
import java.util.List;

/** How many replicas an actor is to have from now on. What is not said stays as it is. */
final class ScaleShape {

    private static final Field<Integer> REPLICAS =
            new Field<>("replicas", Replicas.FIXED, "Exactly so many; not together with min or max.");

    private static final Field<Integer> MIN =
            new Field<>("min", Replicas.FEWEST, "The fewest replicas; 0: none while nobody calls the actor.");

    private static final Field<Integer> MAX = new Field<>("max", Replicas.FIXED, "The most replicas.");

    private static final Field<Double> UTILISATION =
            new Field<>("target-utilisation", Replicas.PART, "The part of a replica's time that is to be used.");

    private static final Field<Duration> DOWN_AFTER = new Field<>(
            "down-after", Scalars.time(), "For how long fewer replicas must have sufficed before any is taken away.");

    static final Struct FIELDS = new Struct(List.of(REPLICAS, MIN, MAX, UTILISATION, DOWN_AFTER), List.of());

    private ScaleShape() {}

    static ScaleChange change(Values values) {
        return new ScaleChange(
                values.get(REPLICAS),
                values.get(MIN),
                values.get(MAX),
                values.get(UTILISATION),
                values.get(DOWN_AFTER));
    }
}
