package dev.sluice.system.registry;

import java.util.Map;
import org.apache.curator.test.TestingServer;

/** A ZooKeeper server in this JVM. */
public final class ZooKeeper implements Registry {

    private final TestingServer server;

    private ZooKeeper(TestingServer server) {
        this.server = server;
    }

    public static ZooKeeper start() {
        return Checked.get(() -> new ZooKeeper(new TestingServer(true)));
    }

    @Override
    public String client() {
        return "spring-cloud-starter-zookeeper-discovery";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("spring.cloud.zookeeper.connect-string", server.getConnectString());
    }

    @Override
    public void die() {
        Checked.run(server::stop);
    }

    @Override
    public void comeBack() {
        Checked.run(server::restart);
    }

    @Override
    public void close() {
        Checked.run(server::close);
    }
}
