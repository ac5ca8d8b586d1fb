package dev.sluice.common.wire;

import dev.sluice.common.report.QueryReport;
import dev.sluice.common.report.QueryReport.Batched;
import dev.sluice.common.report.QueryReport.Ran;
import dev.sluice.common.report.QueryReport.Step;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One or more frames of every type, by the name of the golden file that holds it. */
public final class GoldenFrames {

    private static final long SECOND = 1_000_000_000L;

    private GoldenFrames() {}

    /** New frames at each call; on the heap, with nothing to release. */
    public static Map<String, Frame> all() {
        Map<String, Frame> all = new LinkedHashMap<>();
        all.put(
                "hello",
                new Frame.Hello(
                        1,
                        Role.HOST,
                        "host-1:7100",
                        0x0123456789ABCDEFL,
                        counting(Frame.Hello.NONCE_BYTES),
                        64L << 20,
                        256L << 20,
                        255L << 20,
                        3000,
                        5));
        all.put("proof", new Frame.Proof(counting(Frame.Proof.MAC_BYTES)));
        all.put("ping", new Frame.Ping(0x1122334455667788L));
        all.put("pong", new Frame.Pong(-2));
        all.put("credit", new Frame.Credit(1_000_064, 64));
        all.put("chunk", new Frame.Chunk(7, false, bytes("a piece")));
        all.put("chunk-aborted", new Frame.Chunk(7, true, Unpooled.EMPTY_BUFFER));
        all.put("chunk-ack", new Frame.ChunkAck(65_536));
        all.put("announce", new Frame.Announce("{\"slots\":2}".getBytes(StandardCharsets.UTF_8)));
        all.put("place", new Frame.Place("{\"actor\":\"a\"}".getBytes(StandardCharsets.UTF_8)));
        all.put("catalogue", new Frame.Catalogue("{\"actors\":[]}".getBytes(StandardCharsets.UTF_8)));
        all.put("drain", new Frame.Drain());
        all.put("failure", new Frame.Failed(42, 7, 1000, "Too many; wait a second – or two."));
        all.put("failure-without-a-message", new Frame.Failed(42, 12, 0, ""));
        all.put("cancel", new Frame.Cancel(42));
        all.put("taken", new Frame.Taken(42, 3));
        all.put("spent", new Frame.Spent(42, 20_000, 1_500_000));
        all.put("report", new Frame.Report(42, report().encode()));
        all.put("started", new Frame.Started(9));
        all.put("busy", new Frame.Busy(9));
        all.put("lent", new Frame.Lent(9));
        all.put("done", new Frame.Done(9, 1_500_000));
        all.put("load", new Frame.Load(List.of("vadder-0", "vadder-1")));
        all.put("load-empty", new Frame.Load(List.of()));
        all.put("query", query(new Meta("application/json", "q-1", ""), "", "[1,2]"));
        all.put("query-empty", new QueryFrame(1, 0, 0, "a", "b", "", 0, bytes("")));
        all.put("query-with-headers", query(headers(), "v2", "1"));
        all.put("query-in-chunks", inChunks(query(new Meta("text/plain", "", ""), "", "large"), 3));
        all.put("result", new ResultFrame(42, ResultFrame.Kind.ONLY, "application/json", bytes("3.5")));
        all.put("result-item", new ResultFrame(42, ResultFrame.Kind.ITEM, "text/plain", bytes("one of some")));
        all.put("result-end", new ResultFrame(42, ResultFrame.Kind.END, "", bytes("")));
        all.put(
                "result-in-chunks",
                inChunks(new ResultFrame(42, ResultFrame.Kind.ONLY, "image/png", bytes("large")), 1L << 40));
        all.put("batch", batch(false));
        all.put("batch-staged-of-none", new BatchFrame(10, true, "vadder-0", "call", List.of()));
        all.put("batch-with-skipped-items", batchWithSkippedItems());
        all.put("batch-partly-in-chunks", batchPartlyInChunks());
        return all;
    }

    private static QueryReport report() {
        QueryReport ofStep = new QueryReport(
                "2", 4_000, 1_000, 1, new Batched(8, 3, "facts-0", "host-1:7100", 3_000, new Ran(200, 2_500)));
        return new QueryReport("1", 5_000, 0, 0, null, List.of(new Step("facts", "worth", "call", 9, 500, ofStep)), 2);
    }

    private static Meta headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        headers.put("tracestate", "vendor=a:b");
        return new Meta("application/json", "q-2", "tenant é", headers);
    }

    private static QueryFrame query(Meta meta, String version, String body) {
        ByteBuf data = Unpooled.buffer();
        meta.encode(data);
        int metaLength = data.readableBytes();
        data.writeBytes(bytes(body));
        return new QueryFrame(1, 5 * SECOND, 3, "vadder", "call", version, metaLength, data);
    }

    private static <C extends Cargo> C inChunks(C cargo, long ref) {
        cargo.ref(ref);
        return cargo;
    }

    private static List<BatchItem> items() {
        List<BatchItem> items = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ByteBuf data = Unpooled.buffer();
            new Meta("application/json", "q-" + i, "").encode(data);
            int metaLength = data.readableBytes();
            items.add(new BatchItem(100 + i, SECOND - i, metaLength, data.writeBytes(bytes("[" + i + "]"))));
        }
        return items;
    }

    private static BatchFrame batch(boolean staged) {
        return new BatchFrame(9, staged, "vadder-0", "call", items());
    }

    private static BatchFrame batchWithSkippedItems() {
        BatchFrame batch = batch(true);
        batch.items().get(0).cancel();
        batch.items().get(2).cancel();
        batch.items().forEach(Cargo::seal);
        return batch;
    }

    private static BatchFrame batchPartlyInChunks() {
        BatchFrame batch = batch(false);
        batch.items().get(1).ref(4);
        return batch;
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
