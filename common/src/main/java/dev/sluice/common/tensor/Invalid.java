package dev.sluice.common.tensor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;

/** What is wrong with an input, for its caller. */
final class Invalid {

    private Invalid() {}

    static QueryException input(String sentence) {
        return new QueryException(ErrorCode.INVALID_INPUT, sentence);
    }
}
