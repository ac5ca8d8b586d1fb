package dev.sluice.benchmarks.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A piece of network in front of one port of this machine: who connects to it is connected with that port, in whatever weather there
 * is. Four threads for each connection: meant for the few connections of a link.
 */
public final class TcpProxy implements AutoCloseable {

    private final InetSocketAddress target;
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final SplittableRandom random = new SplittableRandom(7);
    private final Object weatherChanged = new Object();
    private final AtomicLong carried = new AtomicLong();
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
            begin(new Way(near, far, this), "proxy-there");
            begin(new Way(far, near, this), "proxy-back");
        } catch (IOException | InterruptedException refused) {
            end(near);
        }
    }

    private static void begin(Way way, String name) {
        daemon(way::takeIn, name + "-in");
        daemon(way::giveOut, name + "-out");
    }

    /** When a piece arrives that leaves now. */
    long arrival(Arrivals arrivals, int bytes) {
        return arrivals.next(System.nanoTime(), weather, bytes, drawn(), drawn());
    }

    private double drawn() {
        synchronized (random) {
            return random.nextDouble();
        }
    }

    void carried(int bytes) {
        carried.addAndGet(bytes);
    }

    /** How many bytes have come through in all, both ways. */
    public long carried() {
        return carried.get();
    }

    void awaitPassing() throws InterruptedException, IOException {
        synchronized (weatherChanged) {
            while (!weather.passes() && !closed) {
                weatherChanged.wait();
            }
        }
        if (closed) {
            throw new IOException("the network is closed");
        }
    }

    void end(Socket socket) {
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
