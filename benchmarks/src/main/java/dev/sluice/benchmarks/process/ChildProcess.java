package dev.sluice.benchmarks.process;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that a bench holds Sluice against, as a process of its own for as long as the bench runs. */
public final class ChildProcess implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 50;

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Whether it answers. */
    public interface Readiness {
        boolean isReady() throws IOException, InterruptedException;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @throws IOException if it does not get ready; the message says where its output is
     */
    public static ChildProcess start(String name, List<String> command, Readiness readiness)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("sluice-bench-" + name, ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        ChildProcess child = new ChildProcess(name, process, log);
        // Whoever interrupts the bench wants this process gone as well; closing twice does no harm.
        Runtime.getRuntime().addShutdownHook(new Thread(child::close, "end-" + name));
        try {
            child.await(readiness);
            return child;
        } catch (IOException | InterruptedException e) {
            child.close();
            throw e;
        }
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public NamedProcess process() {
        return new NamedProcess(name, process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void await(Readiness readiness) throws IOException, InterruptedException {
        long end = System.nanoTime() + START_PATIENCE.toNanos();
        while (end - System.nanoTime() > 0) {
            if (!process.isAlive()) {
                throw new IOException(
                        "the " + name + " ended with " + process.exitValue() + "; its output is in " + log);
            }
            if (readiness.isReady()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        throw new IOException(
                "the " + name + " was not ready within " + START_PATIENCE.toSeconds() + " s; its output is in " + log);
    }
}
