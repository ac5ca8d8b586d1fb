package dev.sluice.benchmarks.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpProxyTest {

    private static final int A_WHILE_MILLIS = 50;

    private final byte[] bytes = new byte[50_000];
    private ServerSocket server;
    private TcpProxy proxy;

    @BeforeEach
    void open() throws IOException {
        new Random(1).nextBytes(bytes);
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        proxy = new TcpProxy(server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void carriesBytesBothWaysAndTheEnd() throws IOException {
        try (Socket near = connect();
                Socket far = server.accept()) {
            near.getOutputStream().write(bytes);
            assertThat(read(far)).isEqualTo(bytes);
            far.getOutputStream().write(bytes);
            assertThat(read(near)).isEqualTo(bytes);
            far.shutdownOutput();
            assertThat(near.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(proxy.carried()).isEqualTo(2L * bytes.length);
    }

    @Test
    void whatIsCutWaitsAndNobodyIsTold() throws IOException {
        try (Socket near = connect();
                Socket far = server.accept()) {
            proxy.weather(Weather.CUT);
            near.getOutputStream().write(bytes, 0, 1_000);
            near.shutdownOutput();
            far.setSoTimeout(A_WHILE_MILLIS);
            assertThatThrownBy(() -> far.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(proxy.carried()).isZero();

            proxy.weather(Weather.FINE);
            far.setSoTimeout(0);
            assertThat(far.getInputStream().readAllBytes()).hasSize(1_000);
        }
    }

    @Test
    void aConnectionIsNotRefusedWhileItIsCut() throws IOException {
        proxy.weather(Weather.CUT);
        server.setSoTimeout(A_WHILE_MILLIS);
        try (Socket near = connect()) {
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
            proxy.weather(Weather.FINE);
            server.setSoTimeout(0);
            try (Socket far = server.accept()) {
                near.getOutputStream().write(5);
                assertThat(far.getInputStream().read()).isEqualTo(5);
            }
        }
    }

    @Test
    void badWeatherLosesNothingInTheEnd() throws IOException {
        proxy.weather(new Weather(true, Duration.ofMillis(1), Duration.ofMillis(1), 0.5, Duration.ofMillis(1), 0));
        try (Socket near = connect();
                Socket far = server.accept()) {
            near.getOutputStream().write(bytes);
            assertThat(read(far)).isEqualTo(bytes);
        }
    }

    @Test
    void whoTakesNothingHoldsUpWhoSends() throws IOException {
        proxy.weather(Weather.CUT);
        byte[] much = new byte[64 << 20];
        try (Socket near = connect()) {
            Thread sender = new Thread(() -> send(near, much));
            sender.start();
            server.setSoTimeout(A_WHILE_MILLIS);
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
            assertThat(sender.isAlive()).isTrue();

            proxy.weather(Weather.FINE);
            server.setSoTimeout(0);
            try (Socket far = server.accept()) {
                assertThat(far.getInputStream().readNBytes(much.length)).hasSize(much.length);
            }
        }
    }

    private static void send(Socket socket, byte[] much) {
        try {
            socket.getOutputStream().write(much);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aTargetThatIsNotThereEndsTheConnection() throws IOException {
        server.close();
        try (Socket near = connect()) {
            assertThat(endOf(near)).isTrue();
        }
    }

    private static boolean endOf(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    private Socket connect() throws IOException {
        return new Socket("127.0.0.1", proxy.url().getPort());
    }

    private byte[] read(Socket socket) throws IOException {
        byte[] read = new byte[bytes.length];
        new DataInputStream(socket.getInputStream()).readFully(read);
        return read;
    }
}
