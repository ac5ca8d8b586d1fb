package dev.sluice.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.benchmarks.fuzz.Door.Wrong;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpWireTest {

    private static final HttpRequestText REQUEST = HttpRequestText.of("GET", "/", "");

    @Test
    void readsRepliesWithALengthInChunksAndWithoutABody() throws Exception {
        try (Canned server = new Canned(List.of(
                        "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 2\r\n\r\nab",
                        "HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n",
                        "HTTP/1.1 204 No Content\r\n\r\n"));
                HttpWire wire = new HttpWire(server.url())) {
            Reply first = wire.ask(REQUEST);
            assertThat(first.text()).isEqualTo("ab");
            assertThat(first.type()).isEqualTo("a/b");
            Reply second = wire.ask(REQUEST);
            assertThat(second.status()).isEqualTo(404);
            assertThat(second.text()).isEqualTo("abcd");
            assertThat(wire.ask(REQUEST).status()).isEqualTo(204);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void comesAgainAfterTheServerSaidThatItWillClose() throws Exception {
        String last = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        try (Canned server = new Canned(List.of(last, last));
                HttpWire wire = new HttpWire(server.url())) {
            assertThat(wire.ask(REQUEST).status()).isEqualTo(400);
            assertThat(wire.ask(REQUEST).status()).isEqualTo(400);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void anEndWithoutAReplyIsWrong() throws IOException {
        try (Canned server = new Canned(List.of(""));
                HttpWire wire = new HttpWire(server.url())) {
            assertThatThrownBy(() -> wire.ask(REQUEST))
                    .isInstanceOf(Wrong.class)
                    .hasMessageContaining("ended without a reply");
        }
    }

    @Test
    void aReplyThatBreaksOffOrIsNoHttpIsWrong() throws IOException {
        try (Canned server = new Canned(List.of(
                        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\na",
                        "SSH-2.0 Connection: close\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n"));
                HttpWire wire = new HttpWire(server.url())) {
            assertThatThrownBy(() -> wire.ask(REQUEST)).hasMessageContaining("ended within a reply");
            assertThatThrownBy(() -> wire.ask(REQUEST)).hasMessageContaining("no HTTP: SSH");
            assertThatThrownBy(() -> wire.ask(REQUEST)).isInstanceOf(Wrong.class);
        }
    }

    @Test
    void aServerThatIsGoneIsWrong() throws IOException {
        Canned server = new Canned(List.of());
        server.close();
        try (HttpWire wire = new HttpWire(server.url())) {
            assertThatThrownBy(() -> wire.ask(REQUEST)).isInstanceOf(Wrong.class);
        }
    }

    @Test
    void readsStreamsToTheEndOrTheirFirstEvent() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
        String alive = "3\r\n:\n\n\r\n";
        String first = "9\r\ndata: 1\n\n\r\n";
        String rest = "9\r\ndata: 2\n\n\r\n0\r\n\r\n";
        try (Canned server = new Canned(List.of(head + alive + first + rest));
                HttpWire wire = new HttpWire(server.url())) {
            assertThat(wire.ask(REQUEST).data()).containsExactly("1", "2");
        }
        try (Canned endless = new Canned(List.of(head + first));
                HttpWire wire = new HttpWire(endless.url(), false)) {
            assertThat(wire.ask(REQUEST).data()).containsExactly("1");
        }
        try (Canned quiet = new Canned(List.of(head + alive));
                HttpWire wire = new HttpWire(quiet.url(), false)) {
            assertThat(wire.ask(REQUEST).data()).isEmpty();
        }
    }

    /** Says one text to each request; nothing, or that it closes, ends the connection. */
    private static final class Canned implements AutoCloseable {

        private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final AtomicInteger connections = new AtomicInteger();

        Canned(List<String> texts) throws IOException {
            Thread thread = new Thread(() -> serve(texts), "canned");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve(List<String> texts) {
            int next = 0;
            while (next < texts.size()) {
                try (Socket connection = socket.accept()) {
                    connections.incrementAndGet();
                    boolean open = true;
                    while (open && next < texts.size() && readHead(connection)) {
                        String text = texts.get(next++);
                        connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                        open = !text.isEmpty() && !text.contains("Connection: close");
                    }
                } catch (IOException over) {
                    return;
                }
            }
        }

        private static boolean readHead(Socket connection) throws IOException {
            int last = 0;
            for (int b = connection.getInputStream().read();
                    b >= 0;
                    b = connection.getInputStream().read()) {
                last = last << 8 | b;
                if (last == 0x0D0A0D0A) {
                    return true;
                }
            }
            return false;
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }

        int connections() {
            return connections.get();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
