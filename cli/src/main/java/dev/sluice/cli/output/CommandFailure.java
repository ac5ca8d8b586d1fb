package dev.sluice.cli.output;

/** Ends a command with exit code 1 and one sentence for people. No stack trace. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandFailure(String sentence) {
        super(sentence, null, false, false);
    }
}
