package dev.sluice.router.fleet.plan;

import java.util.List;

/**
 * How far an actor is from what is wanted.
 *
 * @param wanted replicas
 * @param ready replicas of wanted versions
 * @param starting likewise
 * @param missing replicas that cannot be placed now
 * @param problems sentences that say why, none where all is well
 */
public record ActorStatus(int wanted, int ready, int starting, int missing, List<String> problems) {

    public ActorStatus {
        problems = List.copyOf(problems);
    }
}
