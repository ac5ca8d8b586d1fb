package dev.sluice.frontend.mutation;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.TensorSignature;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.frontend.query.FakeGateway;
import dev.sluice.frontend.query.FakeModels;
import dev.sluice.frontend.query.QueryCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import reactor.core.publisher.Flux;

/** Actors that refuse what they cannot take, as hosts do: whatever else fails, fails in the frontend. */
public final class StrictActors {

    /** Gives the number after a number. */
    public static final String SUMS = "sums";

    /** Streams the numbers up to one, which is {@link #MOST_COUNTED} at most. */
    public static final String COUNTS = "counts";

    /** Likewise a model of any number of INT64, {@code x}, that gives each plus one as {@code y}. */
    public static final String PLUS = "plus";

    public static final int MOST_COUNTED = 20;

    private static final TensorSpec X = new TensorSpec("x", DataType.INT64, new long[] {-1});
    private static final TensorSpec Y = new TensorSpec("y", DataType.INT64, new long[] {-1});

    private StrictActors() {}

    public static FakeGateway publish(FakeGateway gateway) {
        gateway.actor(
                SUMS, false, call -> gateway.answer(Long.toString(number(call, Long.MIN_VALUE, Long.MAX_VALUE) + 1)));
        gateway.actor(
                COUNTS,
                true,
                call -> Flux.range(1, (int) number(call, 0, MOST_COUNTED))
                        .concatMap(i -> gateway.answer(Integer.toString(i))));
        gateway.model(
                PLUS,
                new TensorSignature(List.of(X), List.of(Y)),
                call -> FakeModels.answer(
                        gateway, call, X, tensor -> FakeModels.named("y", FakeModels.plusOne(tensor))));
        return gateway;
    }

    private static long number(QueryCall call, long least, long most) {
        String text = call.body().toString(StandardCharsets.UTF_8).strip();
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as below
        }
        throw new QueryException(ErrorCode.INVALID_INPUT, "That is no number that this actor takes.");
    }
}
