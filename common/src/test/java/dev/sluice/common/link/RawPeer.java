package dev.sluice.common.link;

import dev.sluice.common.link.LinkEnd.Side;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameEncoder;
import dev.sluice.common.wire.Role;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A peer that sends what a test makes up, to a session of ours that accepted it. */
final class RawPeer implements AutoCloseable {

    final TrackedMemory memory = new TrackedMemory();
    final LinkSettings settings;
    final MemoryEnd router;
    final Handshake handshake;
    private Frame.@Nullable Proof proof;

    RawPeer(LinkSettings settings) {
        this.settings = settings;
        router = new MemoryEnd(Identity.fresh(Role.ROUTER, "router-0"), settings, Side.ACCEPTED, memory);
        handshake = new Handshake(Identity.fresh(Role.FRONTEND, "frontend-0"), settings, Side.CONNECTED);
        router.run();
    }

    /** One that has proved itself. */
    static RawPeer linked(LinkSettings settings) {
        RawPeer peer = new RawPeer(settings);
        peer.send(peer.handshake.hello(), peer.proof());
        return peer;
    }

    Frame.Hello hello() {
        return (Frame.Hello) router.sent.get(0);
    }

    /** Its answer to the session's hello. */
    Frame.Proof proof() {
        if (proof == null) {
            proof = handshake.answer(hello());
        }
        return proof;
    }

    /** All in one buffer. */
    void send(Frame... frames) {
        ByteBuf bytes = memory.allocator().buffer();
        for (Frame frame : frames) {
            FrameEncoder.encode(frame, bytes);
            Frames.release(frame);
        }
        receive(bytes);
    }

    void send(byte[] bytes) {
        receive(memory.copy(bytes));
    }

    private void receive(ByteBuf bytes) {
        router.receive(bytes);
        router.run();
    }

    /** What the session has written, but for what every link begins with. */
    List<Frame> answers() {
        return router.sent.subList(2, router.sent.size());
    }

    void pass(Duration time) {
        router.pass(time);
        router.run();
    }

    String endReason() {
        return String.valueOf(router.session.endReason());
    }

    @Override
    public void close() {
        router.link().close("the test is over");
        router.run();
        router.releaseReceived();
        router.loseWritten();
        memory.assertAllReleased();
    }
}
