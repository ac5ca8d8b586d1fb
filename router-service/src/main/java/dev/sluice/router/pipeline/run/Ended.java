package dev.sluice.router.pipeline.run;

import dev.sluice.common.error.Failure;
import dev.sluice.router.pipeline.expression.ExpressionFailed;

/** How a step, or a part of one, has ended. */
sealed interface Ended {

    record Answered(Value value) implements Ended {}

    record Failed(Failure failure) implements Ended {}

    Ended NOTHING = new Answered(Value.NOTHING);

    /** @param which expression, for the sentence */
    static Ended failed(String which, ExpressionFailed why) {
        return new Failed(why.failure("The expression '" + which + "' failed"));
    }
}
