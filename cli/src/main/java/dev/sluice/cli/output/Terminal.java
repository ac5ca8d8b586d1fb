package dev.sluice.cli.output;

/** Whether a person looks at the output: {@code ./sluice} finds out and says so, since Java 17 cannot. */
public final class Terminal {

    private Terminal() {}

    public static boolean watched() {
        return Boolean.getBoolean("sluice.tty");
    }
}
