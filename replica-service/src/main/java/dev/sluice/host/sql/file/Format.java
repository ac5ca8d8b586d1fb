package dev.sluice.host.sql.file;

import java.util.Locale;

/** How a result is written. */
public enum Format {
    /** A JSON array with an object for each row. */
    ROWS,
    /** A JSON object with an array for each column. */
    COLUMNS,
    /** An Arrow IPC stream. */
    ARROW;

    /** As files and methods name it. */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}
