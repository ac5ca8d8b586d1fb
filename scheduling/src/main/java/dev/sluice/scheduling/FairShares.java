package dev.sluice.scheduling;

import java.util.ArrayList;
import java.util.List;

/**
 * Weighted max-min shares of the replicas' time: who asks for less than its part gets what it asks for, and what it leaves
 * is divided among the others. Those, the greedy, are held to their part while the replicas have more to do than they
 * can, by a credit that grows with the time and that each accepted query uses up.
 *
 * <p>How much the greedy get as a whole is steered by what happens to the others: if more of their queries are refused
 * than is bearable, the greedy get a little less, else a little more. So nobody has to know what a mixture of batches
 * costs exactly.
 */
final class FairShares {

    /** From this load on the greedy are held to their part. */
    private static final double CONTESTED = 0.9;

    private static final double BURST_NANOS = 30e6;

    /** Each round finds those who ask for less than what the rounds before left over; more rounds find next to none. */
    private static final int ROUNDS = 12;

    /**
     * @param bearable the part of the modest parties' queries that may be refused, at least
     * @param ofAll the same, as a part of the share of all queries that is refused
     * @param least the least that the greedy are squeezed to, in multiples of their part
     * @param most the most that they get, in multiples of their part: what is promised is never used to the full
     * @param memory what one query counts for in the recent shares that were refused
     * @param step how much this falls from one division to the next
     * @param rise how much slower it rises
     */
    record Tuning(double bearable, double ofAll, double least, double most, double memory, double step, double rise) {}

    private final Tuning tuning;
    private final List<Share> parties = new ArrayList<>();
    private double squeeze = 1;
    private boolean contested;
    private double modestRefused;
    private double allRefused;

    FairShares(Tuning tuning) {
        this.tuning = tuning;
    }

    Share join(Share share) {
        parties.add(share);
        return share;
    }

    /** Drops those who have left. */
    void sweep() {
        parties.removeIf(share -> share.left);
    }

    /** Whether there is more to do than can be done, or nearly so, and several want it done. */
    boolean contested() {
        return contested;
    }

    /** Whether the party may have another query accepted now. */
    boolean admits(Share share, long now) {
        double rate = share.allowed * squeeze;
        return !contested || !share.greedy || share.hasCredit(rate, rate * BURST_NANOS, now);
    }

    /** The same of one that has used more than it may, by no more than this much replica time. */
    boolean admitsInDebt(Share share, double nanos) {
        return nanos > 0 && share.owes() <= nanos;
    }

    void accepted(Share share, double nanos) {
        share.accepted++;
        if (contested && share.greedy) {
            share.use(nanos);
        }
        if (!share.greedy) {
            modestRefused -= tuning.memory * modestRefused;
        }
        allRefused -= tuning.memory * allRefused;
    }

    void refused(Share share) {
        if (!share.greedy) {
            modestRefused += tuning.memory * (1 - modestRefused);
        }
        allRefused += tuning.memory * (1 - allRefused);
    }

    /** Divides so many replicas' time anew. Returns what is asked for in multiples of what there is. */
    double divide(double replicas, long now) {
        double demand = 0;
        double weights = 0;
        int asking = 0;
        for (int i = 0; i < parties.size(); i++) {
            Share share = parties.get(i);
            share.demand = share.asked.perNano(now);
            share.greedy = share.demand > 0;
            if (share.greedy) {
                asking++;
                weights += share.weight();
                demand += share.demand;
            }
        }
        double load = demand / replicas;
        contested = load > CONTESTED && asking > 1;
        boolean modest = false;
        if (load > 1) {
            level(replicas, weights);
        } else {
            spread(replicas, replicas - demand, weights);
        }
        for (int i = 0; i < parties.size(); i++) {
            Share share = parties.get(i);
            modest |= !share.greedy && share.demand > 0;
        }
        steer(modest);
        return load;
    }

    /** There is too little for all: the greedy get the same per weight. */
    private void level(double replicas, double weights) {
        double left = replicas;
        double open = weights;
        boolean again = true;
        for (int round = 0; again && round < ROUNDS; round++) {
            again = false;
            for (int i = 0; i < parties.size(); i++) {
                Share share = parties.get(i);
                if (share.greedy && share.demand * open < left * share.weight()) {
                    share.greedy = false;
                    share.allowed = share.demand;
                    left -= share.demand;
                    open -= share.weight();
                    again = true;
                }
            }
        }
        for (int i = 0; i < parties.size(); i++) {
            Share share = parties.get(i);
            if (share.greedy) {
                share.allowed = share.weight() * left / open;
            }
        }
    }

    /** There is enough for all, if barely: who asks for more than an equal part still gives way to the others. */
    private void spread(double replicas, double spare, double weights) {
        double greedy = 0;
        for (int i = 0; i < parties.size(); i++) {
            Share share = parties.get(i);
            share.greedy = share.demand * weights > replicas * share.weight();
            greedy += share.greedy ? share.weight() : 0;
        }
        for (int i = 0; i < parties.size(); i++) {
            Share share = parties.get(i);
            share.allowed = share.demand + (share.greedy ? spare * share.weight() / greedy : 0);
        }
    }

    private void steer(boolean modest) {
        if (!modest) {
            squeeze = tuning.most;
        } else if (modestRefused > Math.max(tuning.bearable, tuning.ofAll * allRefused)) {
            squeeze = Math.max(tuning.least, squeeze * (1 - tuning.step));
        } else {
            squeeze = Math.min(tuning.most, squeeze * (1 + tuning.step * tuning.rise));
        }
    }
}
