package dev.sluice.host.sql.file;

import org.jspecify.annotations.Nullable;

/**
 * A named parameter of a query.
 *
 * @param optional whether a caller may leave it out
 * @param fallback what it is then; null: no value
 */
public record Parameter(
        String name,
        ParameterType type,
        boolean optional,
        @Nullable Object fallback) {

    /** For people, as {@code since?: date}. */
    String described() {
        return name + (optional ? "?: " : ": ") + type.sqlName();
    }
}
