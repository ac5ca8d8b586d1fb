package dev.sluice.cli.platform;

/** A process of ours, by its record and as our child, which alone tells how it ended. */
record Launched(ProcessRecord record, Process child) {

    private static final int SIGNALS = 128;

    /** For people: how it ended. Only of one that is dead. */
    String end() {
        // The kernel shows it as dead a moment before its parent has heard of it.
        int code = child.onExit().join().exitValue();
        return code > SIGNALS ? "was ended by signal " + (code - SIGNALS) : "died with exit code " + code;
    }
}
