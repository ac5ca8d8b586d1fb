package dev.sluice.common.link;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Keeps a task until the round that is under way is over, as an event loop does. Takes one: a drain loop asks for no more. */
final class NextRound implements Executor {

    private @Nullable Runnable task;

    @Override
    public void execute(Runnable next) {
        task = next;
    }

    void run() {
        while (task != null) {
            Runnable next = task;
            task = null;
            next.run();
        }
    }
}
