package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.load.Replies;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/** What became of every query, by when it was meant to leave. Written by the load's thread, and read when that has ended. */
final class Flow implements Replies {

    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;
    private static final int EXCERPT = 200;
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final Pattern ANSWER = Pattern.compile("\\{\"success\": ?true,.*\"result\": ?-?\\d+}");

    /** How a query may end; all but the first are no answer. */
    enum End {
        ANSWERED,
        /** At once: too much is asked for, or nothing is there to ask. */
        REFUSED,
        /** Its SLO had passed. */
        EXPIRED,
        /** By the actor or the platform, or with a wrong answer. */
        FAILED,
        /** No reply came. */
        LOST
    }

    /** @param at when it was meant to leave, in seconds from the start */
    record Ended(double at, End end) {}

    private final Timebase time;
    private final List<Ended> ended = new ArrayList<>();
    private final Histogram answers = new Histogram(LONGEST_NANOS, 3);
    private final Map<End, String> firstWords = new EnumMap<>(End.class);

    Flow(Timebase time) {
        this.time = time;
    }

    @Override
    public void offered(int kind, long intended) {}

    @Override
    public void replied(int kind, long intended, long now, int status, byte[] reply, int bodyStart, int bodyLength) {
        String body = new String(reply, bodyStart, bodyLength, StandardCharsets.UTF_8);
        End end = end(status, body);
        if (end == End.ANSWERED) {
            answers.recordValue(Math.max(0, Math.min(now - intended, LONGEST_NANOS)));
        }
        add(intended, end, "status " + status + ": " + body.substring(0, Math.min(EXCERPT, body.length())));
    }

    private static End end(int status, String body) {
        return switch (status) {
            case OK -> ANSWER.matcher(body).matches() ? End.ANSWERED : End.FAILED;
            case TOO_MANY_REQUESTS, UNAVAILABLE -> End.REFUSED;
            case GATEWAY_TIMEOUT -> End.EXPIRED;
            default -> End.FAILED;
        };
    }

    @Override
    public void lost(int kind, long intended, String why) {
        add(intended, End.LOST, why);
    }

    private void add(long intended, End end, String words) {
        ended.add(new Ended(time.at(intended), end));
        if (end != End.ANSWERED) {
            firstWords.putIfAbsent(end, "at %.1f s: %s".formatted(time.at(intended), words));
        }
    }

    long queries() {
        return ended.size();
    }

    long count(End end) {
        return ended.stream().filter(each -> each.end() == end).count();
    }

    long unanswered() {
        return queries() - count(End.ANSWERED);
    }

    /** Of those that were meant to leave in this time. */
    long queries(double from, double until) {
        return ended.stream()
                .filter(each -> each.at() >= from && each.at() < until)
                .count();
    }

    long unanswered(double from, double until) {
        return ended.stream()
                .filter(each -> each.end() != End.ANSWERED && each.at() >= from && each.at() < until)
                .count();
    }

    /** From when a query was meant to leave to its answer. */
    double millis(double percentile) {
        return answers.getValueAtPercentile(percentile) / 1e6;
    }

    /** The first of each kind that is no answer, in words. */
    List<String> firstWords() {
        return firstWords.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .toList();
    }
}
