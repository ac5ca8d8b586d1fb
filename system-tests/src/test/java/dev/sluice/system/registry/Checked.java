package dev.sluice.system.registry;

import java.util.concurrent.Callable;

/** Runs what may throw anything, in places where that fails the test. */
final class Checked {

    private Checked() {}

    /** A {@link Runnable} that may fail. */
    interface Action {
        void run() throws Exception;
    }

    static <T> T get(Callable<T> action) {
        try {
            return action.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static void run(Action action) {
        get(() -> {
            action.run();
            return true;
        });
    }
}
