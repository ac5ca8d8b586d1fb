package dev.sluice.host.sql.engine;

import java.sql.SQLException;

/** What a database said, for people. */
public final class SqlErrors {

    private static final int LONGEST = 400;

    private SqlErrors() {}

    /** The first line, and not too much of it. */
    public static String line(SQLException thrown) {
        String message = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
        String line = message.lines().findFirst().orElse(message).strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
}
