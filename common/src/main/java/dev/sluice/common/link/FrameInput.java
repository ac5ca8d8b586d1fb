package dev.sluice.common.link;

import dev.sluice.common.link.Handshake.LinkRefused;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Frame.Hello;
import dev.sluice.common.wire.FrameException;

/** Does what a link does by itself with the frames that come, and hands on those that are its receiver's. Event loop only. */
final class FrameInput {

    /** What may come of one who is slow to prove itself; each is answered. */
    private static final int MOST_PINGS_OF_A_STRANGER = 32;

    private final LinkSession session;
    private final Handshake handshake;
    private final Outbox outbox;
    private final Inbox inbox;
    private int pingsOfAStranger;

    FrameInput(LinkSession session, Handshake handshake, Outbox outbox, Inbox inbox) {
        this.session = session;
        this.handshake = handshake;
        this.outbox = outbox;
        this.inbox = inbox;
    }

    /**
     * Before the peer proved itself.
     *
     * @throws LinkRefused where it does anything else
     */
    void handshake(Frame frame) {
        if (frame instanceof Hello hello) {
            outbox.offer(handshake.answer(hello));
        } else if (frame instanceof Frame.Proof proof) {
            session.open(handshake.accept(proof));
        } else if (!isPing(frame)) {
            Frames.release(frame);
            throw new LinkRefused("it sent a frame before the handshake was over");
        } else if (++pingsOfAStranger > MOST_PINGS_OF_A_STRANGER) {
            throw new LinkRefused("it pings, and does not prove itself");
        }
    }

    /**
     * Afterwards.
     *
     * @throws FrameException where the peer does what it may not
     * @throws LinkRefused where it begins anew
     */
    void take(Frame frame) {
        if (frame instanceof Cargo || frame instanceof BatchFrame) {
            inbox.complete(frame);
            session.hand(frame);
        } else if (frame instanceof Frame.Chunk chunk) {
            int bytes = chunk.bytes().readableBytes();
            inbox.chunk(chunk);
            outbox.offer(new Frame.ChunkAck(bytes));
        } else if (frame instanceof Frame.ChunkAck ack) {
            outbox.acknowledged(ack.bytes());
        } else if (frame instanceof Frame.Credit credit) {
            outbox.grant(credit.queryBytes(), credit.resultBytes());
        } else if (frame instanceof Hello hello) {
            handshake.answer(hello);
        } else if (frame instanceof Frame.Proof proof) {
            handshake.accept(proof);
        } else if (!isPing(frame)) {
            session.hand(frame);
        }
    }

    private boolean isPing(Frame frame) {
        if (frame instanceof Frame.Ping ping) {
            outbox.offer(new Frame.Pong(ping.number()));
            return true;
        }
        if (frame instanceof Frame.Pong pong) {
            session.pinged(pong.number());
            return true;
        }
        return false;
    }
}
