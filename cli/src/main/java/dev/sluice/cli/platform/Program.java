package dev.sluice.cli.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the processes of a tier are started: {@code executable, options of the instance, main, arguments of the instance}.
 *
 * @param directory the working directory
 * @param executable the JVM and the tier's usual options
 * @param main {@code -jar x.jar}, or a class path and a class
 */
public record Program(Path directory, List<String> executable, List<String> main) {

    public Program {
        executable = List.copyOf(executable);
        main = List.copyOf(main);
    }

    List<String> command(Instance instance) {
        List<String> command = new ArrayList<>(executable);
        command.addAll(instance.jvmOptions());
        command.addAll(main);
        command.addAll(instance.arguments());
        return command;
    }
}
