package dev.sluice.host.onnx.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.host.onnx.testing.Graph;
import dev.sluice.host.onnx.testing.ModelKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptsTest {

    private static final int OPERATIONS = 1_000;

    /** Each operation takes some milliseconds over so many numbers, all of them minutes. */
    private static final String LONG =
            "{\"inputs\": [{\"name\": \"n\", \"shape\": [1], \"datatype\": \"INT64\", \"data\": [8000000]}]}";

    private static final String SHORT = LONG.replace("8000000", "1");

    @TempDir
    private Path models;

    /** Gives the largest of so many numbers as it is told, after it has computed with all of them. */
    private static Graph slow() {
        Graph graph = new Graph().input("n", Graph.INT64, 1).output("y", Graph.FLOAT, 1);
        graph.node("ConstantOfShape", List.of("n"), List.of("x0"));
        for (int i = 1; i <= OPERATIONS; i++) {
            graph.node("Sin", List.of("x" + (i - 1)), List.of("x" + i));
        }
        return graph.node("ReduceMax", List.of("x" + OPERATIONS), List.of("y"));
    }

    @Test
    void endsWhatNobodyWaitsForAnyMore() throws IOException {
        slow().writeTo(models, "slow", "1");
        Files.writeString(models.resolve("slow").resolve("config.yaml"), "batching: false");
        try (ModelKit model = ModelKit.of(models, "slow", Duration.ofSeconds(5))) {
            assertThat(model.call(SHORT)).contains("\"data\":[0.0]");
            QueryException late = catchThrowableOfType(QueryException.class, () -> model.call(LONG));
            assertThat(late.failure().code()).isEqualTo(ErrorCode.EXPIRED);
            assertThat(model.call(SHORT)).as("by the same replica").contains("\"data\":[0.0]");
        }
    }
}
