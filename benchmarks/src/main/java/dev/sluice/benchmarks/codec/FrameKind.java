package dev.sluice.benchmarks.codec;

/** The frames that there are many of. */
enum FrameKind {
    QUERY("Query"),
    BATCH("Batch"),
    RESULT("Result");

    private final String word;

    FrameKind(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
