package dev.sluice.benchmarks.fuzz;

import java.io.IOException;

/** A way for input into a process. */
interface Door extends AutoCloseable {

    String name();

    /**
     * Sends one input, changed or not, and counts what became of it; a door whose inputs take long counts some of those before.
     *
     * @throws Wrong where the one that would be counted now was treated badly
     */
    void send(Changes changes, Tally tally) throws Wrong;

    /** After some inputs: puts back what those may have changed that were taken. */
    default void tidy() throws IOException {}

    /** Waits for what has not been counted yet. */
    default void finish(Tally tally) {}

    @Override
    void close() throws IOException;

    /** Neither an error that says what is wrong nor a right result came, or nothing at all. */
    final class Wrong extends Exception {

        private static final long serialVersionUID = 1L;

        Wrong(String what) {
            super(what);
        }

        /** With the input, so that it can be sent again. */
        Wrong to(Object input) {
            return new Wrong(getMessage() + "\nto:\n" + input);
        }
    }
}
