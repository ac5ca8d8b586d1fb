package dev.sluice.router.dispatch;

import dev.sluice.router.dispatch.Traffic.Share;
import java.util.List;

/**
 * Divides queries over versions by their shares, and no faster than replicas come: what a version cannot take yet goes to replicas that
 * have nothing else to do, most of them of the version that it replaces. Where there are none, shares hold as they are.
 */
final class Division {

    private static final double ALL = 100;

    private final List<Share> shares;
    private final int[] ready;
    private final int outgoing;

    private Division(List<Share> shares, int[] ready, int outgoing) {
        this.shares = shares;
        this.ready = ready;
        this.outgoing = outgoing;
    }

    /**
     * @param ready replicas of each share's version that serve; one at least has any
     * @param outgoing those of the version that serves no more
     * @return the part of each share, and then that of the outgoing version; together 1
     */
    static double[] parts(List<Share> shares, int[] ready, int outgoing) {
        return new Division(shares, ready, outgoing).parts();
    }

    private double[] parts() {
        int versions = shares.size();
        double[] parts = new double[versions + 1];
        double[] lost = new double[versions];
        double allLost = 0;
        for (int i = 0; i < versions; i++) {
            parts[i] = shares.get(i).percent() / ALL;
            lost[i] = parts[i] * (1 - held(i));
            allLost += lost[i];
        }
        double[] spare = spare();
        double allSpare = 0;
        for (double part : spare) {
            allSpare += part;
        }
        double moved = Math.min(allLost, allSpare);
        if (moved > 0) {
            for (int i = 0; i < versions; i++) {
                parts[i] -= lost[i] * moved / allLost;
            }
            for (int i = 0; i <= versions; i++) {
                parts[i] += spare[i] * moved / allSpare;
            }
        }
        return withoutTheEmpty(parts);
    }

    /** The part of its share that a version can take. */
    private double held(int i) {
        return Math.min(1, (double) ready[i] / Math.max(1, needed(i)));
    }

    private int needed(int i) {
        Share share = shares.get(i);
        return share.percent() == 0 ? share.replicas() : Math.max(1, share.replicas());
    }

    /** What each version could take beyond its share, in parts of all queries. */
    private double[] spare() {
        int versions = shares.size();
        int all = 0;
        for (int i = 0; i < versions; i++) {
            all += needed(i);
        }
        double each = 1.0 / Math.max(1, all);
        double[] spare = new double[versions + 1];
        for (int i = 0; i < versions; i++) {
            spare[i] = Math.max(0, ready[i] - needed(i)) * each;
        }
        spare[versions] = outgoing * each;
        return spare;
    }

    /** A version without a replica gets nothing while another can serve. */
    private double[] withoutTheEmpty(double[] parts) {
        double sum = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean empty = i < ready.length ? ready[i] == 0 : outgoing == 0;
            parts[i] = empty ? 0 : parts[i];
            sum += parts[i];
        }
        for (int i = 0; i < parts.length && sum > 0; i++) {
            parts[i] /= sum;
        }
        return parts;
    }
}
