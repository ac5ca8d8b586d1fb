package dev.sluice.frontend.grpc;

import dev.sluice.frontend.query.QueryOptions;
import inference.InferParameter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the parameters of a request say to this frontend.
 *
 * @param sloNanos of {@code timeout}, which is in microseconds; 0: the actor's default
 * @param priority 1 highest, 0 unset
 */
record InferOptions(long sloNanos, int priority) {

    static InferOptions of(Map<String, InferParameter> parameters) {
        if (parameters.isEmpty()) {
            return new InferOptions(0, 0);
        }
        refuseSequence(parameters.get("sequence_id"));
        return new InferOptions(
                QueryOptions.sloNanosOfMicros(number(parameters.get("timeout"), "timeout"), "timeout"),
                QueryOptions.priority(number(parameters.get("priority"), "priority"), "priority"));
    }

    /** 0 where there is none. What is too large for a long is as good as the largest. */
    private static long number(@Nullable InferParameter parameter, String name) {
        if (parameter == null) {
            return 0;
        }
        return switch (parameter.getParameterChoiceCase()) {
            case INT64_PARAM -> parameter.getInt64Param();
            case UINT64_PARAM -> parameter.getUint64Param() < 0 ? Long.MAX_VALUE : parameter.getUint64Param();
            case PARAMETERCHOICE_NOT_SET -> 0;
            case BOOL_PARAM, DOUBLE_PARAM, STRING_PARAM ->
                throw QueryOptions.invalid("The parameter " + name + " must be a whole number.");
        };
    }

    private static void refuseSequence(@Nullable InferParameter id) {
        if (id != null
                && (id.getInt64Param() != 0
                        || id.getUint64Param() != 0
                        || !id.getStringParam().isEmpty())) {
            throw QueryOptions.noSequences();
        }
    }
}
