package dev.sluice.benchmarks.fleet;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * How an actor stood at one moment, as the router sees it that controls it.
 *
 * @param at seconds from the start
 * @param controller that router's node id
 * @param version that serves
 * @param candidate that is rolled out; empty where none is
 * @param weight the part of the queries that the candidate gets, in percent
 * @param wanted replicas
 * @param versions of which there are replicas that have not failed
 * @param ready replicas that are ready, by host
 */
public record Sample(
        double at,
        String controller,
        String version,
        String candidate,
        int weight,
        int wanted,
        List<String> versions,
        Map<String, Integer> ready) {

    /**
     * @param actor as {@code GET /actors/NAME} tells, with a status
     * @param replicas as {@code GET /replicas} tells, of all actors
     */
    public static Sample of(double at, JsonNode actor, JsonNode replicas) {
        String name = actor.path("name").asString("");
        Map<String, Integer> ready = new TreeMap<>();
        for (JsonNode replica : replicas.path("replicas")) {
            if (replica.path("actor").asString("").equals(name)
                    && replica.path("state").asString("").equals("ready")) {
                ready.merge(replica.path("host").asString(""), 1, Integer::sum);
            }
        }
        List<String> versions = replicas.path("replicas")
                .valueStream()
                .filter(replica -> replica.path("actor").asString("").equals(name))
                .filter(replica -> !replica.path("state").asString("").equals("failed"))
                .map(replica -> replica.path("version").asString(""))
                .distinct()
                .toList();
        return new Sample(
                at,
                actor.path("controller").asString(""),
                actor.path("goal").path("version").asString(""),
                actor.path("rollout").path("version").asString(""),
                actor.path("rollout").path("weight").asInt(0),
                actor.path("status").path("wanted").asInt(0),
                versions,
                ready);
    }

    public int readyInAll() {
        return ready.values().stream().mapToInt(each -> each).sum();
    }

    public boolean isComplete() {
        return wanted > 0 && readyInAll() >= wanted;
    }

    /** Whether nothing is on its way: one version, and all that is wanted of it. */
    public boolean isAtRest() {
        return candidate.isEmpty() && versions.equals(List.of(version)) && isComplete();
    }

    int readyOn(String host) {
        return ready.getOrDefault(host, 0);
    }
}
