package dev.sluice.router.pipeline.expression;

/** An expression has no value for what it was given, or took too long for it. The message says why, as a sentence. */
public final class ExpressionFailed extends Exception {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    public ExpressionFailed(String message) {
        super(message, null, false, false);
        this.sentence = message;
    }

    public String sentence() {
        return sentence;
    }
}
