package dev.sluice.benchmarks.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One direction of a connection. One thread takes in, another one gives out when it is time; between them is what is on its way, and so
 * much that nobody who sends fills this process's memory.
 */
final class Way {

    private static final int PIECE = 64 << 10;
    private static final int MOST_PIECES = 64;

    private final Socket from;
    private final Socket to;
    private final TcpProxy network;
    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(MOST_PIECES);

    private record Piece(byte[] bytes, long at) {

        boolean isTheEnd() {
            return bytes.length == 0;
        }
    }

    Way(Socket from, Socket to, TcpProxy network) {
        this.from = from;
        this.to = to;
        this.network = network;
    }

    /** Until the connection ends. */
    void takeIn() {
        Arrivals arrivals = new Arrivals(System.nanoTime());
        byte[] room = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            for (int count = in.read(room); count >= 0; count = in.read(room)) {
                byte[] bytes = new byte[count];
                System.arraycopy(room, 0, bytes, 0, count);
                pieces.put(new Piece(bytes, network.arrival(arrivals, count)));
            }
        } catch (IOException broken) {
            // As its end: the other side hears of it after all that came before.
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
        end(arrivals);
    }

    private void end(Arrivals arrivals) {
        try {
            pieces.put(new Piece(new byte[0], network.arrival(arrivals, 0)));
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the connection ends, or its other side takes nothing any more. */
    void giveOut() {
        try {
            OutputStream out = to.getOutputStream();
            for (Piece piece = due(); !piece.isTheEnd(); piece = due()) {
                network.carried(piece.bytes().length);
                out.write(piece.bytes());
            }
        } catch (IOException broken) {
            // Which the other side hears of below.
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } finally {
            network.end(from);
            network.end(to);
            // Who takes in may be waiting for room, and is not to wait for ever.
            pieces.clear();
        }
    }

    private Piece due() throws InterruptedException, IOException {
        Piece piece = pieces.take();
        TimeUnit.NANOSECONDS.sleep(piece.at() - System.nanoTime());
        network.awaitPassing();
        return piece;
    }
}
