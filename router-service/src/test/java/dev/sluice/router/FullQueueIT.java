package dev.sluice.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.link.Link;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.Role;
import dev.sluice.router.testing.FreePort;
import dev.sluice.router.testing.LinkedPeer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.netty.resources.LoopResources;

/** A router of 512 MB, heap and direct memory together, as a process of its own, holds 100,000 queries of 1 KB. */
class FullQueueIT {

    private static final int QUERIES = 100_000;
    private static final int BODY_BYTES = 1024;
    private static final int MORE = 2_000;

    /** However slow the machine: only a test that fails waits so long. */
    private static final Duration LONG = Duration.ofMinutes(5);

    /** The host holds one batch, which is in no queue. */
    private static final int FIRST_BATCH = 1;

    private final LoopResources loops = LoopResources.create("peers", 1, true);
    private Process process;
    private WebTestClient http;
    private LinkedPeer host;
    private LinkedPeer frontend;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws Exception {
        int port = FreePort.find();
        process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx320m",
                        "-XX:MaxDirectMemorySize=192m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RouterApplication.class.getName(),
                        "--server.port=" + port,
                        // A peer on a machine that has much else to do is not to be taken for dead.
                        "--sluice.link.lease=20s",
                        "--sluice.fleet.dir=" + directory.resolve("fleet"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("router.log").toFile())
                .start();
        awaitListening(port);
        http = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(30))
                .build();
        host = new LinkedPeer(Role.HOST, port, loops);
        host.hold();
        frontend = new LinkedPeer(Role.FRONTEND, port, loops);
        frontend.awaitActor("echo");
    }

    /** Its peers wait for much less than a JVM may take to start on a busy machine. */
    private void awaitListening(int port) {
        for (int looks = 0; !listens(port); looks++) {
            assertThat(process.isAlive() && looks < 1_800).as("it starts").isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @AfterEach
    void stop() throws Exception {
        host.close();
        frontend.close();
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(10)).block();
    }

    @Test
    void holdsThemAllAndRefusesByNumberWhatIsMore() throws Exception {
        Link link = frontend.link();
        link.send(query(0));
        host.awaitBatch();
        for (int i = 0; i < QUERIES; i++) {
            link.send(query(FIRST_BATCH + i));
        }
        await().atMost(LONG).until(this::queued, size -> size == QUERIES);
        System.out.printf(
                "%,d queries of %,d bytes queued: heap %,d MB, resident %,d MB%n",
                QUERIES, BODY_BYTES, heapBytes() >> 20, residentKilobytes() >> 10);

        for (int i = 0; i < MORE; i++) {
            link.send(query(QUERIES + FIRST_BATCH + i));
            Frame.Failed refused = frontend.next(Frame.Failed.class);
            assertThat(ErrorCode.of(refused.code())).isEqualTo(ErrorCode.OVERLOADED);
        }

        host.work();
        BitSet answered = new BitSet();
        for (int i = 0; i < QUERIES + FIRST_BATCH; i++) {
            ResultFrame result = frontend.next(ResultFrame.class);
            ByteBuf body = result.body();
            assertThat(body.readableBytes()).isEqualTo(BODY_BYTES);
            assertThat(body.getLong(0)).isEqualTo(result.exchange());
            answered.set((int) result.exchange());
            result.release();
        }
        assertThat(answered.cardinality()).isEqualTo(QUERIES + FIRST_BATCH);
        assertThat(queued()).isZero();
    }

    private static QueryFrame query(int number) {
        ByteBuf body = PooledByteBufAllocator.DEFAULT.buffer(BODY_BYTES);
        body.writeLong(number).writeZero(BODY_BYTES - Long.BYTES);
        return new QueryFrame(number, Duration.ofMinutes(10).toNanos(), 0, "echo", "call", "", 0, body);
    }

    private int queued() {
        Integer[] sizes = new Integer[1];
        http.get()
                .uri("/actuator/queues")
                .exchange()
                .expectBody()
                .jsonPath("$[0].size")
                .value(Integer.class, size -> sizes[0] = size);
        return sizes[0];
    }

    private long heapBytes() {
        Double[] bytes = new Double[1];
        http.get()
                .uri("/actuator/metrics/jvm.memory.used?tag=area:heap")
                .exchange()
                .expectBody()
                .jsonPath("$.measurements[0].value")
                .value(Double.class, value -> bytes[0] = value);
        return bytes[0].longValue();
    }

    private long residentKilobytes() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
