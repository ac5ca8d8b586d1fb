package dev.sluice.host.onnx.testing;

import dev.sluice.sdk.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** A program that uses models for a while, and says by how many bytes it grew from when it was warm. Its heap is to be of one size. */
public final class NativeMemoryTrial {

    private static final Path STATUS = Path.of("/proc/self/status");

    /** What a result has, and what a model has: what is left open of them must show. */
    private static final int FLOATS = 4_096;

    private static final int WEIGHTS = 1 << 20;

    private NativeMemoryTrial() {}

    /** @param args "queries" or "loads", how many to be warm, how many then, a folder */
    public static void main(String[] args) throws IOException {
        int warm = Integer.parseInt(args[1]);
        int then = Integer.parseInt(args[2]);
        Path models = Path.of(args[3]);
        System.out.println(args[0].equals("queries") ? queries(warm, then, models) : loads(warm, then, models));
    }

    private static long queries(int warm, int then, Path models) throws IOException {
        Graph graph = new Graph()
                .input("x", Graph.FLOAT, -1, 1)
                .output("y", Graph.FLOAT, -1, FLOATS)
                .constant("c", new float[FLOATS])
                .node("Add", List.of("x", "c"), List.of("y"));
        try (ModelKit model = ModelKit.of(graph, models)) {
            ask(model, warm);
            long before = resident();
            ask(model, then);
            return resident() - before;
        }
    }

    private static void ask(ModelKit model, int queries) {
        List<Content> batch = Collections.nCopies(32, new Content(new byte[Float.BYTES], "application/octet-stream"));
        for (int i = 0; i < queries; i += batch.size()) {
            if (model.bodies(batch).stream().anyMatch(reply -> reply.failure().isPresent())) {
                throw new IllegalStateException("a query was not answered");
            }
        }
    }

    private static long loads(int warm, int then, Path models) throws IOException {
        new Graph()
                .input("x", Graph.INT64, -1, 1)
                .output("y", Graph.FLOAT, -1, 1)
                .constant("c", new float[WEIGHTS])
                .node("Gather", List.of("c", "x"), List.of("y"))
                .writeTo(models, "model", "1");
        load(models, warm);
        long before = resident();
        load(models, then);
        return resident() - before;
    }

    private static void load(Path models, int times) {
        for (int i = 0; i < times; i++) {
            ModelKit.of(models, "model").close();
        }
    }

    private static long resident() throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow();
    }
}
