package dev.sluice.router.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.router.fleet.store.FleetStore.Entry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged outlives {@code kill -9}, at whatever moment. */
@Timeout(300)
class FileFleetStoreIT {

    private static final int ROUNDS = 25;
    private static final int MOST_WRITES = 40;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Process start(long firstNumber) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WritingProcess.class.getName(),
                        folder.toString(),
                        Long.toString(firstNumber))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What it has written to its output can still be read, as after a kill by Process it could not. */
    private static void kill(Process process) throws InterruptedException {
        process.toHandle().destroyForcibly();
        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void losesNothingThatWasAcknowledged() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        String id = null;
        long number = -1;
        long revision = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Process process = start(number + 1);
            try (BufferedReader lines = process.inputReader()) {
                int writes = random.nextInt(MOST_WRITES);
                for (int i = 0; i <= writes; i++) {
                    String line = lines.readLine();
                    assertThat(line).as("it writes").isNotNull();
                    number = Long.parseLong(line.split(" ")[0]);
                    revision = Long.parseLong(line.split(" ")[1]);
                }
                LockSupport.parkNanos(random.nextInt(3_000_000));
                kill(process);
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.split(" ").length == 2) {
                        number = Long.parseLong(line.split(" ")[0]);
                        revision = Long.parseLong(line.split(" ")[1]);
                    }
                }
            } finally {
                kill(process);
            }
            try (FileFleetStore store = new FileFleetStore(folder)) {
                String now = store.load().block(LONG).id();
                assertThat(id == null ? now : id).isEqualTo(now);
                id = now;
                number = check(store.load().block(LONG).entries(), number, revision);
            }
        }
    }

    /** The number of the last write: the acknowledged one, or one that was not acknowledged any more. */
    private static long check(Map<String, Entry> entries, long number, long revision) {
        long last = number;
        for (Entry entry : entries.values()) {
            String json = entry.json();
            long written = Long.parseLong(json.substring("{\"number\": ".length(), json.indexOf(',')));
            assertThat(json).isEqualTo(WritingProcess.document(written));
            assertThat(entry.revision()).as("one write is one revision").isEqualTo(written + 1);
            last = Math.max(last, written);
        }
        assertThat(revision).isEqualTo(number + 1);
        assertThat(last).isBetween(number, number + 1);
        for (long back = 0; back < Math.min(WritingProcess.KEYS, number + 1); back++) {
            Entry entry = entries.get("actors/a" + (number - back) % WritingProcess.KEYS);
            assertThat(entry.revision()).as("write %d", number - back).isGreaterThanOrEqualTo(number - back + 1);
        }
        return last;
    }

    @Test
    void isHeldByOneProcessAtATime() throws Exception {
        Process process = start(0);
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.readLine()).isNotNull();
            assertThatThrownBy(() -> new FileFleetStore(folder))
                    .isInstanceOf(SettingRefused.class)
                    .hasMessageContaining("in use by another router");
        } finally {
            kill(process);
        }
        new FileFleetStore(folder).close();
    }
}
