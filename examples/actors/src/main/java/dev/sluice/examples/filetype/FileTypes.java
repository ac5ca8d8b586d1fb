package dev.sluice.examples.filetype;

import ai.onnxruntime.OrtException;
import dev.sluice.examples.onnx.Classifier;
import dev.sluice.examples.onnx.Guess;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.BatchedInput;
import dev.sluice.sdk.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Tells what kind of file a body is, by its bytes and not by its media type: {@code xml}, {@code java}, {@code png} or
 * another of the 214 kinds that magika knows.
 *
 * <p>As magika's own tools do, it does not ask the model about what is too short to tell: no bytes at all are
 * {@code empty}; fewer than 8 besides leading white space are {@code txt} where they are UTF-8, else {@code unknown}.
 */
@Actor(
        value = "filetype",
        idempotent = true,
        description = "any file: its kind, such as xml; scored: with its probability")
public class FileTypes implements AutoCloseable {

    private static final int FEWEST = 8;

    private final Classifier magika;

    public FileTypes(@Arg(value = "threads", defaultValue = "1") int threads) throws IOException, OrtException {
        magika = Classifier.load(FileTypes.class, "magika", threads);
    }

    @BatchedInput(maxBatchSize = 32)
    public List<String> call(List<Content> files) throws OrtException {
        return scored(files).stream().map(Guess::label).toList();
    }

    @BatchedInput(maxBatchSize = 32)
    public List<Guess> scored(List<Content> files) throws OrtException {
        List<byte[]> toSee = files.stream()
                .map(Content::bytes)
                .filter(bytes -> FileEnds.significant(bytes) >= FEWEST)
                .toList();
        Iterator<Guess> seen = seen(toSee).iterator();
        List<Guess> guesses = new ArrayList<>(files.size());
        for (Content file : files) {
            byte[] bytes = file.bytes();
            guesses.add(FileEnds.significant(bytes) >= FEWEST ? seen.next() : new Guess(ofFew(bytes), 1));
        }
        return guesses;
    }

    @Override
    public void close() throws OrtException {
        magika.close();
    }

    private List<Guess> seen(List<byte[]> files) throws OrtException {
        if (files.isEmpty()) {
            return List.of();
        }
        IntBuffer rows = magika.intRows(files.size());
        files.forEach(file -> FileEnds.write(file, rows));
        return magika.classify(rows);
    }

    private static String ofFew(byte[] bytes) {
        if (bytes.length == 0) {
            return "empty";
        }
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, FileEnds.BLOCK)));
            return "txt";
        } catch (CharacterCodingException notText) {
            return "unknown";
        }
    }
}
