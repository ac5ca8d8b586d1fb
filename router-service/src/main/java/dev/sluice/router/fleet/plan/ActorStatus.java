package dev.sluice.router.fleet.plan;

import java.util.List;

/**
 * How far an actor is from what is wanted.
 *
 * @param wanted replicas
 * @param ready replicas of wanted versions
 * @param starting likewise
 * @param missing all others that are wanted: they have no place yet, or wait until one that goes has ended
 * @param problems sentences that say why replicas have no place, or hosts do not do their part; none where it is only a matter of
 *     time
 */
public record ActorStatus(int wanted, int ready, int starting, int missing, List<String> problems) {

    public ActorStatus {
        problems = List.copyOf(problems);
    }
}
