package dev.sluice.system.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.cli.platform.ExtraPort;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.CallOptions;
import org.apache.arrow.flight.Criteria;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Arrow Flight says of each method, spoken with its own client to all tiers. */
@ExtendWith(Sites.class)
@Timeout(300)
class FlightConformanceIT {

    private Flights flights;

    @BeforeEach
    void connect(@On(Shape.SPOKEN) Site site) {
        for (String actor : List.of("adds", "vadder", "adder", "echo", "ticks", "orders-of", "worth-of", "numbers")) {
            site.awaitPublished(actor);
        }
        flights = new Flights(site.frontend(0).port(ExtraPort.FLIGHT));
    }

    @AfterEach
    void disconnect() {
        flights.close();
    }

    /** The first column of each answer, as it is printed. */
    private List<List<String>> exchange(FlightDescriptor to, String column, long first, int count, int times)
            throws Exception {
        List<List<String>> answers = new ArrayList<>();
        try (VectorSchemaRoot batch = flights.numbers(column, first, count)) {
            flights.exchange(to, batch, times, stream -> {
                List<String> values = new ArrayList<>();
                for (int i = 0; i < stream.getRoot().getRowCount(); i++) {
                    values.add(String.valueOf(stream.getRoot().getVector(0).getObject(i)));
                }
                answers.add(values);
            });
        }
        return answers;
    }

    private static FlightRuntimeException failure(ThrowingCallable call) {
        FlightRuntimeException failure = catchThrowableOfType(FlightRuntimeException.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }

    private static FlightDescriptor path(String... path) {
        return FlightDescriptor.path(path);
    }

    @Test
    void rowsAreAnsweredByRows() throws Exception {
        assertThat(exchange(path("vadder"), "input", 1, 3, 2))
                .containsExactly(List.of("2", "3", "4"), List.of("2", "3", "4"));
        assertThat(exchange(path("vadder"), "input", 1, 0, 1)).containsExactly(List.of());
    }

    @Test
    void aMethodOfOneValueIsAskedForEachRow() throws Exception {
        assertThat(exchange(path("orders-of", "rows"), "customer", 7, 2, 1)).containsExactly(List.of(ids(7), ids(8)));
    }

    private static String ids(int customer) {
        StringBuilder ids = new StringBuilder("[");
        for (int id = customer; id < 2000; id += 50) {
            ids.append(id).append(id + 50 < 2000 ? "," : "]");
        }
        return ids.toString();
    }

    @Test
    void aFileThatReadsInputsIsAskedOnceForAllRows() throws Exception {
        assertThat(exchange(path("worth-of"), "customer", 7, 3, 1)).containsExactly(List.of("0", "1", "2"));
    }

    @Test
    void echoGivesTheBatchBack() throws Exception {
        assertThat(exchange(path("echo"), "anything", 5, 2, 2)).containsExactly(List.of("5", "6"), List.of("5", "6"));
    }

    @Test
    void aMillionRowsPass() throws Exception {
        long[] rows = new long[1];
        try (VectorSchemaRoot batch = flights.numbers("n", 0, 10_000)) {
            flights.exchange(
                    path("echo"),
                    batch,
                    100,
                    stream -> rows[0] += stream.getRoot().getRowCount());
        }
        assertThat(rows[0]).isEqualTo(1_000_000);
        assertThat(flights.rows("{\"actor\": \"numbers\", \"input\": {\"most\": 1000000}}"))
                .isEqualTo(1_000_000);
    }

    @Test
    void aTicketGivesTheRowsOfASqlActor() throws Exception {
        assertThat(flights.rows("{\"actor\": \"orders-of\", \"input\": {\"customer\": 7}}"))
                .isEqualTo(40);
        FlightInfo info = flights.client()
                .getInfo(FlightDescriptor.command(
                        "{\"actor\": \"numbers\", \"input\": {\"most\": 5}}".getBytes(StandardCharsets.UTF_8)));
        assertThat(flights.rows(
                        new String(info.getEndpoints().get(0).getTicket().getBytes(), StandardCharsets.UTF_8)))
                .isEqualTo(5);
        assertThat(flights.client()
                        .getSchema(info.getDescriptor())
                        .getSchema()
                        .getFields()
                        .toString())
                .isEqualTo("[n: Int(64, true), twice: Int(64, true)]");
    }

    @Test
    void flightsAndActionsTellWhatThereIs() {
        List<List<String>> paths = new ArrayList<>();
        flights.client()
                .listFlights(Criteria.ALL)
                .forEach(flight -> paths.add(flight.getDescriptor().getPath()));
        assertThat(paths).contains(List.of("vadder"), List.of("counter", "count"), List.of("orders-of", "arrow"));
        assertThat(flights.client()
                        .getInfo(path("adds"))
                        .getSchemaOptional()
                        .orElseThrow()
                        .toString())
                .contains("y: FixedSizeList(3)");
        assertThat(new String(
                        flights.client().doAction(new Action("health")).next().getBody(), StandardCharsets.UTF_8))
                .isEqualTo("{\"ready\":true}");
    }

    @Test
    void whatIsWrongIsToldByStatusAndInWords() {
        FlightRuntimeException absent = failure(() -> exchange(path("nothing"), "x", 0, 1, 1));
        assertThat(absent.status().code()).isEqualTo(FlightStatusCode.NOT_FOUND);
        FlightRuntimeException wrong = failure(() -> exchange(path("adds"), "x", 0, 1, 1));
        assertThat(wrong.status().code()).isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
        assertThat(wrong.getMessage()).contains("cast it to lists of FP32");
        FlightRuntimeException parameter =
                failure(() -> flights.rows("{\"actor\": \"orders-of\", \"input\": {\"customer\": \"seven\"}}"));
        assertThat(parameter.status().code()).isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
        assertThat(parameter.getMessage()).contains("customer");
    }

    @Test
    void theDeadlineEndsTheCall() throws Exception {
        try (VectorSchemaRoot batch = flights.numbers("input", 0, 1)) {
            FlightRuntimeException late = failure(() -> flights.exchange(
                    path("vadder"), batch, 1, stream -> {}, CallOptions.timeout(1, TimeUnit.MICROSECONDS)));
            assertThat(late.status().code()).isIn(FlightStatusCode.TIMED_OUT, FlightStatusCode.UNAVAILABLE);
        }
    }
}
