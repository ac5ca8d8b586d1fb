package dev.sluice.router.pipeline.expression;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;

/** An expression has no value for what it was given, or took too long for it. The message says why, as a sentence. */
public final class ExpressionFailed extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String sentence;

    public ExpressionFailed(String message) {
        this(ErrorCode.FAILED, message);
    }

    /** @param code other than {@code FAILED} where it is not the expression that is to blame, but what it was to read */
    public ExpressionFailed(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
        this.sentence = message;
    }

    public String sentence() {
        return sentence;
    }

    /** @param where it failed, as the beginning of a sentence; of no use to who is to mend what he sent */
    public Failure failure(String where) {
        return new Failure(code, code == ErrorCode.FAILED ? where + ": " + sentence : sentence);
    }
}
