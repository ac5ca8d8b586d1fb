package dev.sluice.sdk.codec;

import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.NumberDeserializers;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Numbers that Jackson would quietly change: 1e400 becomes infinite as a {@code double}, 200 becomes -56 as a {@code byte}.
 * Here they are refused. {@code "NaN"} and {@code "Infinity"} as strings remain the way to write what JSON has no number for.
 */
final class StrictNumbers {

    private StrictNumbers() {}

    static final class OfDouble extends NumberDeserializers.DoubleDeserializer {

        OfDouble(boolean boxed) {
            super(boxed ? Double.class : double.class, boxed ? null : 0.0);
        }

        @Override
        public Double deserialize(JsonParser parser, DeserializationContext context) throws JacksonException {
            Double value = super.deserialize(parser, context);
            return value != null && value.isInfinite() && isNumber(parser)
                    ? tooLarge(parser, context, "double")
                    : value;
        }
    }

    static final class OfFloat extends NumberDeserializers.FloatDeserializer {

        OfFloat(boolean boxed) {
            super(boxed ? Float.class : float.class, boxed ? null : 0.0f);
        }

        @Override
        public Float deserialize(JsonParser parser, DeserializationContext context) throws JacksonException {
            Float value = super.deserialize(parser, context);
            return value != null && value.isInfinite() && isNumber(parser) ? tooLarge(parser, context, "float") : value;
        }
    }

    static final class OfByte extends NumberDeserializers.ByteDeserializer {

        OfByte(boolean boxed) {
            super(boxed ? Byte.class : byte.class, boxed ? null : (byte) 0);
        }

        @Override
        public Byte deserialize(JsonParser parser, DeserializationContext context) throws JacksonException {
            if (parser.hasToken(JsonToken.VALUE_NUMBER_INT) && (byte) parser.getIntValue() != parser.getIntValue()) {
                return tooLarge(parser, context, "byte");
            }
            return super.deserialize(parser, context);
        }
    }

    static final class OfDoubles extends StdDeserializer<double[]> {

        OfDoubles() {
            super(double[].class);
        }

        @Override
        public double[] deserialize(JsonParser parser, DeserializationContext context) throws JacksonException {
            if (!parser.hasToken(JsonToken.START_ARRAY)) {
                return (double[]) context.handleUnexpectedToken(getValueType(context), parser);
            }
            double[] values = new double[16];
            int size = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (size == values.length) {
                    values = Arrays.copyOf(values, size * 2);
                }
                try {
                    values[size] = element(parser, context);
                } catch (JacksonException wrong) {
                    throw wrong.prependPath(values, size);
                }
                size++;
            }
            return Arrays.copyOf(values, size);
        }

        private double element(JsonParser parser, DeserializationContext context) {
            double value = isNumber(parser) ? parser.getDoubleValue() : _parseDoublePrimitive(parser, context);
            return Double.isInfinite(value) && isNumber(parser)
                    ? StrictNumbers.<Double>tooLarge(parser, context, "double")
                    : value;
        }
    }

    static final class OfFloats extends StdDeserializer<float[]> {

        OfFloats() {
            super(float[].class);
        }

        @Override
        public float[] deserialize(JsonParser parser, DeserializationContext context) throws JacksonException {
            if (!parser.hasToken(JsonToken.START_ARRAY)) {
                return (float[]) context.handleUnexpectedToken(getValueType(context), parser);
            }
            float[] values = new float[16];
            int size = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (size == values.length) {
                    values = Arrays.copyOf(values, size * 2);
                }
                try {
                    values[size] = element(parser, context);
                } catch (JacksonException wrong) {
                    throw wrong.prependPath(values, size);
                }
                size++;
            }
            return Arrays.copyOf(values, size);
        }

        private float element(JsonParser parser, DeserializationContext context) {
            float value = isNumber(parser) ? parser.getFloatValue() : _parseFloatPrimitive(parser, context);
            return Float.isInfinite(value) && isNumber(parser)
                    ? StrictNumbers.<Float>tooLarge(parser, context, "float")
                    : value;
        }
    }

    private static boolean isNumber(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return token != null && token.isNumeric();
    }

    private static <T> T tooLarge(JsonParser parser, DeserializationContext context, String type) {
        return context.reportInputMismatch(
                Number.class, "Numeric value (%s) out of range of `%s`", parser.getString(), type);
    }
}
