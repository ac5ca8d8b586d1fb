package dev.sluice.common.tensor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.math.BigInteger;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;

/** Single elements from JSON. Numbers mean what they say: what does not fit, or would be cut, is refused. */
final class Element {

    private static final BigInteger LARGEST_UINT64 =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private Element() {}

    /** Appends the value at the parser. */
    static void read(JsonParser json, DataType type, ByteBuf out, String name) {
        try {
            switch (type) {
                case BOOL -> out.writeByte(truth(json, name));
                case INT8 -> out.writeByte((int) whole(json, type, Byte.MIN_VALUE, Byte.MAX_VALUE, name));
                case UINT8 -> out.writeByte((int) whole(json, type, 0, 0xFF, name));
                case INT16 -> out.writeShortLE((int) whole(json, type, Short.MIN_VALUE, Short.MAX_VALUE, name));
                case UINT16 -> out.writeShortLE((int) whole(json, type, 0, 0xFFFF, name));
                case INT32 -> out.writeIntLE((int) whole(json, type, Integer.MIN_VALUE, Integer.MAX_VALUE, name));
                case UINT32 -> out.writeIntLE((int) whole(json, type, 0, 0xFFFF_FFFFL, name));
                case INT64 -> out.writeLongLE(whole(json, type, Long.MIN_VALUE, Long.MAX_VALUE, name));
                case UINT64 -> out.writeLongLE(unsigned(json, name));
                case FP32 -> out.writeFloatLE(fraction(json, name));
                case FP64 -> out.writeDoubleLE(longFraction(json, name));
                case BYTES -> text(json, out, name);
                case FP16, BF16 ->
                    throw Invalid.input("The input '" + name + "' is " + type
                            + ", of which JSON has no numbers: send it as binary data.");
            }
        } catch (InputCoercionException tooLarge) {
            throw doesNotFit(json, type, name);
        }
    }

    private static int truth(JsonParser json, String name) {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw wrong(json, DataType.BOOL, name);
        }
        return token == JsonToken.VALUE_TRUE ? 1 : 0;
    }

    private static long whole(JsonParser json, DataType type, long least, long most, String name) {
        requireWhole(json, type, name);
        long value = json.getLongValue();
        if (value < least || value > most) {
            throw doesNotFit(json, type, name);
        }
        return value;
    }

    private static long unsigned(JsonParser json, String name) {
        requireWhole(json, DataType.UINT64, name);
        if (json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return whole(json, DataType.UINT64, 0, Long.MAX_VALUE, name);
        }
        BigInteger value = json.getBigIntegerValue();
        if (value.signum() < 0 || value.compareTo(LARGEST_UINT64) > 0) {
            throw doesNotFit(json, DataType.UINT64, name);
        }
        return value.longValue();
    }

    private static void requireWhole(JsonParser json, DataType type, String name) {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw wrong(json, type, name);
        }
    }

    private static float fraction(JsonParser json, String name) {
        requireNumber(json, DataType.FP32, name);
        float value = json.getFloatValue();
        if (!Float.isFinite(value)) {
            throw doesNotFit(json, DataType.FP32, name);
        }
        return value;
    }

    private static double longFraction(JsonParser json, String name) {
        requireNumber(json, DataType.FP64, name);
        double value = json.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw doesNotFit(json, DataType.FP64, name);
        }
        return value;
    }

    private static void requireNumber(JsonParser json, DataType type, String name) {
        if (!json.currentToken().isNumeric()) {
            throw wrong(json, type, name);
        }
    }

    /** Half a surrogate pair, which JSON can escape, is no text: in UTF-8 it would become another one without a word. */
    private static void requireText(String text, String name) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!pair) {
                    throw Invalid.input("In the input '" + name + "', a string has half of a surrogate pair, \\u"
                            + Integer.toHexString(text.charAt(i)) + ", which is no text: send bytes as binary data.");
                }
                i++;
            }
        }
    }

    private static void text(JsonParser json, ByteBuf out, String name) {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(json, DataType.BYTES, name);
        }
        String text = json.getString();
        requireText(text, name);
        int at = out.writerIndex();
        out.writeIntLE(0);
        out.setIntLE(at, ByteBufUtil.writeUtf8(out, text));
    }

    private static RuntimeException wrong(JsonParser json, DataType type, String name) {
        return Invalid.input("The input '" + name + "' has elements of " + type + ", and " + shown(json) + " is none.");
    }

    private static RuntimeException doesNotFit(JsonParser json, DataType type, String name) {
        return Invalid.input("In the input '" + name + "', " + shown(json) + " does not fit " + type + ".");
    }

    private static String shown(JsonParser json) {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            return "an object";
        }
        String text = json.getString();
        String cut = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return json.currentToken() == JsonToken.VALUE_STRING ? '"' + cut + '"' : cut;
    }
}
