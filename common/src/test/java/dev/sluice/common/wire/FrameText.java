package dev.sluice.common.wire;

import dev.sluice.common.report.QueryReport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Frames as text, all that is in them: to compare what was encoded with what was decoded, and to read golden files. */
public final class FrameText {

    private static final HexFormat HEX = HexFormat.of();

    private FrameText() {}

    public static String of(Frame frame) {
        if (frame instanceof QueryFrame query) {
            return "Query[exchange=" + query.exchange() + ", budgetNanos=" + query.budgetNanos() + ", priority="
                    + query.priority() + ", actor=" + query.actor() + ", method=" + query.method() + ", version="
                    + query.version() + ", " + cargo(query) + "]";
        }
        if (frame instanceof ResultFrame result) {
            return "Result[exchange=" + result.exchange() + ", kind=" + result.kind() + ", mediaType="
                    + result.mediaType() + ", " + cargo(result) + "]";
        }
        if (frame instanceof BatchFrame batch) {
            return "Batch[batch=" + batch.batch() + ", staged=" + batch.staged() + ", replica=" + batch.replica()
                    + ", method=" + batch.method() + ", items="
                    + batch.items().stream()
                            .filter(item -> !item.skipped())
                            .map(item -> "Item[exchange=" + item.exchange() + ", budgetNanos=" + item.budgetNanos()
                                    + ", " + cargo(item) + "]")
                            .collect(Collectors.joining(", ", "[", "]"))
                    + "]";
        }
        if (frame instanceof Frame.Chunk chunk) {
            return "Chunk[payload=" + chunk.payload() + ", aborted=" + chunk.aborted() + ", bytes=" + hex(chunk.bytes())
                    + "]";
        }
        if (frame instanceof Frame.Hello hello) {
            return hello.toString().replaceAll("nonce=[^,]+", "nonce=" + HEX.formatHex(hello.nonce()));
        }
        if (frame instanceof Frame.Proof proof) {
            return "Proof[mac=" + HEX.formatHex(proof.mac()) + "]";
        }
        if (frame instanceof Frame.Announce announce) {
            return "Announce[json=" + new String(announce.json(), java.nio.charset.StandardCharsets.UTF_8) + "]";
        }
        if (frame instanceof Frame.Place place) {
            return "Place[json=" + new String(place.json(), java.nio.charset.StandardCharsets.UTF_8) + "]";
        }
        if (frame instanceof Frame.Catalogue catalogue) {
            return "Catalogue[json=" + new String(catalogue.json(), java.nio.charset.StandardCharsets.UTF_8) + "]";
        }
        if (frame instanceof Frame.Report report) {
            return "Report[exchange=" + report.exchange() + ", report=" + QueryReport.decode(report.report()) + "]";
        }
        return frame.toString();
    }

    private static String cargo(Cargo cargo) {
        return "metaLength=" + cargo.metaLength() + ", size=" + cargo.size() + ", ref=" + cargo.ref()
                + (cargo.ref() == 0 ? ", data=" + hex(cargo.data()) : "");
    }

    private static String hex(ByteBuf bytes) {
        return ByteBufUtil.hexDump(bytes);
    }
}
