package dev.sluice.frontend.zmq;

import java.nio.ByteBuffer;
import zmq.Msg;

/** The last frame of a reply, which knows when ZeroMQ has come to it: all before it has left, and it leaves now. */
final class LastFrame extends Msg {

    private final Runnable onSent;
    private boolean sent;

    /** @param onSent called once, on ZeroMQ's I/O thread */
    LastFrame(byte[] bytes, Runnable onSent) {
        super(bytes);
        this.onSent = onSent;
    }

    /** As it is written to the connection. */
    @Override
    public ByteBuffer buf() {
        leaves();
        return super.buf();
    }

    /** As it is encrypted before that. */
    @Override
    public void transfer(ByteBuffer destination, int srcOffset, int srcLength) {
        leaves();
        super.transfer(destination, srcOffset, srcLength);
    }

    private void leaves() {
        if (!sent) {
            sent = true;
            onSent.run();
        }
    }
}
