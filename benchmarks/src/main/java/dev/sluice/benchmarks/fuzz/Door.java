package dev.sluice.benchmarks.fuzz;

import java.io.IOException;

/** A way for input into a process. */
interface Door extends AutoCloseable {

    String name();

    /**
     * Sends one input, changed or not, and waits for what becomes of it.
     *
     * @throws Wrong where that is neither an error that says what is wrong nor a right result, or nothing at all
     */
    Became send(Changes changes) throws IOException, Wrong;

    /** After some inputs: puts back what those may have changed that were taken. */
    default void tidy() throws IOException {}

    @Override
    void close() throws IOException;

    /** What becomes of an input that is treated well. */
    enum Became {
        ANSWERED,
        REFUSED
    }

    /** It was not. */
    final class Wrong extends Exception {

        private static final long serialVersionUID = 1L;

        Wrong(String what) {
            super(what);
        }
    }
}
