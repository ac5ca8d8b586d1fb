package dev.sluice.frontend.zmq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches the socket. It sleeps until the socket has something, or until it is given a task; tasks come through
 * a bounded queue without locks.
 */
final class SocketThread implements Executor {

    private static final Logger log = LoggerFactory.getLogger(SocketThread.class);

    /** Messages that are read one after the other before tasks have their turn. */
    private static final int BATCH = 64;

    /** What the thread does for the socket. It calls nothing of it before the start and after the end. */
    interface Work {

        /** Takes one message of the socket; false where there is none. */
        boolean receive();

        /** Nothing more is received or sent. */
        void ended();
    }

    private final MpscArrayQueue<Runnable> tasks;
    private final Selector selector;
    private final Work work;
    private final Thread thread;
    private volatile boolean sleeping;
    private volatile boolean closed;

    /** @param mostTasks so many may wait; {@link #execute} refuses more */
    SocketThread(RouterSocket socket, int mostTasks, Work work) {
        this.tasks = new MpscArrayQueue<>(mostTasks);
        this.work = work;
        try {
            this.selector = Selector.open();
            socket.signal().register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.thread = new Thread(this::run, "sluice-zeromq");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** @throws RejectedExecutionException after the end, and where too many tasks wait */
    @Override
    public void execute(Runnable task) {
        if (closed || !tasks.offer(task)) {
            throw new RejectedExecutionException(closed ? "ZeroMQ has stopped" : "Too many tasks wait");
        }
        if (sleeping) {
            selector.wakeup();
        }
    }

    /** Ends after what is being done now. */
    void end() {
        closed = true;
        selector.wakeup();
    }

    /** Waits for the end. */
    void join(long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                boolean received = receive();
                boolean done = runTasks();
                if (!received && !done) {
                    sleep();
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            log.error("ZeroMQ is not served any more", e);
        } finally {
            closed = true;
            runTasks();
            close(selector);
            work.ended();
        }
    }

    private boolean receive() {
        for (int i = 0; i < BATCH; i++) {
            if (!work.receive()) {
                return i > 0;
            }
        }
        return true;
    }

    private boolean runTasks() {
        @Nullable Runnable task = tasks.poll();
        if (task == null) {
            return false;
        }
        for (; task != null; task = tasks.poll()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                log.error("A fault in a reply over ZeroMQ; the others go on", e);
            }
        }
        return true;
    }

    /** Who adds a task looks whether the thread sleeps afterwards, and the thread looks for tasks after it said so. */
    private void sleep() throws IOException {
        sleeping = true;
        if (tasks.isEmpty() && !closed) {
            selector.select();
            selector.selectedKeys().clear();
        }
        sleeping = false;
    }

    private static void close(Selector selector) {
        try {
            selector.close();
        } catch (IOException e) {
            log.debug("A selector did not close", e);
        }
    }
}
