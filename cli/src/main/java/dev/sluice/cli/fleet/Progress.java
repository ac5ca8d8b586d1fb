package dev.sluice.cli.fleet;

/**
 * How far something is.
 *
 * @param isOver whether it holds
 * @param sentence for people
 */
record Progress(boolean isOver, String sentence) {

    static Progress over(String sentence) {
        return new Progress(true, sentence);
    }

    static Progress going(String sentence) {
        return new Progress(false, sentence);
    }
}
