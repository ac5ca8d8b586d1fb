package dev.sluice.sdk.host;

import dev.sluice.sdk.actor.ActorInstance;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedTransferQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread on which one instance of user code is made, runs its batches one after the other, and is closed. */
final class ReplicaThread {

    private static final Logger log = LoggerFactory.getLogger(ReplicaThread.class);

    /** Without a lock on which the event loop, which puts work in, could have to wait. */
    private final BlockingQueue<Consumer<ActorInstance>> work = new LinkedTransferQueue<>();

    private final String name;
    private volatile boolean stopping;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    ReplicaThread(String name) {
        this.name = name;
    }

    void start(Callable<ActorInstance> make, Consumer<ActorInstance> made, Consumer<Throwable> failed) {
        Thread next = new Thread(() -> live(make, made, failed), name);
        next.setDaemon(true);
        next.start();
    }

    /** After what is under way. */
    void run(Consumer<ActorInstance> batch) {
        work.add(batch);
    }

    /** After what is under way: asks the instance whether it can serve, and tells why not; null where it can. */
    void check(Consumer<@Nullable Throwable> answer) {
        work.add(instance -> {
            try {
                instance.check();
                answer.accept(null);
            } catch (Throwable e) { // whatever it is: one that throws cannot serve
                answer.accept(e);
            }
        });
    }

    /** After what is under way. */
    void stop() {
        stopping = true;
        work.add(instance -> {});
    }

    /** Completes when the instance is closed and the thread ends. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    private void live(Callable<ActorInstance> make, Consumer<ActorInstance> made, Consumer<Throwable> failed) {
        ActorInstance instance;
        try {
            instance = make.call();
        } catch (Throwable e) { // whatever it is: a replica that seems to start for ever helps nobody
            failed.accept(e);
            ended.complete(null);
            return;
        }
        made.accept(instance);
        while (!stopping || !work.isEmpty()) {
            Consumer<ActorInstance> next = take();
            // An interrupt was meant for the batch before.
            Thread.interrupted();
            next.accept(instance);
        }
        // As was one for the last batch.
        Thread.interrupted();
        try {
            instance.close();
        } catch (RuntimeException | Error e) {
            log.warn("The instance of {} could not be closed.", name, e);
        } finally {
            ended.complete(null);
        }
    }

    private Consumer<ActorInstance> take() {
        while (true) {
            try {
                return work.take();
            } catch (InterruptedException e) {
                // Meant for the batch before, and too late for it.
                log.trace("Interrupted between two batches.");
            }
        }
    }
}
