package dev.sluice.router.fleet.file;

import dev.sluice.common.actor.ActorScheduling;
import dev.sluice.common.config.SchedulingLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** What is asked of the {@code deadline} scheduler. */
final class SchedulingShape implements Shape<ActorScheduling> {

    private static final Field<Boolean> DEFERRAL = new Field<>(
            "deferral", Scalars.flag(), "Whether a batch waits for more queries as long as its deadlines allow.");

    private static final Field<Boolean> HEDGING = new Field<>(
            "hedging",
            Scalars.flag(),
            "Whether a batch that takes unusually long is run once more elsewhere; the actor must be idempotent.");

    private static final Field<Double> HEDGE_SHARE = new Field<>(
            "hedge-share",
            Scalars.number("0.02", Map.of("type", "number", "minimum", 0, "maximum", 1)),
            "The most that hedging may add to the replicas' work, 0 to 1.");

    private static final Field<Map<String, Double>> TENANT_WEIGHTS = new Field<>(
            "tenant-weights",
            new Entries<>(
                    Scalars.number("3", Map.of("type", "number", "exclusiveMinimum", 0)),
                    "Write tenants with their weights below it, indented, such as 'acme: 3'."),
            "What a tenant's share weighs under overload, above 0; 1 where it is not named.");

    private static final Field<Double> PRIORITY_WEIGHT = new Field<>(
            "priority-weight",
            Scalars.number(
                    "4", Map.of("type", "number", "minimum", 1, "maximum", (int) SchedulingLimits.HEAVIEST_PRIORITY)),
            "How much more each level of priority weighs than the one below it, 1 to 1000; 1 ignores priorities.");

    private static final Field<Integer> MOST_TENANTS = new Field<>(
            "most-tenants", Scalars.whole(1, Integer.MAX_VALUE), "How many tenants have a share of their own at once.");

    private static final Struct FIELDS = new Struct(
            List.of(DEFERRAL, HEDGING, HEDGE_SHARE, TENANT_WEIGHTS, PRIORITY_WEIGHT, MOST_TENANTS), List.of());

    @Override
    public Optional<ActorScheduling> read(Node node, String path, Reading reading) {
        return FIELDS.read(node, path, reading)
                .map(values -> new ActorScheduling(
                        values.get(DEFERRAL),
                        values.get(HEDGING),
                        values.get(HEDGE_SHARE),
                        values.get(TENANT_WEIGHTS).orElse(Map.of()),
                        values.get(PRIORITY_WEIGHT),
                        values.get(MOST_TENANTS)));
    }

    @Override
    public Map<String, Object> schema() {
        return FIELDS.schema();
    }
}
