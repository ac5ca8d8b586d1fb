package dev.sluice.system.site;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A real Redis, of the Debian package {@code redis-server}, that keeps everything in memory. */
public final class Redis implements AutoCloseable {

    private final OneProcess process;
    private final int port;

    private Redis(OneProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the test where Redis is not installed. */
    public static Redis started() {
        Optional<Path> program = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(place -> Path.of(place, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(
                program.isPresent(), "Skipped: there is no redis-server on the PATH (apt-get install redis-server).");
        int port = Places.freePorts(1);
        List<String> command = List.of(
                program.orElseThrow().toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no");
        Redis redis = new Redis(OneProcess.start("redis", Places.folder("processes"), command), port);
        await("Redis answers").atMost(Site.LONG).until(redis::answers);
        return redis;
    }

    /** For {@code spring.data.redis.url}. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readNBytes(5), StandardCharsets.UTF_8).equals("+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
