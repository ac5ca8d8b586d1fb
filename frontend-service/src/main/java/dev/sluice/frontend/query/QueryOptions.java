package dev.sluice.frontend.query;

import dev.sluice.common.actor.ActorNames;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import java.util.concurrent.TimeUnit;

/** The rules for a query's SLO, priority, version and id, the same in every protocol. */
public final class QueryOptions {

    public static final int MAX_PRIORITY = 255;
    public static final int MAX_ID_LENGTH = 128;

    /** An SLO beyond a day is a day: every query ends, and nanoseconds never overflow. */
    public static final long MAX_SLO_NANOS = TimeUnit.DAYS.toNanos(1);

    private QueryOptions() {}

    /** The SLO in nanoseconds, at least 1: a budget of 0 would mean the actor's default. */
    public static long sloNanos(double millis, String name) {
        if (!(millis > 0)) {
            throw invalid(name + " must be greater than 0; leave it out to get the actor's default.");
        }
        double nanos = millis * 1e6;
        return nanos >= MAX_SLO_NANOS ? MAX_SLO_NANOS : Math.max(1, (long) nanos);
    }

    /** Likewise of what stands in a header. */
    public static long sloNanos(String millis, String name) {
        if (millis.length() > 64 || !millis.matches("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,9})?")) {
            throw invalid(name + " must be a number of milliseconds.");
        }
        return sloNanos(Double.parseDouble(millis), name);
    }

    /**
     * An SLO of so many microseconds in nanoseconds; 0 as if there were none.
     *
     * @param name how the caller knows it
     */
    public static long sloNanosOfMicros(long micros, String name) {
        if (micros < 0) {
            throw invalid(name + " must be greater than 0 microseconds, or left out.");
        }
        return micros >= TimeUnit.NANOSECONDS.toMicros(MAX_SLO_NANOS)
                ? MAX_SLO_NANOS
                : TimeUnit.MICROSECONDS.toNanos(micros);
    }

    public static int priority(long priority, String name) {
        if (priority < 0 || priority > MAX_PRIORITY) {
            throw invalid(name + " must be between 0 (unset) and " + MAX_PRIORITY + "; 1 is the highest. It is "
                    + priority + ".");
        }
        return (int) priority;
    }

    /** Likewise of what stands in a header. */
    public static int priority(String priority, String name) {
        if (!priority.matches("-?[0-9]{1,9}")) {
            throw invalid(
                    name + " must be a whole number between 0 (unset) and " + MAX_PRIORITY + "; 1 is the highest.");
        }
        return priority(Long.parseLong(priority), name);
    }

    public static String version(String version, String name) {
        ActorNames.versionProblem(version).ifPresent(problem -> {
            throw invalid(name + " is not a version's name. " + problem);
        });
        return version;
    }

    public static String id(String id, String name) {
        if (!isId(id)) {
            throw invalid(name + " must be 1 to " + MAX_ID_LENGTH + " printable ASCII characters without spaces.");
        }
        return id;
    }

    public static boolean isId(String id) {
        if (id.isEmpty() || id.length() > MAX_ID_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c <= ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    /** What becomes of a query of a sequence: a model that kept state between queries would give wrong results without a word. */
    public static QueryException noSequences() {
        return invalid("There are no sequences here: leave sequence_id out, and send what belongs together at once.");
    }

    /** What makes no valid query, for its caller. */
    public static QueryException invalid(String message) {
        return new QueryException(ErrorCode.INVALID_INPUT, message);
    }
}
