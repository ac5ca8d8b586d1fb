package dev.sluice.host.sql.result;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A column of a result.
 *
 * @param kind which Java values it has, beside null
 * @param precision digits of a {@link Kind#DECIMAL}
 * @param scale of them after the point
 */
public record Column(String name, Kind kind, int precision, int scale) {

    private static final int MOST_DIGITS = 38;
    private static final int DIGITS_OF_UNSIGNED_64 = 20;

    /** Java values of columns. */
    public enum Kind {
        /** {@code Boolean}. */
        BOOLEAN,
        /** {@code Integer}. */
        INTEGER,
        /** {@code Long}. */
        LONG,
        /** {@code Float}. */
        FLOAT,
        /** {@code Double}. */
        DOUBLE,
        /** {@code BigDecimal}, or {@code Double} where it is no number or has no end. */
        DECIMAL,
        /** {@code LocalDate}. */
        DATE,
        /** {@code LocalDateTime}. */
        TIMESTAMP,
        /** {@code OffsetDateTime}. */
        TIMESTAMP_WITH_ZONE,
        /** {@code byte[]}. */
        BYTES,
        /** {@code String}. */
        TEXT,
        /** Lists, maps and what they contain; nested values. */
        NESTED
    }

    private Column(String name, Kind kind) {
        this(name, kind, 0, 0);
    }

    /** Of numbers of rows. */
    public static Column rowNumber(String name) {
        return new Column(name, Kind.LONG);
    }

    /** The columns of a result, in order. */
    public static List<Column> of(ResultSetMetaData result) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= result.getColumnCount(); i++) {
            columns.add(of(result, i));
        }
        return columns;
    }

    private static Column of(ResultSetMetaData result, int index) throws SQLException {
        String name = result.getColumnLabel(index);
        String type = result.getColumnTypeName(index).toUpperCase(Locale.ROOT);
        // Drivers call these by numbers that do not say enough of them.
        switch (type) {
            case "BOOL", "BOOLEAN" -> {
                return new Column(name, Kind.BOOLEAN);
            }
            case "HUGEINT", "UHUGEINT" -> {
                return new Column(name, Kind.DECIMAL, MOST_DIGITS, 0);
            }
            case "UBIGINT" -> {
                return new Column(name, Kind.DECIMAL, DIGITS_OF_UNSIGNED_64, 0);
            }
            case "UINTEGER" -> {
                return new Column(name, Kind.LONG);
            }
            case "TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE" -> {
                return new Column(name, Kind.TIMESTAMP_WITH_ZONE);
            }
            default -> {
                return of(name, result.getColumnType(index), result, index);
            }
        }
    }

    private static Column of(String name, int type, ResultSetMetaData result, int index) throws SQLException {
        return switch (type) {
            case Types.BOOLEAN -> new Column(name, Kind.BOOLEAN);
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> new Column(name, Kind.INTEGER);
            case Types.BIGINT -> new Column(name, Kind.LONG);
            case Types.REAL, Types.FLOAT -> new Column(name, Kind.FLOAT);
            case Types.DOUBLE -> new Column(name, Kind.DOUBLE);
            case Types.DECIMAL, Types.NUMERIC -> decimal(name, result.getPrecision(index), result.getScale(index));
            case Types.DATE -> new Column(name, Kind.DATE);
            case Types.TIMESTAMP -> new Column(name, Kind.TIMESTAMP);
            case Types.TIMESTAMP_WITH_TIMEZONE -> new Column(name, Kind.TIMESTAMP_WITH_ZONE);
            case Types.BLOB, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> new Column(name, Kind.BYTES);
            case Types.ARRAY, Types.STRUCT -> new Column(name, Kind.NESTED);
            default ->
                new Column(
                        name,
                        result.getColumnTypeName(index).toUpperCase(Locale.ROOT).startsWith("MAP(")
                                ? Kind.NESTED
                                : Kind.TEXT);
        };
    }

    /** Some databases have decimals of any size, and name none; each value has its own then. */
    private static Column decimal(String name, int precision, int scale) {
        boolean known = precision > 0 && precision <= MOST_DIGITS && scale >= 0 && scale <= precision;
        return known ? new Column(name, Kind.DECIMAL, precision, scale) : new Column(name, Kind.DECIMAL, 0, 0);
    }
}
