package dev.sluice.host.sql.result;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** A column as Arrow has it. What Arrow has no flat type for is a text, nested values in JSON. */
final class ArrowColumn {

    private static final int INT_BITS = 32;
    private static final int LONG_BITS = 64;
    private static final int DECIMAL_BITS = 128;
    private static final int OFFSET_BYTES = 4;

    private ArrowColumn() {}

    static Field field(Column column) {
        ArrowType type = switch (column.kind()) {
            case BOOLEAN -> ArrowType.Bool.INSTANCE;
            case INTEGER -> new ArrowType.Int(INT_BITS, true);
            case LONG -> new ArrowType.Int(LONG_BITS, true);
            case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case DECIMAL ->
                column.precision() == 0
                        ? ArrowType.Utf8.INSTANCE
                        : new ArrowType.Decimal(column.precision(), column.scale(), DECIMAL_BITS);
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case TIMESTAMP_WITH_ZONE -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
            case BYTES -> ArrowType.Binary.INSTANCE;
            case TEXT, NESTED -> ArrowType.Utf8.INSTANCE;
        };
        return new Field(column.name(), FieldType.nullable(type), null);
    }

    /** Puts a value that is not null in its place; returns how many bytes it has there, a bit for none. */
    static int set(FieldVector vector, int row, Object value) {
        if (vector instanceof VarBinaryVector binary) {
            byte[] bytes = (byte[]) value;
            binary.setSafe(row, bytes);
            return bytes.length + OFFSET_BYTES;
        }
        if (vector instanceof VarCharVector texts) {
            byte[] bytes = text(value).getBytes(StandardCharsets.UTF_8);
            texts.setSafe(row, bytes);
            return bytes.length + OFFSET_BYTES;
        }
        setFixed(vector, row, value);
        return vector instanceof BaseFixedWidthVector fixed ? fixed.getTypeWidth() : 0;
    }

    private static void setFixed(FieldVector vector, int row, Object value) {
        if (vector instanceof BitVector bits) {
            bits.setSafe(row, (Boolean) value ? 1 : 0);
        } else if (vector instanceof IntVector ints) {
            ints.setSafe(row, (Integer) value);
        } else if (vector instanceof BigIntVector longs) {
            longs.setSafe(row, (Long) value);
        } else if (vector instanceof Float4Vector floats) {
            floats.setSafe(row, (Float) value);
        } else if (vector instanceof Float8Vector doubles) {
            doubles.setSafe(row, (Double) value);
        } else if (vector instanceof DecimalVector decimals) {
            decimals.setSafe(row, number(vector, value));
        } else if (vector instanceof DateDayVector days) {
            days.setSafe(row, Math.toIntExact(((LocalDate) value).toEpochDay()));
        } else {
            ((TimeStampVector) vector).setSafe(row, micros(value));
        }
    }

    private static BigDecimal number(FieldVector vector, Object value) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        throw new ArithmeticException("The column " + vector.getName() + " has a decimal that is " + value
                + ", which Arrow cannot have: cast it to a double.");
    }

    private static long micros(Object value) {
        OffsetDateTime time =
                value instanceof LocalDateTime local ? local.atOffset(ZoneOffset.UTC) : (OffsetDateTime) value;
        return ChronoUnit.MICROS.between(OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC), time);
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Double none) {
            return none.toString();
        }
        return value instanceof BigDecimal number ? number.toPlainString() : JsonValues.text(value);
    }
}
