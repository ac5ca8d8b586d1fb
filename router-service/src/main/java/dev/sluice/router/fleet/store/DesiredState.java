package dev.sluice.router.fleet.store;

import dev.sluice.common.config.Problem;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.GoalJson;
import dev.sluice.router.fleet.goal.GoalRules;
import dev.sluice.router.fleet.goal.UnreadableGoal;
import dev.sluice.router.fleet.store.FleetStore.Entry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is wanted of the fleet: what the store has of an actor, and else what the actors file says.
 *
 * @param actors by name, also those that are to go
 * @param drained node ids of hosts that an operator has taken out of use
 * @param hosts the revision in the store of what it has of hosts, by node id
 * @param unreadable why this router cannot follow what the store has, by key: a newer one may have written it. What runs of such an
 *     actor is to be left as it is
 */
public record DesiredState(
        Map<String, Desired> actors, Set<String> drained, Map<String, Long> hosts, Map<String, Unreadable> unreadable) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public DesiredState {
        actors = Map.copyOf(actors);
        drained = Set.copyOf(drained);
        hosts = Map.copyOf(hosts);
        unreadable = Map.copyOf(unreadable);
    }

    /**
     * Of one actor.
     *
     * @param revision in the store; 0 where that has nothing and the actors file is followed
     * @param goal empty where the actor was undeployed
     */
    public record Desired(long revision, Optional<ActorGoal> goal) {}

    /**
     * Of one document.
     *
     * @param revision in the store
     * @param reason a sentence for operators
     */
    public record Unreadable(long revision, String reason) {}

    /**
     * @param file the goals of the actors file
     * @param stored what the store has, by key
     */
    public static DesiredState of(Collection<ActorGoal> file, Map<String, Entry> stored) {
        Map<String, Desired> actors = new TreeMap<>();
        file.forEach(goal -> actors.put(goal.actor(), new Desired(0, Optional.of(goal))));
        Set<String> drained = new TreeSet<>();
        Map<String, Long> hosts = new TreeMap<>();
        Map<String, Unreadable> unreadable = new TreeMap<>();
        stored.forEach((key, entry) -> {
            try {
                if (key.startsWith(FleetKeys.ACTORS)) {
                    String name = key.substring(FleetKeys.ACTORS.length());
                    // Not what the file says of it either, where this cannot be read.
                    actors.remove(name);
                    actors.put(name, new Desired(entry.revision(), goal(name, entry.json())));
                } else if (key.startsWith(FleetKeys.HOSTS)) {
                    String nodeId = key.substring(FleetKeys.HOSTS.length());
                    hosts.put(nodeId, entry.revision());
                    if (isDrained(entry.json())) {
                        drained.add(nodeId);
                    }
                }
            } catch (UnreadableGoal e) {
                unreadable.put(key, new Unreadable(entry.revision(), String.valueOf(e.getMessage())));
            }
        });
        return new DesiredState(actors, drained, hosts, unreadable);
    }

    private static Optional<ActorGoal> goal(String name, @Nullable String json) {
        if (json == null) {
            return Optional.empty();
        }
        ActorGoal goal = GoalJson.read(json);
        if (!goal.actor().equals(name)) {
            throw new UnreadableGoal("It is of the actor '" + goal.actor() + "'.");
        }
        List<Problem> problems = GoalRules.check(goal);
        if (!problems.isEmpty()) {
            throw new UnreadableGoal(
                    String.join(" ", problems.stream().map(Problem::sentence).toList()));
        }
        return Optional.of(goal);
    }

    private static boolean isDrained(@Nullable String json) {
        if (json == null) {
            return false;
        }
        try {
            return JSON.readTree(json).path("drained").asBoolean(false);
        } catch (JacksonException e) {
            throw new UnreadableGoal("It cannot be read: " + e.getOriginalMessage());
        }
    }

    /** What is wanted of the actors that are to be there, by name. */
    public Map<String, ActorGoal> goals() {
        Map<String, ActorGoal> goals = new TreeMap<>();
        actors.forEach((name, desired) -> desired.goal().ifPresent(goal -> goals.put(name, goal)));
        return goals;
    }

    /** What a write to this actor has to expect; 0 where the store has nothing of it. */
    public long revision(String actor) {
        Desired desired = actors.get(actor);
        if (desired != null) {
            return desired.revision();
        }
        Unreadable document = unreadable.get(FleetKeys.actor(actor));
        return document == null ? 0 : document.revision();
    }

    /** What a write to this host has to expect; 0 where the store has nothing of it. */
    public long hostRevision(String nodeId) {
        return hosts.getOrDefault(nodeId, 0L);
    }

    /** The last revision of any document: of two states of one store, the one with the larger is the later. */
    public long lastRevision() {
        LongStream ofActors = actors.values().stream().mapToLong(Desired::revision);
        LongStream ofHosts = hosts.values().stream().mapToLong(Long::longValue);
        LongStream others = unreadable.values().stream().mapToLong(Unreadable::revision);
        return LongStream.concat(LongStream.concat(ofActors, ofHosts), others)
                .max()
                .orElse(0);
    }

    /** Those of which this router cannot tell what is wanted. */
    public List<String> unreadableActors() {
        return unreadable.keySet().stream()
                .filter(key -> key.startsWith(FleetKeys.ACTORS))
                .map(key -> key.substring(FleetKeys.ACTORS.length()))
                .toList();
    }

    /** Why this router cannot tell what is wanted of the actor, if it cannot. */
    public Optional<String> whyUnreadable(String actor) {
        return Optional.ofNullable(unreadable.get(FleetKeys.actor(actor))).map(Unreadable::reason);
    }

    /** Whether this router cannot tell what is wanted of the actor. */
    public boolean isUnreadable(String actor) {
        return unreadable.containsKey(FleetKeys.actor(actor));
    }
}
