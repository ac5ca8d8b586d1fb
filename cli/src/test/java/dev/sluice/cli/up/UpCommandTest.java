package dev.sluice.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.cli.output.CommandFailure;
import dev.sluice.cli.platform.PlatformSpec;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UpCommandTest {

    @TempDir
    private Path project;

    private PlatformSpec spec(String... arguments) {
        System.setProperty("sluice.project", project.toString());
        UpCommand up = new UpCommand();
        new CommandLine(up).parseArgs(arguments);
        return up.platformSpec();
    }

    @Test
    void givesTheActorsFileToTheRoutersFromWhereverItIs() throws IOException {
        Path file = Files.writeString(project.resolve("actors.yaml"), "actors: {}");
        assertThat(spec("--actors-file", project.resolve("./actors.yaml").toString())
                        .tier(Tier.ROUTER)
                        .properties())
                .containsEntry("sluice.fleet.actors-file", file.toString());
        assertThat(spec().tier(Tier.ROUTER).properties()).doesNotContainKey("sluice.fleet.actors-file");
    }

    @Test
    void refusesDataOfSqlFilesWhereThereAreNone() {
        String folder = project.toString();
        assertThat(catchThrowable(() -> spec("--sql-data", folder)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--sql-data")
                .hasMessageContaining("by --sql");
        assertThat(spec("--sql", folder, "--sql-data", folder).tier(Tier.HOST).properties())
                .containsEntry("sluice.host.sql.dir", folder)
                .containsEntry("sluice.host.sql.data-dir", folder);
        assertThat(spec("--sql", folder).tier(Tier.HOST).properties()).doesNotContainKey("sluice.host.sql.data-dir");
    }

    @Test
    void servesTheSqlExamplesUnlessToldOthers() {
        assertThat(spec().tier(Tier.HOST).properties())
                .containsEntry(
                        "sluice.host.sql.dir",
                        project.resolve("examples/sql/queries").toString())
                .containsEntry(
                        "sluice.host.sql.data-dir",
                        project.resolve("examples/actors/target/data").toString());
    }
}
