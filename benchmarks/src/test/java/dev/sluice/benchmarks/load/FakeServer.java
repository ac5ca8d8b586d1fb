package dev.sluice.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A tiny HTTP/1.1 server, a thread per connection, that answers as a script says. */
final class FakeServer implements AutoCloseable {

    static final byte[] REQUEST_BODY = "{\"input\":null}".getBytes(StandardCharsets.US_ASCII);
    static final byte[] REPLY_BODY = "{\"success\":true}".getBytes(StandardCharsets.US_ASCII);

    /** What to do with one request. */
    interface Script {
        /**
         * @param number of the request, from 1, over all connections
         * @return what to write, piece by piece; nothing ends the connection
         */
        List<byte[]> answer(long number);
    }

    private final ServerSocket socket = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    private int accepted;
    private final Script script;

    FakeServer(Script script) throws IOException {
        this.script = script;
        daemon(this::accept);
    }

    static FakeServer thatIsRight() throws IOException {
        return new FakeServer(number -> List.of(reply(200, REPLY_BODY)));
    }

    static byte[] reply(int status, byte[] body) {
        String head = "HTTP/1.1 " + status + " Whatever\r\ncontent-LENGTH: " + body.length + "\r\nX: y\r\n\r\n";
        return (head + new String(body, StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII);
    }

    /** What a generator has to send, and expects. */
    Exchange exchange() {
        String head = "POST /noop HTTP/1.1\r\nHost: h\r\nContent-Length: " + REQUEST_BODY.length + "\r\n\r\n";
        byte[] request =
                (head + new String(REQUEST_BODY, StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII);
        return new Exchange((InetSocketAddress) socket.getLocalSocketAddress(), request, REPLY_BODY);
    }

    long requests() {
        return requests.get();
    }

    synchronized int accepted() {
        return accepted;
    }

    /** Once there are so many: a connection that was made may have to wait for its turn, while others are served. */
    synchronized int accepted(int atLeast) throws InterruptedException {
        while (accepted < atLeast) {
            wait();
        }
        return accepted;
    }

    private synchronized void accepted(Socket connection) {
        connections.add(connection);
        accepted++;
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                accepted(connection);
                daemon(() -> serve(connection));
            }
        } catch (IOException closed) {
            // The end of a test.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            while (readRequest(in)) {
                List<byte[]> pieces = script.answer(requests.incrementAndGet());
                if (pieces.isEmpty()) {
                    return;
                }
                for (byte[] piece : pieces) {
                    connection.getOutputStream().write(piece);
                    connection.getOutputStream().flush();
                }
            }
        } catch (IOException closed) {
            // The other end went away, as it may.
        }
    }

    /** Every request has the same head and body. */
    private static boolean readRequest(InputStream in) throws IOException {
        int matched = 0;
        while (matched < 4) {
            int b = in.read();
            if (b < 0) {
                return false;
            }
            matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
        }
        byte[] body = in.readNBytes(REQUEST_BODY.length);
        if (!java.util.Arrays.equals(body, REQUEST_BODY)) {
            throw new UncheckedIOException(new IOException("not the request that a generator should send"));
        }
        return true;
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fake-server");
        thread.setDaemon(true);
        thread.start();
    }
}
