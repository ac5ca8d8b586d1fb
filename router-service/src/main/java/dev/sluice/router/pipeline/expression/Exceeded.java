package dev.sluice.router.pipeline.expression;

/** Thrown through the library where an evaluation takes more than it may. The message is a sentence. */
final class Exceeded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    Exceeded(String message) {
        super(message, null, false, false);
        this.sentence = message;
    }

    String sentence() {
        return sentence;
    }
}
