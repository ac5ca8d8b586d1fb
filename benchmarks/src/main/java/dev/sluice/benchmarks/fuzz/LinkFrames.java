package dev.sluice.benchmarks.fuzz;

import dev.sluice.common.link.LinkProbe;
import dev.sluice.common.link.SampleFrames;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameEncoder;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/** What frontends and hosts say to a router. */
final class LinkFrames {

    /** A query that has the result 42. */
    static final byte[] OPENER = query(LinkProbe.OPENER);

    private static final int MOST_FRAMES = 5;
    private static final long EXCHANGE = 42;

    private static final String ANNOUNCEMENT = """
            {"slots":2,"draining":false,"actors":[],"replicas":[{"id":"fuzzed-0","actor":"fuzzed","version":"1",\
            "state":"STARTING","reason":"","explored":[]}],"kind":"","placing":{"offers":[{"kind":"java","type":"fuzzed"}],\
            "placed":["fuzzed-0"],"applied":[],"rejected":[],"routers":["router-0"]}}""";

    /** Some of them make no sense at the moment: what was never asked for is answered, or a credit given that was not taken. */
    private static final List<byte[]> BOTH = List.of(
            encoded(new Frame.Ping(7)),
            encoded(new Frame.Pong(7)),
            encoded(new Frame.Credit(64, 64)),
            encoded(new Frame.ChunkAck(64)),
            encoded(new Frame.Drain()),
            encoded(new Frame.Chunk(3, false, Unpooled.wrappedBuffer(new byte[700]))));

    private static final Map<Role, List<byte[]>> OF_A_ROLE = Map.of(
            Role.FRONTEND,
            List.of(
                    query(EXCHANGE),
                    query(EXCHANGE + 1),
                    encoded(new Frame.Cancel(EXCHANGE)),
                    encoded(new Frame.Taken(EXCHANGE, 3))),
            Role.HOST,
            List.of(
                    announcement(),
                    announcement(),
                    query(EXCHANGE),
                    encoded(new Frame.Started(9)),
                    encoded(new Frame.Busy(9)),
                    encoded(new Frame.Lent(9)),
                    encoded(new Frame.Done(9, 1_000)),
                    encoded(new Frame.Spent(EXCHANGE, 20, 30)),
                    encoded(new Frame.Load(List.of("fuzzed-0"))),
                    encoded(new Frame.Failed(EXCHANGE, 7, 1_000, "too many")),
                    encoded(SampleFrames.result(Unpooled.wrappedBuffer(new byte[] {'3'}))),
                    encoded(new ResultFrame(
                            EXCHANGE, ResultFrame.Kind.ITEM, "text/plain", Unpooled.wrappedBuffer(new byte[9])))));

    private LinkFrames() {}

    private static byte[] encoded(Frame frame) {
        ByteBuf bytes = Unpooled.buffer();
        FrameEncoder.encode(frame, bytes);
        return ByteBufUtil.getBytes(bytes);
    }

    private static byte[] query(long exchange) {
        ByteBuf data = Unpooled.buffer();
        new Meta("application/json", "q-1", "").encode(data);
        int meta = data.readableBytes();
        data.writeBytes(Changes.utf8("41"));
        return encoded(new QueryFrame(exchange, 10_000_000_000L, 1, "vadder", "call", "", meta, data));
    }

    private static byte[] announcement() {
        return encoded(new Frame.Announce(Changes.utf8(ANNOUNCEMENT)));
    }

    /** In which nothing is wrong. */
    static byte[] valid(Role role, Changes changes) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        if (role == Role.HOST) {
            frames.writeBytes(announcement());
        }
        for (int left = 1 + changes.below(MOST_FRAMES); left > 0; left--) {
            frames.writeBytes(changes.once(2) ? query(EXCHANGE + left) : encoded(new Frame.Ping(left)));
        }
        return frames.toByteArray();
    }

    /** That are frames, in any order. */
    static byte[] nearlyValid(Role role, Changes changes) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int left = 1 + changes.below(MOST_FRAMES); left > 0; left--) {
            boolean any = changes.once(3);
            if (role == Role.HOST && changes.once(3)) {
                frames.writeBytes(encoded(new Frame.Announce(changes.json(ANNOUNCEMENT))));
            } else {
                frames.writeBytes(changes.oneOf(any ? BOTH : OF_A_ROLE.getOrDefault(role, BOTH)));
            }
        }
        return frames.toByteArray();
    }
}
