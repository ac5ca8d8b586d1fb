package dev.sluice.benchmarks.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** The folder of models that a bench serves: each twice, once so that it is run query by query. */
final class Models implements AutoCloseable {

    /** After the name of a model that is run query by query. */
    static final String ALONE = "-alone";

    private static final Map<String, String> IN_EXAMPLES = Map.of(
            "digits-net", "dev/sluice/examples/digits/digits.onnx",
            "magika", "dev/sluice/examples/filetype/magika.onnx");

    private final Path folder;
    private final List<BenchModel> models;

    private Models(Path folder, List<BenchModel> models) {
        this.folder = folder;
        this.models = models;
    }

    /**
     * @param given a folder of models; null: none
     * @param examples the jar of the example actors, which has two
     */
    static Models prepare(@Nullable Path given, Path examples) throws IOException {
        Path folder = Files.createTempDirectory("sluice-bench-onnx");
        Models models = new Models(folder, new ArrayList<>());
        try (JarFile jar = new JarFile(examples.toFile())) {
            for (Map.Entry<String, String> entry : IN_EXAMPLES.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .toList()) {
                ZipEntry file = jar.getEntry(entry.getValue());
                if (file != null) {
                    try (InputStream in = jar.getInputStream(file)) {
                        models.add(entry.getKey(), in.readAllBytes());
                    }
                }
            }
        }
        if (given != null) {
            models.addFrom(given);
        }
        return models;
    }

    private void addFrom(Path given) throws IOException {
        try (Stream<Path> folders = Files.list(given)) {
            for (Path model : folders.sorted().toList()) {
                Path file = model.resolve("1/model.onnx");
                String name = String.valueOf(model.getFileName());
                if (Files.exists(file)
                        && models.stream().noneMatch(known -> known.name().equals(name))) {
                    add(name, Files.readAllBytes(file));
                }
            }
        }
    }

    private void add(String name, byte[] bytes) throws IOException {
        Path file = write(name, bytes);
        BenchModel.of(name, file).ifPresent(models::add);
        write(name + ALONE, bytes);
        Files.writeString(folder.resolve(name + ALONE).resolve("config.yaml"), "batching: false\n");
    }

    private Path write(String name, byte[] bytes) throws IOException {
        Path version = Files.createDirectories(folder.resolve(name).resolve("1"));
        Path part = Files.write(version.resolve("part"), bytes);
        return Files.move(part, version.resolve("model.onnx"), StandardCopyOption.ATOMIC_MOVE);
    }

    Path folder() {
        return folder;
    }

    List<BenchModel> models() {
        return List.copyOf(models);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
