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
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** The link of a router, for a peer that belongs to the cluster and talks nonsense: as a frontend, or as a host. */
final class LinkDoor implements Door {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_FRAMES = 5;
    private static final int MOST_PIECE = 80;

    private static final String ANNOUNCEMENT = """
            {"slots":2,"draining":false,"actors":[],"replicas":[{"id":"fuzzed-0","actor":"fuzzed","version":"1",\
            "state":"STARTING","reason":"","explored":[]}],"kind":"","placing":{"offers":[{"kind":"java","type":"fuzzed"}],\
            "placed":["fuzzed-0"],"applied":[],"rejected":[],"routers":["router-0"]}}""";

    private static final List<byte[]> BOTH = List.of(
            encoded(new Frame.Ping(7)),
            encoded(new Frame.Pong(7)),
            encoded(new Frame.Credit(64, 64)),
            encoded(new Frame.ChunkAck(64)),
            encoded(new Frame.Drain()),
            encoded(new Frame.Chunk(3, false, Unpooled.wrappedBuffer(new byte[700]))));

    private static final Map<Role, List<byte[]>> OF_A_ROLE = Map.of(
            Role.FRONTEND,
            List.of(query(), query(), encoded(new Frame.Cancel(42)), encoded(new Frame.Taken(42, 3))),
            Role.HOST,
            List.of(
                    announcement(),
                    announcement(),
                    encoded(new Frame.Started(9)),
                    encoded(new Frame.Busy(9)),
                    encoded(new Frame.Lent(9)),
                    encoded(new Frame.Done(9, 1_000)),
                    encoded(new Frame.Spent(42, 20, 30)),
                    encoded(new Frame.Load(List.of("fuzzed-0"))),
                    encoded(new Frame.Failed(42, 7, 1_000, "too many")),
                    encoded(SampleFrames.result(Unpooled.wrappedBuffer(new byte[] {'3'}))),
                    encoded(new ResultFrame(
                            42, ResultFrame.Kind.ITEM, "text/plain", Unpooled.wrappedBuffer(new byte[9])))));

    private final LinkProbe probe;

    LinkDoor(URI router) {
        probe = new LinkProbe(router);
    }

    private static byte[] encoded(Frame frame) {
        ByteBuf bytes = Unpooled.buffer();
        FrameEncoder.encode(frame, bytes);
        return ByteBufUtil.getBytes(bytes);
    }

    private static byte[] query() {
        ByteBuf data = Unpooled.buffer();
        new Meta("application/json", "q-1", "").encode(data);
        int meta = data.readableBytes();
        data.writeBytes(Changes.utf8("41"));
        return encoded(new QueryFrame(42, 1_000_000_000L, 1, "vadder", "call", "", meta, data));
    }

    private static byte[] announcement() {
        return encoded(new Frame.Announce(Changes.utf8(ANNOUNCEMENT)));
    }

    @Override
    public String name() {
        return "link";
    }

    @Override
    public Became send(Changes changes) throws Wrong {
        Role role = changes.once(2) ? Role.FRONTEND : Role.HOST;
        byte[] frames = frames(role, changes);
        // Now and then it is the first word already.
        byte[] hello = changes.once(10) ? changes.bytes(frames) : new byte[0];
        List<byte[]> pieces = pieces(changes.once(10) ? frames : changes.bytes(frames), changes);
        try {
            return probe.send(role, hello, pieces, PATIENCE) > 0 ? Became.ANSWERED : Became.REFUSED;
        } catch (TimeoutException hangs) {
            throw new Wrong("the link of a " + role + " does not end after\n"
                    + HexFormat.of().formatHex(hello) + "\n" + HexFormat.of().formatHex(frames));
        }
    }

    private static byte[] frames(Role role, Changes changes) {
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

    /** As they might be received. */
    private static List<byte[]> pieces(byte[] bytes, Changes changes) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int end = changes.once(3) ? bytes.length : Math.min(bytes.length, at + 1 + changes.below(MOST_PIECE));
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }

    @Override
    public void close() {
        probe.close();
    }
}
