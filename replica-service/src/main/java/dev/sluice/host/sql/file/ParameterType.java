package dev.sluice.host.sql.file;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The type of a parameter, as its file declares it.
 *
 * @param kind which values it takes
 * @param sqlName how SQL writes it
 * @param digits of a decimal; null: it is none
 */
public record ParameterType(
        Kind kind, String sqlName, @Nullable Digits digits) {

    private static final Pattern DECIMAL = Pattern.compile("(?:decimal|numeric) *\\( *(\\d{1,2}) *, *(\\d{1,2}) *\\)");

    /** Databases have others too, and write each their own way. */
    private static final int LAST_YEAR = 9999;

    private ParameterType(Kind kind, String sqlName) {
        this(kind, sqlName, null);
    }

    /** How many digits a decimal has: a database refuses more, and with them all queries of a run. */
    record Digits(int all, int afterPoint) {

        /** Null where it has more; an exponent of a billion is a short text and a very long number. */
        private @Nullable Object of(BigDecimal given) {
            BigDecimal number = given.stripTrailingZeros();
            boolean fits =
                    number.scale() <= afterPoint && (long) number.precision() - number.scale() <= all - afterPoint;
            return fits ? number.setScale(Math.max(number.scale(), 0)) : null;
        }

        private String expected() {
            return "a number with at most " + (all - afterPoint) + " digits before the point and " + afterPoint
                    + " after it";
        }
    }

    /** Which JSON values a parameter takes. */
    public enum Kind {
        BOOLEAN("true or false"),
        INTEGER("a whole number of 32 bits"),
        BIGINT("a whole number of 64 bits"),
        DOUBLE("a number"),
        DECIMAL("a number"),
        VARCHAR("a text"),
        DATE("a date in a text, as \"2026-01-31\""),
        TIMESTAMP("a time in a text, as \"2026-01-31T12:00:00\"");

        private final String expected;

        Kind(String expected) {
            this.expected = expected;
        }
    }

    /** The types that a file may name. */
    public static final String NAMES = "boolean, integer, bigint, double, decimal(P, S), varchar, date, timestamp";

    static Optional<ParameterType> named(String written) {
        String name = written.toLowerCase(Locale.ROOT);
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            Digits digits = new Digits(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
            return digits.all() >= 1 && digits.afterPoint() <= digits.all()
                    ? Optional.of(new ParameterType(Kind.DECIMAL, name, digits))
                    : Optional.empty();
        }
        return switch (name) {
            case "boolean", "bool" -> Optional.of(new ParameterType(Kind.BOOLEAN, "boolean"));
            case "integer", "int" -> Optional.of(new ParameterType(Kind.INTEGER, "integer"));
            case "bigint", "long" -> Optional.of(new ParameterType(Kind.BIGINT, "bigint"));
            case "double", "double precision" -> Optional.of(new ParameterType(Kind.DOUBLE, "double precision"));
            case "varchar", "text", "string" -> Optional.of(new ParameterType(Kind.VARCHAR, "varchar"));
            case "date" -> Optional.of(new ParameterType(Kind.DATE, "date"));
            case "timestamp" -> Optional.of(new ParameterType(Kind.TIMESTAMP, "timestamp"));
            default -> Optional.empty();
        };
    }

    /**
     * The Java value of a JSON one: {@code Boolean}, {@code Integer}, {@code Long}, {@code Double}, {@code BigDecimal}, {@code String},
     * {@code LocalDate} or {@code LocalDateTime}.
     *
     * @throws IllegalArgumentException with what was expected, as a clause
     */
    public Object read(JsonNode value) {
        @Nullable Object read = null;
        switch (kind) {
            case BOOLEAN -> read = value.isBoolean() ? value.booleanValue() : null;
            case INTEGER -> read = value.isIntegralNumber() && value.canConvertToInt() ? value.intValue() : null;
            case BIGINT -> read = value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
            case DOUBLE -> read = finite(value);
            case DECIMAL -> read = value.isNumber() && digits != null ? digits.of(value.decimalValue()) : null;
            case VARCHAR -> read = text(value);
            case DATE, TIMESTAMP -> read = time(value);
        }
        if (read == null) {
            throw new IllegalArgumentException(digits == null ? kind.expected : digits.expected());
        }
        return read;
    }

    private static @Nullable Object finite(JsonNode value) {
        if (!value.isNumber()) {
            return null;
        }
        double number = value.decimalValue().doubleValue();
        return Double.isFinite(number) ? number : null;
    }

    /** No database has the character 0 in texts, and some end them there. */
    private static @Nullable Object text(JsonNode value) {
        return value.isString() && value.stringValue().indexOf('\0') < 0 ? value.stringValue() : null;
    }

    private @Nullable Object time(JsonNode value) {
        if (!value.isString()) {
            return null;
        }
        try {
            Temporal time = kind == Kind.DATE
                    ? LocalDate.parse(value.stringValue())
                    : LocalDateTime.parse(value.stringValue().replace(' ', 'T'));
            int year = time.get(ChronoField.YEAR);
            return year >= 1 && year <= LAST_YEAR ? time : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
