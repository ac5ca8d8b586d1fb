package dev.sluice.frontend.flight;

import static dev.sluice.frontend.flight.FlightFrontend.command;
import static dev.sluice.frontend.flight.FlightFrontend.failure;
import static dev.sluice.frontend.flight.FlightFrontend.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.ActionType;
import org.apache.arrow.flight.AsyncPutListener;
import org.apache.arrow.flight.Criteria;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the server says of itself and its actors. */
@ExtendWith(LeakGuard.class)
@Timeout(180)
class FlightPagesTest {

    @RegisterExtension
    final FlightFrontend frontend = new FlightFrontend();

    @Test
    void listsEachMethodAsAFlight() {
        List<FlightInfo> flights = new ArrayList<>();
        frontend.client().listFlights(Criteria.ALL).forEach(flights::add);
        assertThat(flights)
                .extracting(flight -> flight.getDescriptor().getPath())
                .contains(List.of("adds"), List.of("vadder"), List.of("vadder", "other"));
        List<FlightInfo> some = new ArrayList<>();
        frontend.client()
                .listFlights(new Criteria("vad".getBytes(StandardCharsets.UTF_8)))
                .forEach(some::add);
        assertThat(some).hasSize(2);
    }

    @Test
    void describesAMethod() {
        FlightInfo info = frontend.client().getInfo(path("pairs"));
        assertThat(info.getSchemaOptional().orElseThrow().toString())
                .isEqualTo("Schema<y: FixedSizeList(2)<item: FloatingPoint(SINGLE) not null> not null>");
        assertThat(info.getRecords()).isEqualTo(-1);
        assertThat(info.getEndpoints()).hasSize(1);
        assertThat(info.getEndpoints().get(0).getLocations()).isEmpty();
        assertThat(new String(info.getEndpoints().get(0).getTicket().getBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"actor\":\"pairs\"}");
        assertThat(new String(info.getAppMetadata(), StandardCharsets.UTF_8))
                .contains("\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,2]}]");
    }

    @Test
    void makesATicketOfACommand() {
        FlightInfo info = frontend.client()
                .getInfo(command(
                        "{\"actor\": \"adds\", \"method\": \"call\", \"version\": \"3\", \"input\": {\"a\": 1.10},"
                                + " \"slo_ms\": 50, \"priority\": 2, \"id\": \"mine\"}"));
        assertThat(new String(info.getEndpoints().get(0).getTicket().getBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"actor\":\"adds\",\"method\":\"call\",\"version\":\"3\",\"input\":{\"a\":1.10},"
                        + "\"slo_ms\":50.0,\"priority\":2,\"id\":\"mine\"}");
    }

    @Test
    void givesTheSchemaOfWhatAMethodAnswers() {
        assertThat(frontend.client().getSchema(path("adds")).getSchema().toString())
                .isEqualTo("Schema<y: Int(64, true) not null>");
        FlightRuntimeException failure = failure(() -> frontend.client().getSchema(path("vader")));
        assertThat(failure.status().code()).isEqualTo(FlightStatusCode.NOT_FOUND);
        assertThat(frontend.client().getInfo(path("echo")).getSchemaOptional()).isEmpty();
    }

    @Test
    void hasActions() {
        List<String> types = new ArrayList<>();
        frontend.client().listActions().forEach((ActionType type) -> types.add(type.getType()));
        assertThat(types).containsExactly("health", "actors");
        assertThat(act("health")).containsExactly("{\"ready\":true}");
        assertThat(act("actors")).anyMatch(json -> json.contains("\"actor\":\"adds\""));
        frontend.gateway().ready(false);
        assertThat(act("health")).containsExactly("{\"ready\":false}");
        FlightRuntimeException failure = failure(() -> act("explode"));
        assertThat(failure.status().code()).isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
        assertThat(failure.getMessage()).contains("there are health and actors");
    }

    private List<String> act(String type) {
        List<String> results = new ArrayList<>();
        frontend.client()
                .doAction(new Action(type))
                .forEachRemaining(result -> results.add(new String(result.getBody(), StandardCharsets.UTF_8)));
        return results;
    }

    @Test
    void storesNothing() throws Exception {
        AsyncPutListener listener = new AsyncPutListener();
        try (VectorSchemaRoot batch = Batches.longs(frontend.memory(), "x", 1)) {
            FlightRuntimeException failure = failure(() -> {
                var put = frontend.client().startPut(path("adds"), batch, listener);
                put.putNext();
                put.completed();
                put.getResult();
            });
            assertThat(failure.status().code()).isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
            assertThat(failure.getMessage()).contains("use DoExchange");
        }
    }
}
