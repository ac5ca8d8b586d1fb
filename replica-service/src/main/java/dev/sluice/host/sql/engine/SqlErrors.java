package dev.sluice.host.sql.engine;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;

/** What a database said, for people. */
public final class SqlErrors {

    private static final int LONGEST = 400;

    /** What PostgreSQL says of a statement that was cancelled. */
    private static final String CANCELLED = "57014";

    private static final String TOO_MANY_CONNECTIONS = "53300";

    private SqlErrors() {}

    /** Whether the run was interrupted. */
    public static boolean isInterrupt(SQLException thrown) {
        return thrown instanceof SQLTimeoutException || CANCELLED.equals(thrown.getSQLState());
    }

    /** Whether the database cannot be reached at the moment, or is on its way down or up. */
    public static boolean isAway(SQLException thrown) {
        String state = String.valueOf(thrown.getSQLState());
        return thrown instanceof SQLNonTransientConnectionException
                || thrown instanceof SQLTransientConnectionException
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.equals(TOO_MANY_CONNECTIONS);
    }

    /** The first line, and not too much of it. */
    public static String line(SQLException thrown) {
        String message = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
        String line = message.lines().findFirst().orElse(message).strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
}
