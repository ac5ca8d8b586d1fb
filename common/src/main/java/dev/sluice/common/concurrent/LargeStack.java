package dev.sluice.common.concurrent;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * For native code that goes deep once: it ends the process without a word where it overflows the stack of an ordinary thread.
 *
 * <p>ONNX Runtime does when it starts: it searches the process's command line by a pattern, a step deeper with each character, and
 * 12 kB (a long class path) are too many for 1 MB of stack.
 */
public final class LargeStack {

    private static final long BYTES = 64L << 20;

    private LargeStack() {}

    /**
     * Computes something on a thread of its own with 64 MB of stack. The caller waits; it must not be an event loop. An interrupt
     * does not end that, and is kept for later. What the work throws the caller gets.
     *
     * @param name of the thread
     */
    public static <T> T call(String name, Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        new Thread(null, task, name, BYTES).start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            // A supplier throws nothing else.
            throw (Error) e.getCause();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
