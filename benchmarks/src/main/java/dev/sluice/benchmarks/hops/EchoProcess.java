package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.NamedProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The echo, as a process of its own for as long as the bench runs. */
final class EchoProcess implements AutoCloseable {

    private static final String MAIN = "dev.sluice.benchmarks.echo.EchoApplication";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final ChildProcess child;
    private final int port;

    private EchoProcess(ChildProcess child, int port) {
        this.child = child;
        this.port = port;
    }

    /**
     * Starts the echo and waits until it is ready.
     *
     * @param jvm the {@code java} to run it with and its flags: those of a frontend
     * @throws IOException if it does not get ready; the message says where its output is
     */
    static EchoProcess start(List<String> jvm, int port) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN, "--server.port=" + port));
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest readiness = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                .timeout(PATIENCE)
                .build();
        return new EchoProcess(ChildProcess.start("echo", command, () -> isReady(client, readiness)), port);
    }

    private static boolean isReady(HttpClient client, HttpRequest readiness) throws IOException, InterruptedException {
        try {
            return client.send(readiness, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == OK;
        } catch (ConnectException notYet) {
            // It does not listen before it is nearly ready.
            return false;
        }
    }

    URI url(String actor) {
        return URI.create("http://127.0.0.1:" + port + "/" + actor);
    }

    NamedProcess process() {
        return child.process();
    }

    @Override
    public void close() {
        child.close();
    }
}
