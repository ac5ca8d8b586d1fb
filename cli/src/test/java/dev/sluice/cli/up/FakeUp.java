package dev.sluice.cli.up;

import dev.sluice.cli.platform.Fakes;
import dev.sluice.cli.platform.Platform;
import dev.sluice.cli.platform.RuntimeDirectory;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What {@code up} does, with fake services. */
final class FakeUp {

    private FakeUp() {}

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        ProgressBoard board = new ProgressBoard(out, false);
        Platform platform = Fakes.platform(Fakes.spec(directory), board);
        try (Foreground foreground = new Foreground(platform, new RuntimeDirectory(directory), board)) {
            platform.start();
            out.println("up");
            foreground.watch(out);
        }
    }
}
