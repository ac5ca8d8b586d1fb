package dev.sluice.examples.filetype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.sluice.examples.onnx.Guess;
import dev.sluice.sdk.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class FileTypesTest {

    private static final List<String> CASES =
            List.of("Meter.java", "backup.sh", "gradient.png", "orders.json", "readings.csv", "report.sql");

    private FileTypes filetype;

    @BeforeEach
    void load() throws IOException, OrtException {
        filetype = new FileTypes(1);
    }

    @AfterEach
    void close() throws OrtException {
        filetype.close();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/magika/cases.csv", numLinesToSkip = 1)
    void tellsWhatThePublishedModelTells(String file, String label, float score) throws OrtException {
        Guess guess = filetype.scored(List.of(content(file))).get(0);

        assertThat(guess.label()).isEqualTo(label);
        assertThat(guess.probability()).isCloseTo(score, within(1e-3f));
    }

    @Test
    void tellsTheSameInABatchAsOneByOne() throws OrtException {
        List<Content> files = CASES.stream().map(FileTypesTest::content).toList();
        List<Guess> alone = new ArrayList<>();
        for (Content file : files) {
            alone.addAll(filetype.scored(List.of(file)));
        }

        List<Guess> together = filetype.scored(files);

        assertThat(together).hasSameSizeAs(alone);
        for (int i = 0; i < alone.size(); i++) {
            assertThat(together.get(i).label()).isEqualTo(alone.get(i).label());
            assertThat(together.get(i).probability()).isCloseTo(alone.get(i).probability(), within(1e-3f));
        }
    }

    @Test
    void tellsThatAPomIsXml() throws IOException, OrtException {
        Content pom = new Content(Files.readAllBytes(Path.of("pom.xml")), "application/octet-stream");

        assertThat(filetype.call(List.of(pom))).containsExactly("xml");
    }

    @Test
    void doesNotAskTheModelAboutTooFewBytes() throws OrtException {
        assertThat(filetype.call(List.of(
                        bytes(),
                        Content.text("hi"),
                        content("report.sql"),
                        Content.text("  \n\t \r\n        hi      \n\n   "),
                        bytes(0xff, 0xfe, 0x00))))
                .containsExactly("empty", "txt", "sql", "txt", "unknown");
    }

    @Test
    void answersABatchOfNothingButEmptyFiles() throws OrtException {
        assertThat(filetype.call(List.of(bytes(), bytes()))).containsExactly("empty", "empty");
    }

    @Test
    void looksAtWhiteSpaceOfAnyLength() throws OrtException {
        assertThat(filetype.call(List.of(Content.text(" ".repeat(100_000))))).containsExactly("txt");
    }

    private static Content content(String file) {
        try (InputStream in = FileTypesTest.class.getResourceAsStream("/magika/files/" + file)) {
            return new Content(in.readAllBytes(), "application/octet-stream");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Content bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new Content(bytes, "application/octet-stream");
    }
}
