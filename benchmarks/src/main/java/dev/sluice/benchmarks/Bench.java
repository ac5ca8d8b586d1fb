package dev.sluice.benchmarks;

import dev.sluice.benchmarks.codec.CodecCommand;
import dev.sluice.benchmarks.faults.FaultsCommand;
import dev.sluice.benchmarks.fleet.FleetCommand;
import dev.sluice.benchmarks.fuzz.FuzzCommand;
import dev.sluice.benchmarks.hops.HopsCommand;
import dev.sluice.benchmarks.onnx.OnnxCommand;
import dev.sluice.benchmarks.overload.OverloadCommand;
import dev.sluice.benchmarks.pipeline.PipelineCommand;
import dev.sluice.benchmarks.protocols.ProtocolsCommand;
import dev.sluice.benchmarks.scaling.ScalingCommand;
import dev.sluice.benchmarks.schedule.ScheduleCommand;
import dev.sluice.benchmarks.soak.SoakCommand;
import dev.sluice.benchmarks.sql.SqlCommand;
import dev.sluice.cli.platform.PlatformException;
import java.io.IOException;
import java.sql.SQLException;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The front door of all benches: {@code Bench NAME [--quick] [--json FILE]}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures Sluice on this machine. Ends with 1 where a bar does not hold.",
        subcommands = {
            HopsCommand.class,
            CodecCommand.class,
            OverloadCommand.class,
            ScheduleCommand.class,
            ScalingCommand.class,
            FleetCommand.class,
            OnnxCommand.class,
            PipelineCommand.class,
            ProtocolsCommand.class,
            SqlCommand.class,
            SoakCommand.class,
            FaultsCommand.class,
            FuzzCommand.class,
            CommandLine.HelpCommand.class
        },
        synopsisSubcommandLabel = "NAME")
public final class Bench {

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bench()).setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof IOException
                    || e instanceof PlatformException
                    || e instanceof RunnerException
                    || e instanceof SQLException) {
                command.getErr().println(e.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw e;
        });
    }
}
