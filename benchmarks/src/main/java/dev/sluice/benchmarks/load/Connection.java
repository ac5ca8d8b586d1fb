package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** One kept-alive connection with at most one request outstanding. Not thread-safe: only the generator's thread uses it. */
final class Connection {

    private static final int CONNECT_PATIENCE_MILLIS = 2_000;
    private static final int LONGEST_REPLY = 4 << 20;

    private final SocketChannel channel;
    private final SelectionKey key;
    private ByteBuffer request;
    private byte[] received = new byte[2_048];
    private int length;
    private boolean outstanding;
    private long sentAt;
    private int kind;

    private Connection(SocketChannel channel, SelectionKey key, ByteBuffer request) {
        this.channel = channel;
        this.key = key;
        this.request = request;
    }

    /** Opens a connection and registers it; {@code request} is shared and never changed. */
    static Connection open(InetSocketAddress address, Selector selector, ByteBuffer request) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(address, CONNECT_PATIENCE_MILLIS);
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            Connection connection = new Connection(channel, key, request.duplicate());
            key.attach(connection);
            return connection;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends the request; its latency counts from {@code intended}. */
    void send(long intended) throws IOException {
        outstanding = true;
        sentAt = intended;
        request.rewind();
        writeRest();
    }

    /** Sends another request than before, of which the caller keeps more than one kind. */
    void send(ByteBuffer other, int kind, long intended) throws IOException {
        this.kind = kind;
        request = other.duplicate();
        send(intended);
    }

    void writeRest() throws IOException {
        channel.write(request);
        int wanted = request.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    /** Reads what is there. False at the end of the stream. */
    boolean read(ByteBuffer scratch) throws IOException {
        scratch.clear();
        int count = channel.read(scratch);
        if (count > 0) {
            makeRoom(count);
            scratch.flip().get(received, length, count);
            length += count;
        }
        return count >= 0;
    }

    /** The outstanding request has its reply, and nothing else was received. */
    void answered() {
        outstanding = false;
        length = 0;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // It is gone either way, and what it owed is counted.
        }
    }

    SelectionKey key() {
        return key;
    }

    byte[] received() {
        return received;
    }

    int length() {
        return length;
    }

    boolean outstanding() {
        return outstanding;
    }

    long sentAt() {
        return sentAt;
    }

    int kind() {
        return kind;
    }

    private void makeRoom(int count) throws IOException {
        int needed = length + count;
        if (needed > LONGEST_REPLY) {
            throw new IOException("a reply is longer than " + LONGEST_REPLY + " bytes");
        }
        if (needed > received.length) {
            received = Arrays.copyOf(received, Math.max(needed, 2 * received.length));
        }
    }
}
