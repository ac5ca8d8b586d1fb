package dev.sluice.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.platform.Program;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakedClocksTest {

    @Test
    void aProcessFollowsTheFileOfItsNode(@TempDir Path folder) throws IOException, InterruptedException {
        Assumptions.assumeTrue(FakedClocks.library().isPresent(), "libfaketime is installed");
        Program date = new Program(folder, List.of("/bin/sh", "-c", "date +%s", "sh"), List.of());
        Program faked = new FakedClocks(folder).over(tier -> date).of(Tier.HOST);
        Files.writeString(folder.resolve("host-1"), "-2d\n");

        long off = run(faked, "--sluice.node-id=host-1");
        long right = run(faked, "--sluice.node-id=host-0");

        assertThat(right - off).isBetween(100_000L, 200_000L);
        assertThat(folder.resolve("host-0")).hasContent("+0");
    }

    private static long run(Program program, String argument) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(program.executable());
        command.add(argument);
        Process process = new ProcessBuilder(command).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return Long.parseLong(said.strip());
    }
}
