package dev.sluice.host.sql.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlFolderTest {

    @TempDir
    private Path folder;

    private final List<Path> broken = new ArrayList<>();

    /** The kubelet keeps the files in a folder of their own, and swaps all of them at once by one link. */
    @Test
    void readsAMountedConfigMapOnce() throws Exception {
        Path files = Files.createDirectory(folder.resolve("..2026_11_27_09_00_00.1"));
        Files.writeString(files.resolve("answer.sql"), "select 42 as answer");
        Path data = Files.createSymbolicLink(folder.resolve("..data"), files.getFileName());
        Files.createSymbolicLink(folder.resolve("answer.sql"), Path.of("..data", "answer.sql"));
        FoundFile before = only();

        Path newer = Files.createDirectory(folder.resolve("..2026_11_27_10_00_00.2"));
        Files.writeString(newer.resolve("answer.sql"), "select 43 as answer");
        Files.delete(data);
        Files.createSymbolicLink(data, newer.getFileName());
        assertThat(only().fingerprint()).isNotEqualTo(before.fingerprint());
    }

    private FoundFile only() throws Exception {
        SqlFolder sql = new SqlFolder(folder, new SqlFile.Limits(1, 1, null));
        List<FoundFile> found =
                List.copyOf(sql.look((path, why) -> broken.add(path)).values());
        assertThat(broken).isEmpty();
        assertThat(found).extracting(FoundFile::id).containsExactly(new FoundFile.Id("answer", "1"));
        return found.get(0);
    }
}
