package dev.sluice.common.tensor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;

/** Writes a tensor's elements as JSON, flat or nested as its shape is. */
final class ElementWriter {

    private final JsonGenerator json;
    private final Tensor tensor;
    private final ByteBuf data;
    private int at;

    ElementWriter(JsonGenerator json, Tensor tensor) {
        this.json = json;
        this.tensor = tensor;
        this.data = tensor.data();
        this.at = data.readerIndex();
        if (tensor.type().binaryOnly()) {
            throw Invalid.input("The output '" + tensor.name() + "' is " + tensor.type()
                    + ", of which JSON has no numbers: ask for it as binary data.");
        }
    }

    void flat() {
        json.writeStartArray();
        long elements = tensor.elements();
        for (long i = 0; i < elements; i++) {
            element();
        }
        json.writeEndArray();
    }

    void nested() {
        nested(0);
    }

    private void nested(int dimension) {
        if (dimension == tensor.shape().length) {
            element();
            return;
        }
        json.writeStartArray();
        for (long i = 0; i < tensor.shape()[dimension]; i++) {
            nested(dimension + 1);
        }
        json.writeEndArray();
    }

    private void element() {
        int from = at;
        at += tensor.type().size();
        switch (tensor.type()) {
            case BOOL -> json.writeBoolean(data.getByte(from) != 0);
            case INT8 -> json.writeNumber(data.getByte(from));
            case UINT8 -> json.writeNumber(data.getUnsignedByte(from));
            case INT16 -> json.writeNumber(data.getShortLE(from));
            case UINT16 -> json.writeNumber(data.getUnsignedShortLE(from));
            case INT32 -> json.writeNumber(data.getIntLE(from));
            case UINT32 -> json.writeNumber(data.getUnsignedIntLE(from));
            case INT64 -> json.writeNumber(data.getLongLE(from));
            case UINT64 -> unsigned(data.getLongLE(from));
            case FP32 -> fraction(data.getFloatLE(from));
            case FP64 -> fraction(data.getDoubleLE(from));
            case BYTES -> string(from);
            case FP16, BF16 -> throw new IllegalStateException("refused before");
        }
    }

    private void unsigned(long value) {
        if (value >= 0) {
            json.writeNumber(value);
        } else {
            json.writeNumber(new BigInteger(Long.toUnsignedString(value)));
        }
    }

    private void fraction(float value) {
        requireFinite(Float.isFinite(value), value);
        json.writeNumber(value);
    }

    private void fraction(double value) {
        requireFinite(Double.isFinite(value), value);
        json.writeNumber(value);
    }

    private void requireFinite(boolean finite, double value) {
        if (!finite) {
            throw new QueryException(
                    ErrorCode.FAILED,
                    "The model gave " + value + " in the output '" + tensor.name()
                            + "', and JSON has no such number: ask for binary data to see it.");
        }
    }

    private void string(int from) {
        int length = data.getIntLE(from);
        at = from + Integer.BYTES + length;
        if (!ByteBufUtil.isText(data, from + Integer.BYTES, length, StandardCharsets.UTF_8)) {
            throw new QueryException(
                    ErrorCode.FAILED,
                    "The output '" + tensor.name()
                            + "' has bytes that are no text, and JSON has no others: ask for binary data to see them.");
        }
        json.writeString(data.toString(from + Integer.BYTES, length, StandardCharsets.UTF_8));
    }
}
