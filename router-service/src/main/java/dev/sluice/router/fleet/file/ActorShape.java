package dev.sluice.router.fleet.file;

import dev.sluice.common.actor.ActorNames;
import dev.sluice.common.actor.ActorScheduling;
import dev.sluice.common.actor.SchedulerNames;
import dev.sluice.common.config.ActorLimits;
import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.fleet.change.VersionChange;
import dev.sluice.router.fleet.file.Struct.Values;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.GoalRules;
import dev.sluice.router.fleet.goal.Scale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** One actor of the file: its fields, and what they come to. */
final class ActorShape {

    static final String FIRST_VERSION = "1";

    private static final Map<String, Object> NAME = Map.of(
            "type",
            List.of("string", "number"),
            "pattern",
            "^[a-zA-Z0-9][a-zA-Z0-9._-]*$",
            "maxLength",
            ActorNames.MAX_LENGTH);

    private static final Field<String> VERSION = new Field<>(
            "version", Scalars.text(NAME), "The version of the code or model; \"" + FIRST_VERSION + "\" unless set.");

    private static final Field<String> KIND = new Field<>(
            "kind",
            Scalars.oneOf(ActorKinds.ALL),
            "The kind of actor; " + ActorKinds.JAVA + " unless set, but where there is a pipeline.");

    private static final Field<String> TYPE = new Field<>(
            "type",
            Scalars.text(),
            "What of its kind: for java the name that its class is published under, for onnx the name of the model's folder;"
                    + " the actor's own name unless set.");

    private static final Field<Map<String, String>> ARGS = new Field<>(
            "args",
            new Entries<>(Scalars.text(), "Write arguments below it, indented, such as 'increment: 3'."),
            "Constructor arguments by key.");

    private static final Field<String> PIPELINE = new Field<>(
            ActorKinds.PIPELINE,
            new PipelineShape(),
            "Of an actor that is made of others: its steps, and how their results make one.");

    private static final Field<Scale> REPLICAS = new Field<>(
            "replicas",
            new Replicas(),
            "How many replicas: a number, or bounds between which the router chooses. 1 unless set.");

    private static final Field<Integer> MAX_BATCH_SIZE = new Field<>(
            "max-batch-size",
            Scalars.whole(1, ActorLimits.LARGEST_BATCH),
            "Queries that a batch may hold, for all batched methods.");

    private static final Field<Duration> MAX_WAIT = new Field<>(
            "max-wait",
            Scalars.time(),
            "How long the scheduler fifo waits for a batch to fill, for all batched methods; shorter than the slo.");

    private static final Field<Duration> SLO =
            new Field<>("slo", Scalars.time(), "The SLO of queries that name none, from 1ms to 24h.");

    private static final Field<String> SCHEDULER = new Field<>(
            "scheduler",
            Scalars.oneOf(SchedulerNames.ALL),
            "fifo (order of arrival) or deadline (the most urgent first).");

    private static final Field<Boolean> IDEMPOTENT = new Field<>(
            "idempotent", Scalars.flag(), "Whether a query may be run again when it is not known if it ran.");

    private static final Field<ActorScheduling> SCHEDULING =
            new Field<>("scheduling", new SchedulingShape(), "What is asked of the scheduler deadline.");

    private static final Field<Integer> ROUTERS = new Field<>(
            "routers",
            Scalars.whole(1, GoalRules.MOST_ROUTERS),
            "Over how many routers the actor's queries are spread; 1 unless set.");

    static final Struct FIELDS = new Struct(
            List.of(
                    VERSION,
                    KIND,
                    TYPE,
                    ARGS,
                    PIPELINE,
                    REPLICAS,
                    MAX_BATCH_SIZE,
                    MAX_WAIT,
                    SLO,
                    SCHEDULER,
                    IDEMPOTENT,
                    SCHEDULING,
                    ROUTERS),
            List.of());

    /** Of one version alone. */
    private static final List<Field<?>> OF_A_VERSION = List.of(
            VERSION, KIND, TYPE, ARGS, PIPELINE, MAX_BATCH_SIZE, MAX_WAIT, SLO, SCHEDULER, IDEMPOTENT, SCHEDULING);

    private ActorShape() {}

    /** What is wanted; what does not look as it should is left as if it were not set. */
    static ActorGoal read(String name, Node node, String path, Reading reading) {
        return goal(name, FIELDS.read(node, path, reading).orElse(new Values(Map.of())));
    }

    static ActorGoal goal(String name, Values values) {
        VersionSpec version = new VersionSpec(
                values.get(VERSION).orElse(FIRST_VERSION),
                values.get(KIND).orElse(values.get(PIPELINE).isPresent() ? ActorKinds.PIPELINE : ActorKinds.JAVA),
                values.get(TYPE).orElse(name),
                args(values).orElse(Map.of()),
                settings(values));
        return new ActorGoal(
                name,
                version,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                values.get(REPLICAS).orElse(Scale.fixed(1)),
                values.get(ROUTERS).orElse(1));
    }

    /** The definition of a pipeline is an argument like others: stores, rollouts and hosts need not know of it. */
    private static Optional<Map<String, String>> args(Values values) {
        Optional<Map<String, String>> args = values.get(ARGS);
        return values.get(PIPELINE)
                .map(definition -> {
                    Map<String, String> all = new LinkedHashMap<>(args.orElse(Map.of()));
                    all.put(ActorKinds.PIPELINE, definition);
                    return all;
                })
                .or(() -> args);
    }

    private static VersionSettings settings(Values values) {
        return new VersionSettings(
                values.get(SLO).map(Duration::toMillis),
                values.get(SCHEDULER),
                values.get(MAX_BATCH_SIZE),
                values.get(MAX_WAIT).map(Duration::toMillis),
                values.get(IDEMPOTENT),
                values.get(SCHEDULING));
    }

    /** What is said of a version that differs from another. */
    static VersionChange change(Values values) {
        return new VersionChange(
                values.get(VERSION), values.get(KIND), values.get(TYPE), args(values), settings(values));
    }

    /** Those of a version, and others beside them. */
    static List<Field<?>> versionAnd(Field<?>... others) {
        List<Field<?>> all = new ArrayList<>(OF_A_VERSION);
        all.addAll(List.of(others));
        return List.copyOf(all);
    }
}
