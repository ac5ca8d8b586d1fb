package dev.sluice.frontend.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.sluice.common.tensor.DataType;
import dev.sluice.frontend.query.QueryOptions;
import inference.InferTensorContents;
import inference.ModelInferRequest.InferInputTensor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Map;

/** Elements that are written as numbers of the message, as the little-endian bytes that they are elsewhere. */
final class TypedContents {

    private TypedContents() {}

    /**
     * @return a buffer for the caller
     * @throws dev.sluice.common.error.QueryException {@code INVALID_INPUT} where they are in the field of another type, or do not fit
     */
    static ByteBuf bytes(InferInputTensor input, ByteBufAllocator allocator) {
        DataType type = DataType.of(input.getDatatype())
                .orElseThrow(() -> QueryOptions.invalid("The input '" + input.getName() + "' has the datatype \""
                        + input.getDatatype() + "\", which there is not."));
        requireField(input, type);
        ByteBuf out = allocator.buffer();
        try {
            write(input.getContents(), type, input.getName(), out);
            return out;
        } catch (RuntimeException | Error e) {
            out.release();
            throw e;
        }
    }

    private static void requireField(InferInputTensor input, DataType type) {
        String field = field(type);
        for (Map.Entry<FieldDescriptor, Object> used :
                input.getContents().getAllFields().entrySet()) {
            if (!used.getKey().getName().equals(field)) {
                throw QueryOptions.invalid("The input '" + input.getName() + "' is " + type + " and has "
                        + used.getKey().getName() + "; "
                        + (field.isEmpty() ? "it goes into raw_input_contents." : "it takes " + field + "."));
            }
        }
    }

    /** Empty where a type has none. */
    private static String field(DataType type) {
        return switch (type) {
            case BOOL -> "bool_contents";
            case INT8, INT16, INT32 -> "int_contents";
            case INT64 -> "int64_contents";
            case UINT8, UINT16, UINT32 -> "uint_contents";
            case UINT64 -> "uint64_contents";
            case FP32 -> "fp32_contents";
            case FP64 -> "fp64_contents";
            case BYTES -> "bytes_contents";
            case FP16, BF16 -> "";
        };
    }

    /** By index: as objects each element would be one. */
    private static void write(InferTensorContents from, DataType type, String name, ByteBuf out) {
        int elements = count(from, type);
        for (int i = 0; i < elements; i++) {
            switch (type) {
                case BOOL -> out.writeBoolean(from.getBoolContents(i));
                case INT8 -> out.writeByte(fitting(from.getIntContents(i), (byte) from.getIntContents(i), type, name));
                case INT16 ->
                    out.writeShortLE(fitting(from.getIntContents(i), (short) from.getIntContents(i), type, name));
                case INT32 -> out.writeIntLE(from.getIntContents(i));
                case INT64 -> out.writeLongLE(from.getInt64Contents(i));
                case UINT8 ->
                    out.writeByte(fitting(from.getUintContents(i), from.getUintContents(i) & 0xFF, type, name));
                case UINT16 ->
                    out.writeShortLE(fitting(from.getUintContents(i), from.getUintContents(i) & 0xFFFF, type, name));
                case UINT32 -> out.writeIntLE(from.getUintContents(i));
                case UINT64 -> out.writeLongLE(from.getUint64Contents(i));
                case FP32 -> out.writeFloatLE(from.getFp32Contents(i));
                case FP64 -> out.writeDoubleLE(from.getFp64Contents(i));
                case BYTES -> string(from.getBytesContents(i), out);
                case FP16, BF16 -> throw new IllegalStateException("refused before");
            }
        }
    }

    private static int count(InferTensorContents from, DataType type) {
        return switch (type) {
            case BOOL -> from.getBoolContentsCount();
            case INT8, INT16, INT32 -> from.getIntContentsCount();
            case INT64 -> from.getInt64ContentsCount();
            case UINT8, UINT16, UINT32 -> from.getUintContentsCount();
            case UINT64 -> from.getUint64ContentsCount();
            case FP32 -> from.getFp32ContentsCount();
            case FP64 -> from.getFp64ContentsCount();
            case BYTES -> from.getBytesContentsCount();
            case FP16, BF16 -> 0;
        };
    }

    private static int fitting(int value, int kept, DataType type, String name) {
        if (value != kept) {
            throw QueryOptions.invalid("In the input '" + name + "', " + value + " does not fit " + type + ".");
        }
        return value;
    }

    private static void string(ByteString value, ByteBuf out) {
        out.writeIntLE(value.size());
        value.asReadOnlyByteBufferList().forEach(out::writeBytes);
    }
}
