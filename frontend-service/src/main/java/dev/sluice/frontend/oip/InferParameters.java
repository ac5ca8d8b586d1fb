package dev.sluice.frontend.oip;

import dev.sluice.frontend.query.QueryOptions;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What the parameters of a request say to this frontend; the rest of them is for the model.
 *
 * @param sloNanos of {@code timeout}, which is in microseconds; 0: the actor's default
 * @param priority 1 highest, 0 unset
 */
record InferParameters(long sloNanos, int priority) {

    static final InferParameters NONE = new InferParameters(0, 0);

    /** Of the value at the parser. */
    static InferParameters read(JsonParser json) {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return NONE;
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw QueryOptions.invalid("parameters must be an object, like {\"timeout\": 100000}.");
        }
        long sloNanos = 0;
        int priority = 0;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "timeout" -> sloNanos = QueryOptions.sloNanosOfMicros(wholeNumber(json, value, name), name);
                case "priority" -> priority = QueryOptions.priority(wholeNumber(json, value, name), name);
                case "sequence_id" -> refuseSequence(json, value);
                default -> json.skipChildren();
            }
        }
        return new InferParameters(sloNanos, priority);
    }

    /** What is too large for a long is as good as the largest. */
    private static long wholeNumber(JsonParser json, JsonToken value, String name) {
        if (value != JsonToken.VALUE_NUMBER_INT) {
            throw QueryOptions.invalid("The parameter " + name + " must be a whole number.");
        }
        if (json.getStringLength() <= 18) {
            return json.getLongValue();
        }
        return json.getBigIntegerValue().signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private static void refuseSequence(JsonParser json, JsonToken value) {
        String id = value.isScalarValue() ? json.getString() : "?";
        if (!id.equals("0") && !id.isEmpty()) {
            throw QueryOptions.noSequences();
        }
    }
}
