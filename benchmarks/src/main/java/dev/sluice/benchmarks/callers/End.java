package dev.sluice.benchmarks.callers;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a query ends for its caller; exactly one for each. All but the first are no answer. */
public enum End {
    ANSWERED,
    /** At once: too much is asked for, or nothing is there to ask. */
    REFUSED,
    /** Its SLO had passed. */
    EXPIRED,
    /** By the actor or the platform, or with a wrong answer. */
    FAILED,
    /** Connections broke until its SLO had passed: its caller turned from one frontend to the other in vain. */
    GIVEN_UP,
    /** It may have run and nobody knows, or a frontend that was reached never said anything. */
    LOST;

    private static final Pattern CODE = Pattern.compile("\"code\": ?\"([A-Z_]+)\"");

    /** @param expected the result that a right answer has */
    static End of(int status, String body, long expected) {
        return switch (status) {
            case 200 -> body.endsWith("\"result\": " + expected + "}") ? ANSWERED : FAILED;
            case 429, 503 -> REFUSED;
            case 504 -> EXPIRED;
            default -> code(body).equals("LOST") ? LOST : FAILED;
        };
    }

    private static String code(String body) {
        Matcher code = CODE.matcher(body);
        return code.find() ? code.group(1) : "";
    }
}
