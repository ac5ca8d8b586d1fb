package dev.sluice.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeDirectoryTest {

    private static final OsProcess DEAD = new OsProcess(OsProcess.current().pid(), Instant.EPOCH);

    @TempDir
    private Path root;

    private RuntimeDirectory directory;

    @BeforeEach
    void open() {
        directory = new RuntimeDirectory(root);
    }

    @Test
    void readsBackWhatItWroteInTheOrderOfTiersAndNumbers() {
        for (String name : new String[] {"host-10", "router-0", "host-2", "frontend-0"}) {
            directory.write(record(name, OsProcess.current()));
        }

        assertThat(directory.records())
                .extracting(ProcessRecord::name)
                .containsExactly("frontend-0", "router-0", "host-2", "host-10");
        assertThat(directory.records().get(0)).isEqualTo(record("frontend-0", OsProcess.current()));
    }

    @Test
    void forgetsProcessesThatAreDead() {
        directory.write(record("host-0", DEAD));
        directory.write(record("host-1", OsProcess.current()));

        assertThat(directory.living()).extracting(ProcessRecord::name).containsExactly("host-1");
        assertThat(directory.records()).extracting(ProcessRecord::name).containsExactly("host-1");
    }

    @Test
    void knowsItsSupervisorWhileThatLives() {
        assertThat(directory.supervisor()).isEmpty();
        directory.supervisedBy(DEAD);
        assertThat(directory.supervisor()).isEmpty();
        directory.supervisedBy(OsProcess.current());
        assertThat(directory.supervisor()).contains(OsProcess.current());
        directory.unsupervised();
        assertThat(directory.supervisor()).isEmpty();
    }

    @Test
    void passesOverWhatIsNoRecord() throws IOException {
        Files.createDirectories(root.resolve("run"));
        Files.writeString(root.resolve("run/host-0.pid"), "");

        assertThat(directory.records()).isEmpty();
    }

    private ProcessRecord record(String name, OsProcess process) {
        Tier tier = Tier.valueOf(name.substring(0, name.indexOf('-')).toUpperCase(java.util.Locale.ROOT));
        return new ProcessRecord(name, tier, 7000, process, directory.log(name));
    }
}
