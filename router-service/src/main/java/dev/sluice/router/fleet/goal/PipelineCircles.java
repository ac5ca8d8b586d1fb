package dev.sluice.router.fleet.goal;

import dev.sluice.common.config.Problem;
import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pipelines that call themselves, perhaps over others: their queries would multiply until the router stops them. */
public final class PipelineCircles {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** One version of one pipeline. */
    private record Node(String actor, String version) {}

    /** @param place in the definition */
    private record Call(String place, String actor, String version) {}

    private final Map<Node, List<Call>> calls = new HashMap<>();
    private final Map<String, List<Node>> byActor = new HashMap<>();

    /** @param goals all that are wanted, pipelines and others */
    public PipelineCircles(Collection<ActorGoal> goals) {
        for (ActorGoal goal : goals) {
            for (VersionSpec version : goal.versions()) {
                if (version.kind().equals(ActorKinds.PIPELINE)) {
                    Node node = new Node(goal.actor(), version.version());
                    calls.put(node, calls(version));
                    byActor.computeIfAbsent(goal.actor(), any -> new ArrayList<>())
                            .add(node);
                }
            }
        }
    }

    /** The calls of one of these goals that come back to it. Fields are named as in the actors file. */
    public List<Problem> problems(ActorGoal goal) {
        List<Problem> problems = new ArrayList<>();
        problems(goal, goal.current(), "", problems);
        goal.rollout().ifPresent(rollout -> problems(goal, rollout.candidate(), "rollout.", problems));
        goal.shadow().ifPresent(shadow -> problems(goal, shadow.version(), "shadow.", problems));
        return problems;
    }

    private void problems(ActorGoal goal, VersionSpec version, String field, List<Problem> problems) {
        Node from = new Node(goal.actor(), version.version());
        for (Call call : calls.getOrDefault(from, List.of())) {
            wayBack(from, call)
                    .ifPresent(way -> problems.add(new Problem(
                            field + call.place(),
                            "comes back to the pipeline itself: " + way,
                            "Let one of them call something else.")));
        }
    }

    /** The shortest. */
    private Optional<String> wayBack(Node from, Call first) {
        Map<Node, Node> before = new LinkedHashMap<>();
        Set<Node> seen = new HashSet<>();
        Deque<Node> next = new ArrayDeque<>();
        for (Node node : called(first)) {
            if (node.equals(from)) {
                return Optional.of(from.actor() + " calls " + from.actor());
            }
            seen.add(node);
            next.add(node);
        }
        while (!next.isEmpty()) {
            Node node = next.remove();
            for (Call call : calls.getOrDefault(node, List.of())) {
                for (Node to : called(call)) {
                    if (to.equals(from)) {
                        return Optional.of(told(from, node, before));
                    }
                    if (seen.add(to)) {
                        before.put(to, node);
                        next.add(to);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static String told(Node from, Node last, Map<Node, Node> before) {
        StringBuilder way = new StringBuilder(from.actor());
        for (Node node = last; node != null; node = before.get(node)) {
            way.insert(0, node.actor() + " calls ");
        }
        return from.actor() + " calls " + way;
    }

    /** Whatever version a call may come to. */
    private List<Node> called(Call call) {
        return byActor.getOrDefault(call.actor(), List.of()).stream()
                .filter(node -> call.version().isEmpty() || node.version().equals(call.version()))
                .toList();
    }

    /** What is no JSON, others complain about. */
    private static List<Call> calls(VersionSpec version) {
        List<Call> calls = new ArrayList<>();
        try {
            JsonNode root = MAPPER.readTree(version.args().getOrDefault(ActorKinds.PIPELINE, ""));
            collect(root.path("steps"), ActorKinds.PIPELINE + ".steps", calls);
        } catch (JacksonException e) {
            calls.clear();
        }
        return calls;
    }

    private static void collect(JsonNode node, String place, List<Call> into) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), place + "[" + i + "]", into);
            }
        } else if (node.isObject()) {
            if (node.path("actor").isValueNode()) {
                into.add(new Call(
                        place,
                        node.path("actor").asString(""),
                        node.path("version").asString("")));
            }
            node.properties().forEach(field -> collect(field.getValue(), place + "." + field.getKey(), into));
        }
    }
}
