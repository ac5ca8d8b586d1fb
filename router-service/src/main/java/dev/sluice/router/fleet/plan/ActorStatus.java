package dev.sluice.router.fleet.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * How far an actor is from what is wanted.
 *
 * @param wanted replicas
 * @param ready replicas of wanted versions
 * @param starting likewise
 * @param shortages how many of all others that are wanted are not there for which reason
 * @param problems sentences that say why replicas have no place, or hosts do not do their part; none where it is only a matter of
 *     time
 */
public record ActorStatus(
        int wanted, int ready, int starting, @JsonIgnore Map<Shortage, Integer> shortages, List<String> problems) {

    public ActorStatus {
        shortages = Map.copyOf(shortages);
        problems = List.copyOf(problems);
    }

    /** All that are wanted and neither ready nor starting. */
    @JsonProperty("missing")
    public int missing() {
        return shortages.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int missing(Shortage why) {
        return shortages.getOrDefault(why, 0);
    }
}
