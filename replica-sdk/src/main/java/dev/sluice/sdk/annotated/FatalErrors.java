package dev.sluice.sdk.annotated;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Reactor does not signal a {@link VirtualMachineError} (a stack overflow is one) or {@link LinkageError}, it lets them
 * fall through. On the thread that subscribed they can be caught; on a scheduler's thread they would vanish with the task,
 * and their query would hang. So tasks that come of a subscription made here carry along who is to be told.
 */
final class FatalErrors {

    private static final ThreadLocal<@Nullable Consumer<Throwable>> WATCHER = new ThreadLocal<>();

    static {
        Schedulers.onScheduleHook("sluice-fatal-errors", FatalErrors::carry);
    }

    private FatalErrors() {}

    /** Runs something and tells of what it throws, and of what falls through a task that is scheduled within. */
    static void watch(Runnable work, Consumer<Throwable> watcher) {
        Consumer<Throwable> outer = WATCHER.get();
        WATCHER.set(watcher);
        try {
            work.run();
        } catch (Throwable thrown) { // whatever it is: the watcher's query must end
            watcher.accept(thrown);
        } finally {
            restore(outer);
        }
    }

    private static Runnable carry(Runnable task) {
        Consumer<Throwable> watcher = WATCHER.get();
        return watcher == null ? task : () -> runCarried(task, watcher);
    }

    private static void runCarried(Runnable task, Consumer<Throwable> watcher) {
        Consumer<Throwable> outer = WATCHER.get();
        WATCHER.set(watcher);
        try {
            task.run();
        } catch (VirtualMachineError | LinkageError fatal) {
            watcher.accept(fatal);
            throw fatal;
        } finally {
            restore(outer);
        }
    }

    private static void restore(@Nullable Consumer<Throwable> outer) {
        if (outer == null) {
            WATCHER.remove();
        } else {
            WATCHER.set(outer);
        }
    }
}
