package dev.sluice.benchmarks.protocols.rows;

import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.FrontendJvm;
import dev.sluice.cli.Project;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** The bare server, with the JDK, heap and flags of a frontend. */
final class BareFlightProcess implements AutoCloseable {

    private final ChildProcess child;
    private final int port;

    private BareFlightProcess(ChildProcess child, int port) {
        this.child = child;
        this.port = port;
    }

    static BareFlightProcess start() throws IOException, InterruptedException {
        int port = ChildProcess.freePort();
        List<String> command = new ArrayList<>(FrontendJvm.command(Project.folder()));
        command.addAll(List.of(
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-XX:MaxDirectMemorySize=256m",
                "-cp",
                System.getProperty("java.class.path"),
                BareFlight.class.getName(),
                Integer.toString(port)));
        return new BareFlightProcess(ChildProcess.start("bare-flight", command, () -> listens(port)), port);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        child.close();
    }
}
