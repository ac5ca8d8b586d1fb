package dev.sluice.router.pipeline.run;

import dev.sluice.router.pipeline.expression.ExpressionFailed;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes what an expression made: values of JSON, and nothing else that the library may have in its hands. */
final class PlainJson {

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    /** As much as links take, unless they are told otherwise. */
    static final int MOST_BYTES = 64 << 20;

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super(null, null, false, false);
        }
    }

    private static final class Limited extends ByteArrayOutputStream {
        @Override
        public void write(byte[] from, int offset, int length) {
            if (length > MOST_BYTES - count) {
                throw new TooLong();
            }
            super.write(from, offset, length);
        }
    }

    private PlainJson() {}

    static byte[] write(@Nullable Object value) throws ExpressionFailed {
        ByteArrayOutputStream out = new Limited();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            write(value, json);
        } catch (TooLong e) {
            throw new ExpressionFailed("What the expression made has more than " + MOST_BYTES + " bytes.");
        } catch (JacksonException e) {
            throw new ExpressionFailed("What the expression made is no JSON: " + e.getOriginalMessage() + ".");
        }
        return out.toByteArray();
    }

    private static void write(@Nullable Object value, JsonGenerator json) throws ExpressionFailed {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeName(String.valueOf(entry.getKey()));
                write(entry.getValue(), json);
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                write(item, json);
            }
            json.writeEndArray();
        } else if (value instanceof CharSequence text) {
            json.writeString(text.toString());
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Number number) {
            write(number, json);
        } else {
            throw new ExpressionFailed("What the expression made has a function in it.");
        }
    }

    private static void write(Number number, JsonGenerator json) throws ExpressionFailed {
        if (number instanceof BigInteger whole) {
            json.writeNumber(whole);
        } else if (number instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                throw new ExpressionFailed("What the expression made has a number in it that is not finite.");
            }
            json.writeNumber(value);
        } else {
            json.writeNumber(number.longValue());
        }
    }
}
