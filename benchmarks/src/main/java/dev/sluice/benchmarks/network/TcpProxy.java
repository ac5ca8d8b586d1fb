package dev.sluice.benchmarks.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A piece of network in front of one port of this machine: who connects to it is connected with that port, in whatever weather there
 * is. Two threads for each connection: meant for the few connections of a link.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int PIECE = 64 << 10;

    private final InetSocketAddress target;
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final SplittableRandom random = new SplittableRandom(7);
    private final Object weatherChanged = new Object();
    private volatile Weather weather = Weather.FINE;
    private volatile boolean closed;

    /** @param port on the loopback address, where somebody need not listen yet */
    public TcpProxy(int port) throws IOException {
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        daemon(this::accept, "proxy-door");
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /** For what comes from now on, and what was held up. */
    public void weather(Weather now) {
        synchronized (weatherChanged) {
            weather = now;
            weatherChanged.notifyAll();
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket near = door.accept();
                sockets.add(near);
                daemon(() -> connect(near), "proxy-connect");
            } catch (IOException over) {
                return;
            }
        }
    }

    private void connect(Socket near) {
        try {
            awaitPassing();
            Socket far = new Socket();
            sockets.add(far);
            far.connect(target);
            far.setTcpNoDelay(true);
            near.setTcpNoDelay(true);
            daemon(() -> pump(near, far), "proxy-there");
            pump(far, near);
        } catch (IOException | InterruptedException refused) {
            end(near);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                awaitPassing();
                TimeUnit.NANOSECONDS.sleep(weather.nanos(count, drawn(), drawn()));
                awaitPassing();
                out.write(piece, 0, count);
            }
            awaitPassing();
        } catch (IOException | InterruptedException broken) {
            // Which the other side hears of below.
        } finally {
            end(from);
            end(to);
        }
    }

    private double drawn() {
        synchronized (random) {
            return random.nextDouble();
        }
    }

    private void awaitPassing() throws InterruptedException, IOException {
        synchronized (weatherChanged) {
            while (!weather.passes() && !closed) {
                weatherChanged.wait();
            }
        }
        if (closed) {
            throw new IOException("the network is closed");
        }
    }

    private void end(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException gone) {
            // It is gone either way.
        }
    }

    private static void daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        weather(weather);
        door.close();
        Set.copyOf(sockets).forEach(this::end);
    }
}
