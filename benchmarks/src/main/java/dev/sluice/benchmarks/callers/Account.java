package dev.sluice.benchmarks.callers;

import java.util.List;
import java.util.function.Predicate;

/**
 * The callers' own count, which holds where a frontend's is gone with its process.
 *
 * @param sent queries that left
 * @param ended with exactly one outcome each
 */
public record Account(long sent, List<Ended> ended) {

    /** Queries that had no outcome though they were waited for far beyond their SLO. */
    public long missing() {
        return sent - ended.size();
    }

    public long count(End end) {
        return count(each -> each.end() == end);
    }

    public long count(Predicate<Ended> asTold) {
        return ended.stream().filter(asTold).count();
    }

    public long unanswered() {
        return ended.size() - count(End.ANSWERED);
    }

    public long turns() {
        return ended.stream().mapToLong(Ended::turns).sum();
    }

    /** Of those that were meant to leave in this time. */
    public Account between(long from, long until) {
        List<Ended> part = ended.stream()
                .filter(each -> each.at() - from >= 0 && each.at() - until < 0)
                .toList();
        return new Account(part.size(), part);
    }

    /** Those with this SLO. */
    public Account of(int sloMillis) {
        List<Ended> part =
                ended.stream().filter(each -> each.sloMillis() == sloMillis).toList();
        return new Account(part.size(), part);
    }

    /** The share that was answered in time; not a number where nothing was asked. */
    public double attainment() {
        return (double) count(Ended::inTime) / ended.size();
    }

    /** The first that was no answer, in words. */
    public String firstWords() {
        return ended.stream()
                .filter(each -> each.end() != End.ANSWERED)
                .min((one, other) -> Long.signum(one.at() - other.at()))
                .map(each -> each.end() + " " + each.words())
                .orElse("");
    }
}
