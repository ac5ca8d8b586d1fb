package dev.sluice.host.sql.result;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;

/** Moves a column's value in the current row of a result to its vector: numbers without an object for each, which is most of the time. */
@FunctionalInterface
interface ArrowCell {

    /** Returns how many bytes it has there. */
    int move(ResultSet result, int row) throws SQLException;

    /** One for each column, in order. */
    static List<ArrowCell> of(List<Column> columns, List<FieldVector> vectors) {
        List<ArrowCell> cells = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            cells.add(of(i + 1, columns.get(i), vectors.get(i)));
        }
        return cells;
    }

    private static ArrowCell of(int index, Column column, FieldVector vector) {
        return switch (column.kind()) {
            case BOOLEAN -> booleans(index, (BitVector) vector);
            case INTEGER -> integers(index, (IntVector) vector);
            case LONG -> longs(index, (BigIntVector) vector);
            case FLOAT -> floats(index, (Float4Vector) vector);
            case DOUBLE -> doubles(index, (Float8Vector) vector);
            default ->
                (result, row) -> {
                    Object value = Values.value(result, index, column);
                    if (value == null) {
                        vector.setNull(row);
                        return 0;
                    }
                    return ArrowColumn.set(vector, row, value);
                };
        };
    }

    private static ArrowCell booleans(int index, BitVector vector) {
        return (result, row) -> {
            boolean value = result.getBoolean(index);
            if (result.wasNull()) {
                vector.setNull(row);
            } else {
                vector.setSafe(row, value ? 1 : 0);
            }
            return 0;
        };
    }

    private static ArrowCell integers(int index, IntVector vector) {
        return (result, row) -> {
            int value = result.getInt(index);
            if (result.wasNull()) {
                vector.setNull(row);
            } else {
                vector.setSafe(row, value);
            }
            return Integer.BYTES;
        };
    }

    private static ArrowCell longs(int index, BigIntVector vector) {
        return (result, row) -> {
            long value = result.getLong(index);
            if (result.wasNull()) {
                vector.setNull(row);
            } else {
                vector.setSafe(row, value);
            }
            return Long.BYTES;
        };
    }

    private static ArrowCell floats(int index, Float4Vector vector) {
        return (result, row) -> {
            float value = result.getFloat(index);
            if (result.wasNull()) {
                vector.setNull(row);
            } else {
                vector.setSafe(row, value);
            }
            return Float.BYTES;
        };
    }

    private static ArrowCell doubles(int index, Float8Vector vector) {
        return (result, row) -> {
            double value = result.getDouble(index);
            if (result.wasNull()) {
                vector.setNull(row);
            } else {
                vector.setSafe(row, value);
            }
            return Double.BYTES;
        };
    }
}
