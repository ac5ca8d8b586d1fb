package dev.sluice.frontend.access;

import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.zmq.ZmqServer;
import java.util.List;
import java.util.stream.Stream;

/** Every way to send a query to a frontend. */
final class AllDoors {

    private AllDoors() {}

    /** @param grpc those that keep their channels open */
    static List<Door> of(TestFrontend frontend, GrpcDoors grpc) {
        return Stream.of(
                        new HttpDoors(frontend.port()).all(),
                        grpc.all(),
                        new ZmqDoors(frontend.bean(ZmqServer.class).endpoint()).all())
                .flatMap(List::stream)
                .toList();
    }
}
