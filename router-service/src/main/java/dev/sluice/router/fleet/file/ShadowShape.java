package dev.sluice.router.fleet.file;

import dev.sluice.router.fleet.change.ShadowChange;
import dev.sluice.router.fleet.file.Struct.Values;
import java.util.List;

/** A version that is to be tried with copies of queries. */
final class ShadowShape {

    static final Field<Integer> PERCENT = new Field<>(
            "percent",
            Scalars.whole(0, 100),
            "Of the queries that are copied; " + ShadowChange.USUAL_PERCENT + " unless set.");

    static final Field<Integer> REPLICAS =
            new Field<>("replicas", Replicas.FIXED, "How many replicas the version has; 1 unless set.");

    static final Struct FIELDS = new Struct(ActorShape.versionAnd(PERCENT, REPLICAS), List.of());

    private ShadowShape() {}

    static ShadowChange change(Values values) {
        return new ShadowChange(ActorShape.change(values), values.get(PERCENT), values.get(REPLICAS));
    }
}
