package dev.sluice.benchmarks.overload;

import dev.sluice.benchmarks.load.Replies;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * Sorts the replies of one run by what they mean, for the queries that were meant to leave in the measured time. Not
 * thread-safe.
 */
final class Tally implements Replies {

    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;
    private static final int EXCERPT = 200;

    private final List<ClassTally> classes;
    private final AnswerCheck check;
    private final long from;
    private final long until;
    private String firstFailure = "";

    /**
     * @param from the first moment that counts
     * @param until the first that does not count any more
     */
    Tally(List<SloClass> classes, AnswerCheck check, long from, long until) {
        this.classes = classes.stream().map(ClassTally::new).toList();
        this.check = check;
        this.from = from;
        this.until = until;
    }

    /** Whether the body of a reply with status 200 is an answer. */
    interface AnswerCheck {
        boolean right(String body);
    }

    @Override
    public void offered(int kind, long intended) {
        if (counts(intended)) {
            classes.get(kind).offered();
        }
    }

    @Override
    public void replied(int kind, long intended, long now, int status, byte[] reply, int bodyStart, int bodyLength) {
        if (!counts(intended)) {
            return;
        }
        ClassTally tally = classes.get(kind);
        long nanos = now - intended;
        String body = new String(reply, bodyStart, bodyLength, StandardCharsets.UTF_8);
        if (status == OK && check.right(body)) {
            tally.answered(nanos);
        } else if (status == UNAVAILABLE || status == TOO_MANY_REQUESTS) {
            tally.refused(nanos);
        } else if (status == GATEWAY_TIMEOUT) {
            tally.expired();
        } else {
            fail(tally, "status " + status + ": " + body.substring(0, Math.min(EXCERPT, body.length())));
        }
    }

    @Override
    public void lost(int kind, long intended, String why) {
        if (counts(intended)) {
            fail(classes.get(kind), why);
        }
    }

    private void fail(ClassTally tally, String why) {
        tally.failed();
        if (firstFailure.isEmpty()) {
            firstFailure = why;
        }
    }

    private boolean counts(long intended) {
        return intended - from >= 0 && intended - until < 0;
    }

    List<ClassTally> classes() {
        return classes;
    }

    long sum(ToLongFunction<ClassTally> of) {
        return classes.stream().mapToLong(of).sum();
    }

    Histogram refusals() {
        Histogram all = new Histogram(classes.get(0).refusals());
        classes.forEach(each -> all.add(each.refusals()));
        return all;
    }

    /** The first failure in words; empty where there was none. */
    String firstFailure() {
        return firstFailure;
    }
}
