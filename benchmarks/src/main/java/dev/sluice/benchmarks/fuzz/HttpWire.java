package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.fuzz.Door.Wrong;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request after the other on one kept-alive connection, and a new one where the server ends it. Not thread-safe. */
final class HttpWire implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What has been idle for this long may be ended by the server at any moment, and is not used again. */
    private static final Duration FRESH = Duration.ofMillis(500);

    private final URI server;
    private final boolean wholeStreams;
    private @Nullable Connection connection;

    /** Reads event streams to their ends. */
    HttpWire(URI server) {
        this(server, true);
    }

    /** @param wholeStreams false: of event streams the first event, since they never end */
    HttpWire(URI server, boolean wholeStreams) {
        this.server = server;
        this.wholeStreams = wholeStreams;
    }

    /** @throws Wrong where no reply comes: the server has to say something to all that looks like a request */
    Reply ask(HttpRequestText request) throws Wrong {
        try {
            return asked(request);
        } catch (SocketTimeoutException silent) {
            close();
            throw new Wrong("no reply within " + PATIENCE.toSeconds() + " s");
        } catch (IOException | RuntimeException broken) {
            close();
            throw new Wrong(String.valueOf(broken.getMessage()));
        } catch (Wrong noReply) {
            close();
            throw noReply;
        }
    }

    private Reply asked(HttpRequestText request) throws IOException, Wrong {
        Connection over = connection();
        over.socket.getOutputStream().write(request.bytes(server.getAuthority()));
        Reply reply = over.replies.read(request.method());
        over.usedNanos = System.nanoTime();
        if (reply.saysThatItCloses() || reply.isEvents() && !wholeStreams) {
            close();
        }
        return reply;
    }

    private Connection connection() throws IOException {
        Connection open = connection;
        if (open != null && System.nanoTime() - open.usedNanos < FRESH.toNanos()) {
            return open;
        }
        close();
        Connection made = new Connection(new Socket(server.getHost(), server.getPort()), wholeStreams);
        connection = made;
        return made;
    }

    private static final class Connection {

        private final Socket socket;
        private final ReplyReader replies;
        private long usedNanos = System.nanoTime();

        Connection(Socket socket, boolean wholeStreams) throws IOException {
            this.socket = socket;
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            replies = new ReplyReader(new BufferedInputStream(socket.getInputStream()), wholeStreams);
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.socket.close();
            } catch (IOException gone) {
                // That is what was wanted.
            }
        }
    }
}
