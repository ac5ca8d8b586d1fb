package dev.sluice.cli.up;

import dev.sluice.cli.CliCommand;
import dev.sluice.cli.Project;
import dev.sluice.cli.output.CommandFailure;
import dev.sluice.cli.output.Terminal;
import dev.sluice.cli.platform.BuiltPrograms;
import dev.sluice.cli.platform.ExtraPort;
import dev.sluice.cli.platform.Platform;
import dev.sluice.cli.platform.PlatformSpec;
import dev.sluice.cli.platform.RuntimeDirectory;
import dev.sluice.cli.platform.Tier;
import dev.sluice.cli.status.Status;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the platform and stays with it, or leaves it running. */
@Command(
        name = "up",
        description = {
            "Start frontends, routers and hosts with the demo actors, each a process of its own on loopback.",
            "Ctrl-C ends them all, draining first; so does sluice down from another terminal."
        },
        footer = {
            "",
            "Examples:",
            "  sluice up",
            "  sluice up --routers 2 --hosts 3 --detach",
            "  sluice up --actors-file actors.yaml",
            "",
            "Environment: SLUICE_JAVA_OPTS adds options to every JVM, SLUICE_FRONTEND_JAVA_OPTS,",
            "SLUICE_ROUTER_JAVA_OPTS and SLUICE_HOST_JAVA_OPTS to those of one tier."
        })
public final class UpCommand extends CliCommand implements Callable<Integer> {

    @Option(names = "--frontends", paramLabel = "N", defaultValue = "1", description = "How many (${DEFAULT-VALUE}).")
    private int frontends;

    @Option(names = "--routers", paramLabel = "N", defaultValue = "1", description = "How many (${DEFAULT-VALUE}).")
    private int routers;

    @Option(names = "--hosts", paramLabel = "N", defaultValue = "2", description = "How many (${DEFAULT-VALUE}).")
    private int hosts;

    @Option(
            names = "--frontend-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Of the first; the others follow (${DEFAULT-VALUE}). 0: any free one. Likewise below.")
    private int frontendPort;

    @Option(
            names = "--grpc-port",
            paramLabel = "PORT",
            defaultValue = "8001",
            description = "Of the first frontend, for gRPC (${DEFAULT-VALUE}).")
    private int grpcPort;

    @Option(
            names = "--flight-port",
            paramLabel = "PORT",
            defaultValue = "8815",
            description = "Of the first frontend, for Arrow Flight (${DEFAULT-VALUE}).")
    private int flightPort;

    @Option(
            names = "--zeromq-port",
            paramLabel = "PORT",
            defaultValue = "5555",
            description = "Of the first frontend, for ZeroMQ (${DEFAULT-VALUE}).")
    private int zeromqPort;

    @Option(names = "--router-port", paramLabel = "PORT", defaultValue = "7000", description = "(${DEFAULT-VALUE})")
    private int routerPort;

    @Option(names = "--host-port", paramLabel = "PORT", defaultValue = "7100", description = "(${DEFAULT-VALUE})")
    private int hostPort;

    @Option(
            names = "--actors-file",
            paramLabel = "FILE",
            description = "What is wanted of actors, for the routers: see docs/actors-file.md.")
    private @Nullable Path actorsFile;

    @Option(
            names = "--models",
            paramLabel = "FOLDER",
            description = "Serve the ONNX models in this folder on every host: see docs/models.md.")
    private @Nullable Path models;

    @Option(
            names = "--sql",
            paramLabel = "FOLDER",
            description =
                    "Serve the SQL files in this folder on every host, rather than the examples: see docs/sql.md.")
    private @Nullable Path sql;

    @Option(names = "--sql-data", paramLabel = "FOLDER", description = "Parquet, CSV and JSON files that those read.")
    private @Nullable Path sqlData;

    @Option(
            names = {"-d", "--detach"},
            description = "Return when all are ready and leave them running; sluice down ends them.")
    private boolean detach;

    @Option(names = "--json", description = "Print the URLs as JSON for programs, the progress to standard error.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = out();
        PrintWriter talk = json ? err() : out;
        RuntimeDirectory runtime = Project.runtime();
        if (!runtime.living().isEmpty()) {
            talk.println("Sluice is already up here; sluice down ends it.");
            talk.println();
            Status.of(runtime).print(talk);
            return 1;
        }
        ProgressBoard board = new ProgressBoard(talk, Terminal.watched() && !json);
        BuiltPrograms programs = BuiltPrograms.of(Project.folder(), board);
        Platform platform = new Platform(platformSpec(), programs, board);
        try (Foreground foreground = new Foreground(platform, runtime, board)) {
            platform.start();
            UrlSheet urls = new UrlSheet(platform);
            if (json) {
                out.println(urls.json());
            } else {
                urls.print(out, detach);
            }
            if (detach) {
                foreground.letGo();
                return 0;
            }
            foreground.watch(talk);
            return 1;
        }
    }

    PlatformSpec platformSpec() {
        PlatformSpec demo = PlatformSpec.demo(Project.folder());
        if (actorsFile != null) {
            demo = demo.property(Tier.ROUTER, "sluice.fleet.actors-file", existing(actorsFile));
        }
        if (models != null) {
            demo = demo.property(
                    Tier.HOST, "sluice.host.models.dir", folder(models).toString());
        }
        demo = sql == null ? demo.sqlExamples() : demo.sql(folder(sql));
        if (sqlData != null && sql == null) {
            throw new CommandFailure(
                    "--sql-data goes with --sql, and the examples have data of their own: name the folder of your SQL files by --sql.");
        }
        if (sqlData != null) {
            demo = demo.property(
                    Tier.HOST, "sluice.host.sql.data-dir", folder(sqlData).toString());
        }
        return demo.firstPort(Tier.FRONTEND, frontendPort)
                .firstPort(ExtraPort.GRPC, grpcPort)
                .firstPort(ExtraPort.FLIGHT, flightPort)
                .firstPort(ExtraPort.ZEROMQ, zeromqPort)
                .firstPort(Tier.ROUTER, routerPort)
                .firstPort(Tier.HOST, hostPort)
                .count(Tier.FRONTEND, frontends)
                .count(Tier.ROUTER, routers)
                .count(Tier.HOST, hosts);
    }

    private static Path folder(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            throw new CommandFailure("There is no folder " + absolute + ".");
        }
        return absolute;
    }

    /** Processes start in other folders than this one. */
    private static String existing(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (!Files.isReadable(absolute)) {
            throw new CommandFailure("The actors file " + absolute + " cannot be read.");
        }
        return absolute.toString();
    }
}
