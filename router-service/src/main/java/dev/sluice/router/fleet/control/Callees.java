package dev.sluice.router.fleet.control;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.text.NearestName;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.pipeline.plan.PlacedCall;
import dev.sluice.router.pipeline.plan.Target;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What pipelines may call: actors that are wanted, and that hosts have announced. Which methods those have that are wanted and run
 * nowhere is not known, and there is no word of it.
 */
final class Callees {

    /** Of each actor its versions, and of each version its methods; none where they are not known. */
    private final Map<String, Map<String, Set<String>>> actors = new TreeMap<>();

    Callees(Collection<ActorGoal> wanted, Collection<ActorDescriptor> announced) {
        for (ActorGoal goal : wanted) {
            goal.versions().forEach(version -> {
                Set<String> methods = methods(goal.actor(), version.version());
                if (version.kind().equals(ActorKinds.PIPELINE)) {
                    methods.add(MethodDescriptor.DEFAULT_NAME);
                }
            });
        }
        for (ActorDescriptor actor : announced) {
            Set<String> methods = methods(actor.name(), actor.version());
            actor.methods().forEach(method -> methods.add(method.name()));
        }
    }

    private Set<String> methods(String actor, String version) {
        return actors.computeIfAbsent(actor, any -> new TreeMap<>()).computeIfAbsent(version, any -> new TreeSet<>());
    }

    /** What is not here of what a call names, with the field that names it. */
    Optional<String> missing(PlacedCall placed) {
        Target.Call call = placed.call();
        Map<String, Set<String>> versions = actors.getOrDefault(call.actor(), Map.of());
        if (versions.isEmpty()) {
            return Optional.of(placed.path() + ".actor calls " + call.actor() + ", which is not here yet."
                    + nearest(call.actor(), actors.keySet()));
        }
        if (!call.version().isEmpty() && !versions.containsKey(call.version())) {
            return Optional.of(placed.path() + ".version names version " + call.version() + " of " + call.actor()
                    + ", which is not here yet. There are: " + String.join(", ", versions.keySet()) + ".");
        }
        Set<String> methods = new TreeSet<>();
        for (Map.Entry<String, Set<String>> version : versions.entrySet()) {
            if (call.version().isEmpty() || call.version().equals(version.getKey())) {
                if (version.getValue().isEmpty() || version.getValue().contains(call.method())) {
                    return Optional.empty();
                }
                methods.addAll(version.getValue());
            }
        }
        // Where it is not written, the method is 'call': the path shows what to write.
        return Optional.of(placed.path() + ".method calls " + call.actor() + "." + call.method()
                + ", which is not here yet. There are: " + String.join(", ", methods) + "."
                + nearest(call.method(), methods));
    }

    private static String nearest(String wanted, Set<String> names) {
        return NearestName.of(wanted, List.copyOf(names))
                .map(near -> " Did you mean " + near + "?")
                .orElse("");
    }
}
