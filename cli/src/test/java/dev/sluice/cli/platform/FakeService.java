package dev.sluice.cli.platform;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Stands in for a service: answers its readiness and ends when asked. {@code --fake.dies=WORDS} makes it say these and
 * die, {@code --fake.deaf=true} makes it never end by itself, {@code --fake.ready=false} never ready.
 */
final class FakeService {

    private FakeService() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> properties = properties(arguments);
        if (properties.containsKey("fake.dies")) {
            System.out.println(properties.get("fake.dies"));
            System.exit(3);
        }
        if (properties.containsKey("fake.deaf")) {
            Runtime.getRuntime().addShutdownHook(new Thread(FakeService::forever));
        }
        int status = properties.containsKey("fake.ready") ? 503 : 200;
        int port = Integer.parseInt(properties.getOrDefault("server.port", "0"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/actuator/health/readiness", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        System.out.println("serving as " + properties.get("sluice.node-id"));
        forever();
    }

    private static Map<String, String> properties(String[] arguments) {
        Map<String, String> properties = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.substring(2).split("=", 2);
            properties.put(parts[0], parts[1]);
        }
        return properties;
    }

    private static void forever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
