package dev.sluice.cli;

import picocli.CommandLine.Option;

/** {@code --help} of every command. */
public final class HelpOption {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Explain this command.")
    private boolean help;
}
