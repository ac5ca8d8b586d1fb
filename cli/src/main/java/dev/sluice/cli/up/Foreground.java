package dev.sluice.cli.up;

import dev.sluice.cli.platform.OsProcess;
import dev.sluice.cli.platform.Platform;
import dev.sluice.cli.platform.PlatformException;
import dev.sluice.cli.platform.RuntimeDirectory;
import dev.sluice.cli.platform.ServiceProcess;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The bond between this process and the platform it started: whatever ends this process (Ctrl-C, sluice down, a closed
 * terminal) drains the platform first, until it is let go.
 */
final class Foreground implements AutoCloseable {

    private static final long GLANCE_MILLIS = 300;

    private final Platform platform;
    private final RuntimeDirectory runtime;
    private final ProgressBoard board;
    private final Thread hook;
    private volatile boolean bound = true;

    Foreground(Platform platform, RuntimeDirectory runtime, ProgressBoard board) {
        this.platform = platform;
        this.runtime = runtime;
        this.board = board;
        this.hook = new Thread(this::interrupted, "drain");
        runtime.supervisedBy(OsProcess.current());
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** From now on the platform outlives this process. */
    void letGo() {
        bound = false;
        runtime.unsupervised();
    }

    /** Reports deaths until a signal ends this process, which is how it usually ends, or there is nothing left to watch. */
    void watch(PrintWriter out) {
        Set<Long> reported = new HashSet<>();
        while (platform.closed() || platform.processes().stream().anyMatch(ServiceProcess::alive)) {
            for (ServiceProcess dead : platform.dead()) {
                if (reported.add(dead.pid())) {
                    out.println(dead.lastWords());
                    out.println("The others go on.");
                }
            }
            if (!nap()) {
                return;
            }
        }
        throw new PlatformException("All processes have ended.");
    }

    @Override
    public void close() {
        if (bound) {
            letGo();
            platform.close();
        }
    }

    private void interrupted() {
        if (!bound) {
            return;
        }
        board.nextBlock();
        platform.close();
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        runtime.unsupervised();
        // Being told to end is how it is meant to end: 0, unless something had to be killed.
        Runtime.getRuntime().halt(platform.endedGently() ? 0 : 1);
    }

    private static boolean nap() {
        try {
            return !new CountDownLatch(1).await(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
