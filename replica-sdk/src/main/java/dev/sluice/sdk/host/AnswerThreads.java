package dev.sluice.sdk.host;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where user code goes on with what its calls came to. It may block there, until another call has been answered too; that answer needs a
 * thread as well. So where work waits and no thread has come to an end of its own, there are twice as many.
 */
final class AnswerThreads implements Executor {

    /** As many as one host can bear: each of them keeps a stack. */
    static final int MOST = 1_000;

    private static final int USUAL_PER_CORE = 10;
    private static final long IDLE_SECONDS = 30;
    private static final long LOOK_MILLIS = 10;
    private static final Logger log = LoggerFactory.getLogger(AnswerThreads.class);

    private final int usual;
    private final ThreadPoolExecutor threads;
    /** One of its own: the pool takes locks. */
    private final ScheduledThreadPoolExecutor timer;

    private final AtomicLong made = new AtomicLong();
    private final AtomicBoolean looking = new AtomicBoolean();

    /** Only for who looks. */
    private long endedBefore;

    private boolean told;

    AnswerThreads() {
        usual = USUAL_PER_CORE * Runtime.getRuntime().availableProcessors();
        threads = new ThreadPoolExecutor(
                usual,
                Math.max(usual, MOST),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedTransferQueue<>(),
                this::thread);
        threads.allowCoreThreadTimeOut(true);
        timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "answers-timer"));
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable task) {
        return daemon(task, "answers-" + made.incrementAndGet());
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
        lookLater();
    }

    private void lookLater() {
        if (!threads.getQueue().isEmpty() && looking.compareAndSet(false, true)) {
            later();
        }
    }

    private void later() {
        timer.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (threads.getQueue().isEmpty()) {
            // Those that are not idle stay until they are: with more, the pool would rather make a thread than use one.
            threads.setCorePoolSize(usual);
            told = false;
            looking.set(false);
            lookLater();
            return;
        }
        long ended = threads.getCompletedTaskCount();
        later();
        if (ended == endedBefore) {
            grow();
        }
        endedBefore = ended;
    }

    private void grow() {
        int size = Math.max(threads.getPoolSize(), threads.getCorePoolSize());
        if (size < threads.getMaximumPoolSize()) {
            threads.setCorePoolSize(Math.min(2 * size, threads.getMaximumPoolSize()));
        } else if (!told) {
            told = true;
            log.warn(
                    "All {} threads on which actors go on with the answers of their calls wait for something, perhaps for each"
                            + " other. Where one call follows another, write flatMap instead of block() or join().",
                    size);
        }
    }
}
