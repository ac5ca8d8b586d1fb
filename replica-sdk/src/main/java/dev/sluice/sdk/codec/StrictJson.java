package dev.sluice.sdk.codec;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON that means what it says: 1.5 is no {@code long}, "1" is no number, 1 is no string, null is no {@code int}, a number
 * that does not fit is refused rather than wrapped or made infinite, and a property that nobody reads is a typing error.
 */
final class StrictJson {

    private StrictJson() {}

    /** A mapper as the given one, but strict. */
    static JsonMapper strict(JsonMapper lenient) {
        return lenient.rebuild()
                .enable(
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .addModule(numbers())
                .build();
    }

    /** The size of a payload is limited before it comes here; a long string in it is no attack of its own. */
    static JsonMapper plain() {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxStringLength(Integer.MAX_VALUE)
                                .build())
                        .build())
                .build();
    }

    private static SimpleModule numbers() {
        SimpleModule module = new SimpleModule("sluice-strict-numbers");
        module.addDeserializer(double.class, new StrictNumbers.OfDouble(false));
        module.addDeserializer(Double.class, new StrictNumbers.OfDouble(true));
        module.addDeserializer(float.class, new StrictNumbers.OfFloat(false));
        module.addDeserializer(Float.class, new StrictNumbers.OfFloat(true));
        module.addDeserializer(byte.class, new StrictNumbers.OfByte(false));
        module.addDeserializer(Byte.class, new StrictNumbers.OfByte(true));
        module.addDeserializer(double[].class, new StrictNumbers.OfDoubles());
        module.addDeserializer(float[].class, new StrictNumbers.OfFloats());
        return module;
    }
}
