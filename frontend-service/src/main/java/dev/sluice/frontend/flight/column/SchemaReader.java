package dev.sluice.frontend.flight.column;

import dev.sluice.common.tensor.DataType;
import dev.sluice.frontend.flight.ipc.IpcHead;
import dev.sluice.frontend.flight.ipc.NotArrowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;

/** Reads which columns a schema has, as far as tensors can be made of them. */
public final class SchemaReader {

    /** More than these no method takes. What is read of a schema is bounded by it, whatever its head claims. */
    private static final int MOST_COLUMNS = 4096;

    private static final int LONGEST_NAME = 1024;
    private static final int DEEPEST = 16;

    private SchemaReader() {}

    /** Their names alone, whatever their types. */
    public static List<String> names(byte[] head) {
        return IpcHead.of(head).schema(schema -> {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < count(schema); i++) {
                names.add(name(field(schema, i)));
            }
            return names;
        });
    }

    /**
     * The columns.
     *
     * @throws NotArrowException where one is of a type that no tensor has
     */
    public static List<Column> columns(byte[] head) {
        return IpcHead.of(head).schema(schema -> {
            if (schema.endianness() != Endianness.Little) {
                throw new NotArrowException("The columns are big-endian; send them little-endian.");
            }
            List<Column> columns = new ArrayList<>();
            for (int i = 0; i < count(schema); i++) {
                Field field = field(schema, i);
                String name = name(field);
                columns.add(new Column(name, layout(field, name, 0)));
            }
            return columns;
        });
    }

    private static int count(Schema schema) {
        if (schema.fieldsLength() > MOST_COLUMNS) {
            throw new NotArrowException(
                    "The schema has " + schema.fieldsLength() + " columns; at most " + MOST_COLUMNS + " are read.");
        }
        return schema.fieldsLength();
    }

    private static Field field(Schema schema, int i) {
        return required(schema.fields(i));
    }

    private static String name(Field field) {
        ByteBuffer name = field.nameAsByteBuffer();
        if (name == null) {
            return "";
        }
        if (name.remaining() > LONGEST_NAME) {
            throw new NotArrowException(
                    "A column has a name of " + name.remaining() + " bytes; at most " + LONGEST_NAME + " are read.");
        }
        return StandardCharsets.UTF_8.decode(name).toString();
    }

    private static Layout layout(Field field, String column, int depth) {
        if (field.dictionary() != null) {
            throw new NotArrowException("The column '" + column
                    + "' is encoded by a dictionary; send its values, as dictionary_decode() of pyarrow gives them.");
        }
        return switch (field.typeType()) {
            case Type.Bool -> new Layout.Bits();
            case Type.Int -> new Layout.Numbers(whole(required((Int) field.type(new Int())), column));
            case Type.FloatingPoint ->
                new Layout.Numbers(fraction(required((FloatingPoint) field.type(new FloatingPoint()))));
            case Type.FixedSizeBinary -> brain(required((FixedSizeBinary) field.type(new FixedSizeBinary())), column);
            case Type.Utf8 -> new Layout.Strings(true, false);
            case Type.LargeUtf8 -> new Layout.Strings(true, true);
            case Type.Binary -> new Layout.Strings(false, false);
            case Type.LargeBinary -> new Layout.Strings(false, true);
            case Type.List -> new Layout.Lists(child(field, column, depth), false);
            case Type.LargeList -> new Layout.Lists(child(field, column, depth), true);
            case Type.FixedSizeList ->
                new Layout.FixedLists(
                        size(required((FixedSizeList) field.type(new FixedSizeList()))), child(field, column, depth));
            default -> throw unknown(column, Type.name(field.typeType()));
        };
    }

    private static Layout child(Field field, String column, int depth) {
        if (depth == DEEPEST || field.childrenLength() != 1) {
            throw new NotArrowException("The column '" + column + "' has lists in lists that cannot be read.");
        }
        return layout(required(field.children(0)), column, depth + 1);
    }

    private static int size(FixedSizeList list) {
        if (list.listSize() < 0) {
            throw new NotArrowException("A list has the size " + list.listSize() + ".");
        }
        return list.listSize();
    }

    private static DataType whole(Int type, String column) {
        return switch (type.bitWidth()) {
            case Byte.SIZE -> type.isSigned() ? DataType.INT8 : DataType.UINT8;
            case Short.SIZE -> type.isSigned() ? DataType.INT16 : DataType.UINT16;
            case Integer.SIZE -> type.isSigned() ? DataType.INT32 : DataType.UINT32;
            case Long.SIZE -> type.isSigned() ? DataType.INT64 : DataType.UINT64;
            default -> throw unknown(column, "Int of " + type.bitWidth() + " bits");
        };
    }

    private static DataType fraction(FloatingPoint type) {
        return switch (type.precision()) {
            case Precision.HALF -> DataType.FP16;
            case Precision.SINGLE -> DataType.FP32;
            default -> DataType.FP64;
        };
    }

    /** Arrow has no numbers of this kind: they come as what they are, two bytes. */
    private static Layout brain(FixedSizeBinary type, String column) {
        if (type.byteWidth() != DataType.BF16.size()) {
            throw unknown(column, "FixedSizeBinary of " + type.byteWidth() + " bytes");
        }
        return new Layout.Numbers(DataType.BF16);
    }

    private static NotArrowException unknown(String column, String type) {
        return new NotArrowException("The column '" + column + "' is of the type " + type
                + ", of which there are no tensors: cast it to numbers, booleans, texts, bytes or lists of these.");
    }

    private static <T> T required(T part) {
        if (part == null) {
            throw new NotArrowException("The schema is damaged.");
        }
        return part;
    }
}
