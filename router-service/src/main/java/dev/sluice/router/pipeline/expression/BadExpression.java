package dev.sluice.router.pipeline.expression;

/** A text that is no expression. The message is the end of a sentence that begins with where it stands. */
public final class BadExpression extends Exception {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    BadExpression(String message) {
        super(message, null, false, false);
        this.sentence = message;
    }

    public String sentence() {
        return sentence;
    }
}
