package dev.sluice.scheduling.scaling;

import dev.sluice.scheduling.MethodLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An autoscaler that is shown one method's traffic every 250 ms, under virtual time that wraps on the way. */
final class ScaledActor {

    static final long TICK_NANOS = 250_000_000;
    static final ScalingRules RULES = new ScalingRules(1, 1_000, 0.7, Duration.ofSeconds(60), Duration.ofMinutes(5));

    private static final long EPOCH = Long.MAX_VALUE - 3_000_000_000L;

    final Autoscaler autoscaler;
    final List<Integer> wanted = new ArrayList<>();
    ScalingDecision last;
    long queries;
    int queued;
    double secondsPerQuery;
    double sloSeconds = 0.1;
    private long now = EPOCH;

    ScaledActor(ScalingRules rules, double secondsPerQuery, int replicas) {
        this.autoscaler = new Autoscaler(rules);
        this.secondsPerQuery = secondsPerQuery;
        this.last = look(replicas);
    }

    /** So many seconds pass. */
    ScaledActor run(Traffic traffic, double seconds) {
        int ticks = (int) Math.round(seconds * 1e9 / TICK_NANOS);
        for (int i = 0; i < ticks; i++) {
            queries += traffic.next(TICK_NANOS / 1e9);
            now += TICK_NANOS;
            last = look(last.wanted());
            wanted.add(last.wanted());
        }
        return this;
    }

    /** Queries come, and it is looked at at once. */
    ScalingDecision arrive(int more) {
        queries += more;
        last = look(last.wanted());
        return last;
    }

    private ScalingDecision look(int replicas) {
        MethodLoad load = new MethodLoad(
                "call", queries, queries, queued, queued, secondsPerQuery * 1e9, (long) (sloSeconds * 1e9));
        return autoscaler.decide(new Observation(List.of(load), replicas, 0), now);
    }

    /** When at least so many were wanted for the first time, in seconds; infinite if they never were. */
    double secondsUntil(int replicas) {
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i) >= replicas) {
                return (i + 1) * TICK_NANOS / 1e9;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    int most() {
        return wanted.stream().mapToInt(each -> each).max().orElse(0);
    }

    double mean() {
        return wanted.stream().mapToInt(each -> each).average().orElse(0);
    }

    /** How often it went up after it had gone down, or down after it had gone up; the first move counts too. */
    int changesOfDirection() {
        int changes = 0;
        int direction = 0;
        for (int i = 1; i < wanted.size(); i++) {
            int move = Integer.signum(wanted.get(i) - wanted.get(i - 1));
            if (move != 0 && move != direction) {
                changes++;
                direction = move;
            }
        }
        return changes;
    }

    void forget() {
        wanted.clear();
    }
}
