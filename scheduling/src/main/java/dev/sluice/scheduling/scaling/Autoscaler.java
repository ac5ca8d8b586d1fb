package dev.sluice.scheduling.scaling;

import dev.sluice.scheduling.MethodLoad;
import java.time.Duration;
import java.util.Locale;

/**
 * How many replicas one actor needs: over all its methods, arrival rate × l(b*)/b* / target utilisation, where l(b*)/b* is what a
 * row costs in batches of the best size that fits the SLO.
 *
 * <ul>
 *   <li><b>Asked for</b> is what is offered, also what is refused: else an overload would hide the need.
 *   <li><b>Up</b> at once, to the need, when arrivals show that it is above what there is ({@link Demand}): within moments where much
 *       arrives, later where a step cannot be told from a clump yet.
 *   <li><b>Down</b> when fewer would have sufficed for {@link ScalingRules#downAfter}, to the most that was needed in that time. Between
 *       the two is room for chance, which is what keeps it from flapping.
 *   <li><b>Backlog</b>: where more waits than the replicas work off within its SLO beside what arrives, as many as do.
 *   <li><b>Nothing known</b> of any batch time: one replica while queries come.
 *   <li><b>Idle</b>: the minimum, once nothing came for {@link ScalingRules#idleAfter}; at the first arrival one, at once.
 * </ul>
 *
 * <p>Going down to the most that was needed in a window is what Kubernetes' HorizontalPodAutoscaler calls stabilisation. Not
 * thread-safe, reads no clock: {@code now} is in nanoseconds of one monotonic clock.
 */
public final class Autoscaler {

    /** About what a replica takes to start. What waits and expires sooner is no reason for one. */
    private static final double START_NANOS = 2e9;

    /** How many standard deviations the need has to be above what there is, or the room for chance below it. */
    private static final double SURE = 2;

    private static final double BOUNDLESS = 1e12;

    private final ArrivalHistory history = new ArrivalHistory();
    private final Demand demand = new Demand();
    private ScalingRules rules;
    private Peak peak;
    private boolean begun;
    private boolean everCame;
    private long lastCameAt;
    private int wanted;

    public Autoscaler(ScalingRules rules) {
        this.rules = rules;
        this.peak = new Peak(nanos(rules.downAfter()));
    }

    /** Goes by other rules from now on; what was seen still counts. */
    public void follow(ScalingRules next) {
        if (!next.downAfter().equals(rules.downAfter())) {
            peak = new Peak(nanos(next.downAfter()));
        }
        rules = next;
    }

    /**
     * How many replicas there are to be. To be asked several times a second.
     *
     * <p>At first the actor keeps the replicas that it has, until fewer have sufficed for long enough.
     */
    public ScalingDecision decide(Observation seen, long now) {
        observe(seen, now);
        double utilisation = rules.targetUtilisation();
        boolean quiet = now - lastCameAt > nanos(rules.idleAfter());
        int floor = everCame && !quiet ? 1 : 0;
        // What came in the last minute says nothing of the next one, once nothing has come for the idle time.
        double offered = quiet ? 0 : demand.mean();
        double chance = quiet ? 0 : SURE * demand.deviation();
        double surely = Math.max(0, offered - chance);
        double mean = bounded(offered / utilisation);
        double crowd = bounded(surely + backlog(seen));
        peak.add(Math.max(bounded((offered + chance) / utilisation), backlogged(crowd)), now);

        int lately = Math.max(quiet ? 0 : 1, ceil(peak.most()));
        int before = wanted;
        String why = "";
        // To be short of a replica for long costs more than to have one too many. To be no surer at all than even after
        // a minute would make it turn too often where queries are few.
        double believed = offered - chance * (1 - demand.settled() / 2);
        if (bounded(believed / utilisation) > wanted) {
            wanted = rules.clamp(ceil(Math.max(mean, crowd)));
            why = need(mean);
        } else if (backlogged(crowd) > 0) {
            wanted = rules.clamp(ceil(crowd));
            why = say("What waits and what comes take %.1f replicas to be answered in time", crowd);
        } else if (floor > wanted) {
            wanted = rules.clamp(floor);
            why = "Queries come";
        } else if (lately < wanted) {
            wanted = rules.clamp(lately);
            why = lately == 0
                    ? say("Nothing came for %s", shown(rules.idleAfter()))
                    : say("%d sufficed for %s", lately, shown(rules.downAfter()));
        }
        wanted = rules.clamp(wanted);
        int needed = ceil(Math.max(Math.max(floor, mean), backlogged(crowd)));
        return new ScalingDecision(wanted, needed, sentence(why.isEmpty() ? need(mean) : why, before, needed));
    }

    private void observe(Observation seen, long now) {
        boolean came = history.tick(seen.methods(), now) > 0 || seen.anyQueued();
        if (!begun) {
            begun = true;
            lastCameAt = now;
            everCame = seen.anyOffered();
            wanted = rules.clamp(seen.replicas());
        }
        if (came) {
            everCame = true;
            lastCameAt = now;
        }
        demand.update(history, shortestSlo(seen));
    }

    private static double shortestSlo(Observation seen) {
        return seen.methods().stream()
                .filter(load -> load.offeredQueries() > 0)
                .mapToDouble(load -> load.sloNanos() / 1e9)
                .min()
                .orElse(0);
    }

    /** How many replicas work off what waits within its SLO; no more than can each have a query of it. */
    private static double backlog(Observation seen) {
        double replicas = 0;
        for (MethodLoad load : seen.methods()) {
            double nanos = Math.max(0, load.queuedRows()) * Series.secondsPerRow(load) * 1e9;
            replicas += Math.min(Math.max(0, load.queuedQueries()), nanos / Math.max(START_NANOS, load.sloNanos()));
        }
        return replicas;
    }

    /** What the crowd needs, where that is more than there is. */
    private double backlogged(double crowd) {
        return crowd > wanted ? crowd : 0;
    }

    private String need(double mean) {
        if (demand.queriesPerSecond() > 0) {
            return say(
                    "%,.1f queries/s need %.1f replicas at %.0f %% utilisation",
                    demand.queriesPerSecond(), mean, 100 * rules.targetUtilisation());
        }
        return everCame ? "Nothing comes of which it is known how long it takes" : "Nothing came yet";
    }

    private String sentence(String why, int before, int needed) {
        String change = wanted == before
                ? say("%d stay", wanted)
                : say("%s from %d to %d", wanted > before ? "up" : "down", before, wanted);
        String bound = needed > rules.max() ? say(", the most allowed; %d are needed", needed) : "";
        return why + ": " + change + bound + ".";
    }

    private static String shown(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static String say(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static double bounded(double replicas) {
        return Math.min(BOUNDLESS, replicas);
    }

    private static int ceil(double replicas) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(replicas - 1e-9));
    }

    private static double nanos(Duration time) {
        return time.toSeconds() * 1e9 + time.getNano();
    }
}
