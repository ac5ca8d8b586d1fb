package dev.sluice.common.link;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A link's event loop. After it was shut down, at the end of the process, what is left to do is done where it is asked for. */
record LoopExecutor(EventExecutor loop) implements Executor {

    @Override
    public void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }
}
