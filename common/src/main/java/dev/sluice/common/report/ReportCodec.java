package dev.sluice.common.report;

import dev.sluice.common.report.QueryReport.Batched;
import dev.sluice.common.report.QueryReport.Ran;
import dev.sluice.common.report.QueryReport.Step;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a report: whoever gets one keeps them as they are, and reads them only when somebody asks. In {@code docs/link.md}.
 */
final class ReportCodec {

    /** So that a thousand that are kept are a few megabytes, whatever pipelines do. */
    static final int MOST_BYTES = 8 * 1024;

    /** Pipelines within pipelines nest less deeply; what claims more is damaged. */
    private static final int MOST_NESTED = 32;

    private static final int USUAL_BYTES = 128;
    private static final int MOST_NAME = 255;
    private static final int BATCHED = 1;
    private static final int RAN = 2;

    private ReportCodec() {}

    static byte[] encode(QueryReport report) {
        ByteBuf out = Unpooled.buffer(USUAL_BYTES);
        name(out, report.version());
        out.writeLong(report.totalNanos()).writeLong(report.queuedNanos());
        out.writeByte(Math.min(report.starts(), 0xFF));
        batch(out, report.batch());
        steps(out, report);
        return ByteBufUtil.getBytes(out);
    }

    private static void batch(ByteBuf out, @Nullable Batched batch) {
        if (batch == null) {
            out.writeByte(0);
            return;
        }
        Ran ran = batch.ran();
        out.writeByte(ran == null ? BATCHED : BATCHED | RAN);
        out.writeShort(Math.min(batch.size(), 0xFFFF)).writeShort(Math.min(batch.place(), 0xFFFF));
        name(out, batch.replica());
        name(out, batch.host());
        out.writeLong(batch.nanos());
        if (ran != null) {
            out.writeLong(ran.waitedNanos()).writeLong(ran.ranNanos());
        }
    }

    private static void steps(ByteBuf out, QueryReport report) {
        int countAt = out.writerIndex();
        out.writeShort(0).writeShort(0);
        int told = 0;
        for (Step step : report.steps()) {
            int before = out.writerIndex();
            name(out, step.step());
            name(out, step.actor());
            name(out, step.method());
            out.writeByte(step.code()).writeLong(step.startNanos());
            byte[] nested = encode(step.report());
            out.writeShort(nested.length).writeBytes(nested);
            if (out.readableBytes() > MOST_BYTES) {
                // One that is large does not keep those after it from being told.
                out.writerIndex(before);
                continue;
            }
            told++;
        }
        out.setShort(countAt, told);
        out.setShort(countAt + 2, Math.min(report.steps().size() - told + report.stepsLeftOut(), 0xFFFF));
    }

    /** Names on a link have 255 bytes at most; what is longer is not worth a failure here. */
    private static void name(ByteBuf out, String name) {
        int at = out.writerIndex();
        out.writeByte(0);
        int written = ByteBufUtil.writeUtf8(out, name);
        if (written > MOST_NAME) {
            out.writerIndex(at + 1);
            written = 0;
        }
        out.setByte(at, written);
    }

    static QueryReport decode(byte[] encoded) {
        try {
            return decode(Unpooled.wrappedBuffer(encoded), 0);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a truncated report", e);
        }
    }

    private static QueryReport decode(ByteBuf in, int depth) {
        if (depth > MOST_NESTED) {
            throw new IllegalArgumentException("a report that nests too deeply");
        }
        String version = name(in);
        long total = in.readLong();
        long queued = in.readLong();
        int starts = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        Batched batch = (flags & BATCHED) == 0 ? null : batch(in, (flags & RAN) != 0);
        int told = in.readUnsignedShort();
        int leftOut = in.readUnsignedShort();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < told; i++) {
            steps.add(step(in, depth));
        }
        return new QueryReport(version, total, queued, starts, batch, steps, leftOut);
    }

    private static Batched batch(ByteBuf in, boolean ran) {
        return new Batched(
                in.readUnsignedShort(),
                in.readUnsignedShort(),
                name(in),
                name(in),
                in.readLong(),
                ran ? new Ran(in.readLong(), in.readLong()) : null);
    }

    private static Step step(ByteBuf in, int depth) {
        String step = name(in);
        String actor = name(in);
        String method = name(in);
        int code = in.readUnsignedByte();
        long start = in.readLong();
        ByteBuf nested = in.readSlice(in.readUnsignedShort());
        return new Step(step, actor, method, code, start, decode(nested, depth + 1));
    }

    private static String name(ByteBuf in) {
        return in.readCharSequence(in.readUnsignedByte(), StandardCharsets.UTF_8)
                .toString();
    }
}
