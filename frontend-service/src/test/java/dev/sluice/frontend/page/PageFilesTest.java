package dev.sluice.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** Rules that all files of the page keep. */
class PageFilesTest {

    /** Names of namespaces and nothing else: nobody fetches them. */
    private static final Pattern ELSEWHERE = Pattern.compile("https?://(?!www\\.w3\\.org/2000/svg)");

    private static final Pattern IMPORT = Pattern.compile("from \"(\\./[^\"]+)\"");

    private static Map<Path, String> files() throws IOException {
        Path root = new ClassPathResource("ui/").getFile().toPath();
        Map<Path, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(Files::isRegularFile).forEach(file -> files.put(file, read(file)));
        }
        return files;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void fetchNothingFromElsewhere() throws IOException {
        assertThat(files())
                .hasSizeGreaterThan(20)
                .allSatisfy((file, text) -> assertThat(text).doesNotContainPattern(ELSEWHERE));
    }

    @Test
    void setTextAsText() throws IOException {
        assertThat(files())
                .allSatisfy((file, text) -> assertThat(text)
                        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("));
    }

    @Test
    void areSmall() throws IOException {
        assertThat(files())
                .allSatisfy((file, text) -> assertThat(text.lines().count()).isLessThanOrEqualTo(300));
    }

    @Test
    void importWhatThereIs() throws IOException {
        Map<Path, String> files = files();
        files.forEach((file, text) -> IMPORT.matcher(text)
                .results()
                .forEach(found -> assertThat(files)
                        .containsKey(file.resolveSibling(found.group(1)).normalize())));
    }
}
