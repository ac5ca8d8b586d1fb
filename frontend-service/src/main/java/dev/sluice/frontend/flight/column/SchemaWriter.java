package dev.sluice.frontend.flight.column;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.sluice.common.tensor.DataType;
import java.util.List;
import org.apache.arrow.flatbuf.Binary;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/** Writes the head of a schema. */
public final class SchemaWriter {

    private final FlatBufferBuilder out = new FlatBufferBuilder();

    private SchemaWriter() {}

    public static byte[] head(List<Column> columns) {
        return new SchemaWriter().write(columns);
    }

    private byte[] write(List<Column> columns) {
        int[] fields = new int[columns.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = field(columns.get(i).name(), columns.get(i).layout());
        }
        int schema = Schema.createSchema(out, Endianness.Little, Schema.createFieldsVector(out, fields), 0, 0);
        Message.finishMessageBuffer(
                out, Message.createMessage(out, MetadataVersion.V5, MessageHeader.Schema, schema, 0, 0));
        return out.sizedByteArray();
    }

    private int field(String name, Layout layout) {
        int[] children = child(layout);
        int vector = Field.createChildrenVector(out, children);
        int text = out.createString(name);
        return Field.createField(out, text, false, typeOf(layout), type(layout), 0, vector, 0);
    }

    private int[] child(Layout layout) {
        if (layout instanceof Layout.FixedLists lists) {
            return new int[] {field("item", lists.child())};
        }
        return layout instanceof Layout.Lists lists ? new int[] {field("item", lists.child())} : new int[0];
    }

    private static byte typeOf(Layout layout) {
        if (layout instanceof Layout.FixedLists) {
            return Type.FixedSizeList;
        }
        if (layout instanceof Layout.Lists) {
            return Type.List;
        }
        if (layout instanceof Layout.Strings strings) {
            return strings.text() ? Type.Utf8 : Type.Binary;
        }
        return switch (layout.elements()) {
            case BOOL -> Type.Bool;
            case FP16, FP32, FP64 -> Type.FloatingPoint;
            case BF16 -> Type.FixedSizeBinary;
            default -> Type.Int;
        };
    }

    private int type(Layout layout) {
        if (layout instanceof Layout.FixedLists lists) {
            return FixedSizeList.createFixedSizeList(out, lists.size());
        }
        if (layout instanceof Layout.Lists) {
            org.apache.arrow.flatbuf.List.startList(out);
            return org.apache.arrow.flatbuf.List.endList(out);
        }
        if (layout instanceof Layout.Strings strings) {
            return strings.text() ? text() : bytes();
        }
        DataType elements = layout.elements();
        return switch (elements) {
            case BOOL -> bool();
            case FP16 -> FloatingPoint.createFloatingPoint(out, Precision.HALF);
            case FP32 -> FloatingPoint.createFloatingPoint(out, Precision.SINGLE);
            case FP64 -> FloatingPoint.createFloatingPoint(out, Precision.DOUBLE);
            case BF16 -> FixedSizeBinary.createFixedSizeBinary(out, elements.size());
            default ->
                Int.createInt(out, elements.size() * Byte.SIZE, !elements.name().startsWith("U"));
        };
    }

    private int text() {
        Utf8.startUtf8(out);
        return Utf8.endUtf8(out);
    }

    private int bytes() {
        Binary.startBinary(out);
        return Binary.endBinary(out);
    }

    private int bool() {
        Bool.startBool(out);
        return Bool.endBool(out);
    }
}
