package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.process.NamedProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The echo, as a process of its own for as long as the bench runs. */
final class EchoProcess implements AutoCloseable {

    private static final String MAIN = "dev.sluice.benchmarks.echo.EchoApplication";
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 50;

    private final Process process;
    private final int port;
    private final Path log;

    private EchoProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts the echo and waits until it is ready.
     *
     * @param jvm the {@code java} to run it with and its flags: those of a frontend
     * @throws IOException if it does not get ready; the message says where its output is
     */
    static EchoProcess start(List<String> jvm, int port) throws IOException, InterruptedException {
        Path log = Files.createTempFile("sluice-bench-echo", ".log");
        List<String> command = new ArrayList<>(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN, "--server.port=" + port));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        EchoProcess echo = new EchoProcess(process, port, log);
        // Whoever interrupts the bench wants this process gone as well; closing twice does no harm.
        Runtime.getRuntime().addShutdownHook(new Thread(echo::close, "end-echo"));
        try {
            echo.awaitReady();
            return echo;
        } catch (IOException | InterruptedException e) {
            echo.close();
            throw e;
        }
    }

    URI url(String actor) {
        return URI.create("http://127.0.0.1:" + port + "/" + actor);
    }

    NamedProcess process() {
        return new NamedProcess("echo", process.pid());
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

    private void awaitReady() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest readiness = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                .timeout(START_PATIENCE)
                .build();
        long end = System.nanoTime() + START_PATIENCE.toNanos();
        while (end - System.nanoTime() > 0) {
            if (!process.isAlive()) {
                throw new IOException("the echo ended with " + process.exitValue() + "; its output is in " + log);
            }
            try {
                if (client.send(readiness, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (ConnectException notYet) {
                // It does not listen before it is nearly ready.
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        throw new IOException(
                "the echo was not ready within " + START_PATIENCE.toSeconds() + " s; its output is in " + log);
    }
}
