package dev.sluice.host.onnx.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.host.onnx.session.RuntimeSettings;
import dev.sluice.host.onnx.testing.Graph;
import dev.sluice.host.onnx.testing.ModelKit;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.test.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxActorTest {

    private static final String ROW = "{\"name\":\"x\",\"shape\":[1,3],\"datatype\":\"FP32\",\"data\":";

    @TempDir
    private Path models;

    @Test
    void answersPlainJsonAsItWasAsked() {
        try (ModelKit model = ModelKit.of(Graph.adding(1), models)) {
            assertThat(model.call("[[1,2,3],[4,5,6]]")).isEqualTo("[[2.0,3.0,4.0],[5.0,6.0,7.0]]");
            assertThat(model.call("[1,2,3]")).as("a single row").isEqualTo("[2.0,3.0,4.0]");
            assertThat(model.call("{\"x\": [1,2,3]}")).isEqualTo("{\"y\":[2.0,3.0,4.0]}");
        }
    }

    @Test
    void answersTheOpenInferenceProtocol() {
        try (ModelKit model = ModelKit.of(Graph.adding(1), models)) {
            assertThat(model.call("{\"id\":\"a\",\"inputs\":[" + ROW + "[1,2,3]}]}"))
                    .isEqualTo("{\"model_name\":\"model\",\"model_version\":\"1\",\"id\":\"a\",\"outputs\":["
                            + "{\"name\":\"y\",\"datatype\":\"FP32\",\"shape\":[1,3],\"data\":[2.0,3.0,4.0]}]}");
            assertThat(model.call(
                            "{\"inputs\":[{\"data\":[[1,2,3]],\"datatype\":\"FP32\",\"shape\":[1,3],\"name\":\"x\"}]}"))
                    .as("members in another order")
                    .contains("[2.0,3.0,4.0]");
        }
    }

    @Test
    void answersBinaryData() {
        try (ModelKit model = ModelKit.of(Graph.adding(1), models)) {
            String header = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,3],\"datatype\":\"FP32\","
                    + "\"parameters\":{\"binary_data_size\":12}}],\"outputs\":[{\"name\":\"y\","
                    + "\"parameters\":{\"binary_data\":true}}]}";
            Content answer =
                    model.bodies(List.of(binary(header, 1, 2, 3))).get(0).content();
            int length = Integer.parseInt(answer.mediaType().replaceFirst(".*json-length=", ""));
            assertThat(new String(answer.bytes(), 0, length, StandardCharsets.UTF_8))
                    .contains("\"parameters\":{\"binary_data_size\":12}")
                    .doesNotContain("data\":[");
            assertThat(floats(answer.bytes(), length)).containsExactly(2, 3, 4);

            Content bytes = binary("", 7, 8, 9, 10, 11, 12);
            Content raw = new Content(bytes.bytes(), "application/octet-stream");
            Content plain = model.bodies(List.of(raw)).get(0).content();
            assertThat(plain.mediaType()).isEqualTo("application/octet-stream");
            assertThat(floats(plain.bytes(), 0)).containsExactly(8, 9, 10, 11, 12, 13);
        }
    }

    @Test
    void computesTheQueriesOfABatchTogetherAndFailsOnlyThoseThatAreWrong() {
        try (ModelKit model = ModelKit.of(Graph.adding(1), models)) {
            assertThat(model.description()).isEqualTo("batches along x dimension 0");
            List<Reply> replies =
                    model.replies(List.of("[1,2,3]", "[[4,5,6],[7,8,9]]", "[1,2]", "nonsense", "[0,0,0]"));
            assertThat(ModelKit.text(replies.get(0))).isEqualTo("[2.0,3.0,4.0]");
            assertThat(ModelKit.text(replies.get(1))).isEqualTo("[[5.0,6.0,7.0],[8.0,9.0,10.0]]");
            assertThat(replies.get(2).failure().orElseThrow().code()).isEqualTo(ErrorCode.INVALID_INPUT);
            assertThat(replies.get(3).failure().orElseThrow().message()).startsWith("The input is not valid JSON");
            assertThat(ModelKit.text(replies.get(4))).isEqualTo("[1.0,1.0,1.0]");
        }
    }

    @Test
    void stacksAlongADimensionThatIsNotTheFirst() {
        Graph columns = new Graph()
                .input("x", Graph.FLOAT, 2, -1)
                .output("y", Graph.FLOAT, 2, -1)
                .constant("c", 1)
                .node("Add", List.of("x", "c"), List.of("y"));
        try (ModelKit model = ModelKit.of(columns, models)) {
            assertThat(model.description()).isEqualTo("batches along x dimension 1");
            List<Reply> replies = model.replies(List.of("[[1,2],[3,4]]", "[[5],[6]]", "[7,8]"));
            assertThat(replies.stream().map(ModelKit::text))
                    .containsExactly("[[2.0,3.0],[4.0,5.0]]", "[[6.0],[7.0]]", "[8.0,9.0]");
        }
    }

    @Test
    void sharesAScalarOnlyBetweenQueriesThatAgreeOnIt() {
        Graph scaled = new Graph()
                .input("x", Graph.FLOAT, -1, 1)
                .input("by", Graph.FLOAT)
                .output("y", Graph.FLOAT, -1, 1)
                .node("Mul", List.of("x", "by"), List.of("y"));
        try (ModelKit model = ModelKit.of(scaled, models)) {
            assertThat(model.description()).isEqualTo("batches along x dimension 0, by shared");
            List<Reply> replies = model.replies(List.of(
                    "{\"x\":[1],\"by\":2}", "{\"x\":[1],\"by\":3}", "{\"x\":[5],\"by\":2}", "{\"by\":3,\"x\":[[5]]}"));
            assertThat(replies.stream().map(ModelKit::text))
                    .containsExactly("{\"y\":[2.0]}", "{\"y\":[3.0]}", "{\"y\":[10.0]}", "{\"y\":[[15.0]]}");
        }
    }

    @Test
    void groupsQueriesByTheirShape() {
        Graph sums = new Graph()
                .input("x", Graph.FLOAT, "n", "length")
                .output("y", Graph.FLOAT, "n", 1)
                .node("ReduceMax", List.of("x"), List.of("y"), Graph.numbers("axes", 1));
        try (ModelKit model = ModelKit.of(sums, models)) {
            List<Reply> replies = model.replies(List.of("[[1,9]]", "[[1,2,3]]", "[[8,2]]"));
            assertThat(replies.stream().map(ModelKit::text)).containsExactly("[[9.0]]", "[[3.0]]", "[[8.0]]");
        }
    }

    @Test
    void padsWhereTheConfigSaysSo() throws IOException {
        Graph largest = new Graph()
                .input("x", Graph.FLOAT, -1, -1)
                .output("y", Graph.FLOAT, -1, -1)
                .constant("c", 1)
                .node("Add", List.of("x", "c"), List.of("y"));
        String config = "inputs: {x: {pad: {dimension: 1, value: -5}}}";
        try (ModelKit model = ModelKit.of(largest, config, models)) {
            List<Reply> replies = model.replies(List.of("[[1,2,3]]", "[[1]]"));
            assertThat(replies.stream().map(ModelKit::text)).containsExactly("[[2.0,3.0,4.0]]", "[[2.0,-4.0,-4.0]]");
        }
    }

    @Test
    void runsQueryByQueryWhatDependsOnTheRestOfTheBatch() {
        Graph centred = new Graph()
                .input("x", Graph.FLOAT, -1, 1)
                .output("y", Graph.FLOAT, -1, 1)
                .node("ReduceMean", List.of("x"), List.of("m"), Graph.numbers("axes", 0))
                .node("Sub", List.of("x", "m"), List.of("y"));
        try (ModelKit model = ModelKit.of(centred, models)) {
            assertThat(model.description())
                    .isEqualTo("runs query by query: its output 'y' depends on what else is computed with it");
            assertThat(model.actor().descriptor().method("call").orElseThrow().batched())
                    .isFalse();
            List<Reply> replies = model.replies(List.of("[[1],[3]]", "[[10]]"));
            assertThat(replies.stream().map(ModelKit::text)).containsExactly("[[-1.0],[1.0]]", "[[0.0]]");
        }
    }

    @Test
    void seesInfluenceAmongSmallNumbers() {
        Graph centred = new Graph()
                .input("x", Graph.FLOAT, -1, 1)
                .output("y", Graph.FLOAT, -1, 1)
                .constant("c", 1e-4f)
                .node("Mul", List.of("x", "c"), List.of("s"))
                .node("ReduceMean", List.of("s"), List.of("m"), Graph.numbers("axes", 0))
                .node("Sub", List.of("s", "m"), List.of("d"))
                .node("Add", List.of("d", "s"), List.of("y"));
        try (ModelKit model = ModelKit.of(centred, models)) {
            assertThat(model.description())
                    .isEqualTo("runs query by query: its output 'y' depends on what else is computed with it");
        }
    }

    /** As quantization on the way does: among values that are alike nothing is seen of it. */
    @Test
    void seesInfluenceOfValuesOfAnotherMagnitude() {
        Graph scaled = new Graph()
                .input("x", Graph.FLOAT, -1, 4)
                .output("y", Graph.FLOAT, -1, 4)
                .node("DynamicQuantizeLinear", List.of("x"), List.of("q", "scale", "zero"))
                .node("DequantizeLinear", List.of("q", "scale", "zero"), List.of("y"));
        try (ModelKit model = ModelKit.of(scaled, models)) {
            assertThat(model.description())
                    .isEqualTo("runs query by query: its output 'y' depends on what else is computed with it");
            List<Reply> replies = model.replies(List.of("[[0.1,0.2,0.3,0.4]]", "[[1000,0,0,0]]"));
            assertThat(ModelKit.text(replies.get(0))).startsWith("[[0.1").contains(",0.4");
        }
    }

    /** 33 kB of input would be 134 MB of output. */
    @Test
    void doesNotComputeWhatCannotBeSent() {
        Graph wide = new Graph()
                .input("x", Graph.FLOAT, -1, 1)
                .output("y", Graph.FLOAT, -1, 4096)
                .whole("shape", 1, 4096)
                .node("Expand", List.of("x", "shape"), List.of("y"));
        String rows = "[" + "[1],".repeat(8_192) + "[1]]";
        try (ModelKit model = ModelKit.of(wide, models)) {
            assertThat(model.refused(rows))
                    .isEqualTo(new Failure(
                            ErrorCode.TOO_LARGE,
                            "The 8,193 rows of this query would come out as 67,117,056 bytes or more, and a result may"
                                    + " have 67,108,864 (sluice.link.max-payload). Ask for fewer rows at once."));
            assertThat(model.call("[[1]]")).startsWith("[[1.0,1.0");
        }
    }

    @Test
    void triesNothingThatIsTooLargeForAHost() {
        Graph large = Graph.identity(Graph.FLOAT, -1, 100_000, 30_000);
        try (ModelKit model = ModelKit.of(large, models)) {
            assertThat(model.description())
                    .startsWith(
                            "runs query by query: it could not be tried with made-up inputs (its inputs are too large");
            assertThat(model.open()).containsExactly(0L, 0L, 1L);
        }
    }

    @Test
    void runsQueryByQueryWhatDeclaresABatchThatItCannotTake() {
        Graph one = new Graph()
                .input("x", Graph.FLOAT, -1, 2)
                .output("y", Graph.FLOAT, -1, 2)
                .whole("shape", 1, 2)
                .node("Reshape", List.of("x", "shape"), List.of("y"));
        try (ModelKit model = ModelKit.of(one, models)) {
            assertThat(model.description()).startsWith("runs query by query: it fails where several queries");
            assertThat(model.call("[[1,2]]")).isEqualTo("[[1.0,2.0]]");
            assertThat(model.refused("[[1,2],[3,4]]").message()).contains("Reshape");
        }
    }

    @Test
    void givesWhatAModelGivesWhoseDeclaredOutputLies() {
        Graph lies = new Graph()
                .input("x", Graph.FLOAT, -1, 2)
                .output("y", Graph.FLOAT, -1, 5)
                .node("Identity", List.of("x"), List.of("y"));
        try (ModelKit model = ModelKit.of(lies, models)) {
            List<Reply> replies = model.replies(List.of("[[1,2]]", "[[3,4]]"));
            assertThat(replies.stream().map(ModelKit::text)).containsExactly("[[1.0,2.0]]", "[[3.0,4.0]]");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            9  | BOOL   | [true,false]
            2  | UINT8  | [0,255]
            4  | UINT16 | [0,65535]
            12 | UINT32 | [0,4294967295]
            13 | UINT64 | [0,18446744073709551615]
            3  | INT8   | [-128,127]
            5  | INT16  | [-32768,32767]
            6  | INT32  | [-2147483648,2147483647]
            7  | INT64  | [-9223372036854775808,9223372036854775807]
            1  | FP32   | [-1.5,3.4028235E38]
            11 | FP64   | [-1.5,1.7976931348623157E308]
            8  | BYTES  | ["","grüße"]
            """)
    void carriesEveryTypeOfTheProtocol(int onnx, String type, String values) {
        try (ModelKit model = ModelKit.of(Graph.identity(onnx, -1), models)) {
            assertThat(model.call(values)).isEqualTo(values);
            assertThat(model.call("{\"inputs\":[{\"name\":\"x\",\"datatype\":\"" + type + "\",\"shape\":[2],\"data\":"
                            + values + "}]}"))
                    .contains("\"datatype\":\"" + type + "\",\"shape\":[2],\"data\":" + values);
            assertThat(model.call(values)).as("into known shapes").isEqualTo(values);
            assertThat(model.replies(List.of(values, values)).stream().map(ModelKit::text))
                    .containsExactly(values, values);
        }
    }

    @Test
    void carriesTextThatJavaHasTwoCharsFor() {
        try (ModelKit model = ModelKit.of(Graph.identity(Graph.STRING, -1), models)) {
            assertThat(model.call("[\"a😀b\",\"𣇉\"]")).isEqualTo("[\"a😀b\",\"𣇉\"]");
        }
    }

    @ParameterizedTest
    @CsvSource({"10, FP16", "16, BF16"})
    void carriesHalvesInBinaryOnly(int onnx, String type) {
        try (ModelKit model = ModelKit.of(Graph.identity(onnx, -1), models)) {
            Content raw = new Content(new byte[] {0, 60, 0, 64}, "application/octet-stream");
            assertThat(model.bodies(List.of(raw)).get(0).content().bytes()).isEqualTo(raw.bytes());
            assertThat(model.refused("[1,2]").message())
                    .isEqualTo("The input 'x' is " + type + ", of which JSON has no numbers: send it as binary data.");
        }
    }

    @Test
    void flattensMapsOfClassicalModels() {
        Graph zip = new Graph()
                .input("x", Graph.FLOAT, -1, 2)
                .mapsOutput("probabilities")
                .node(
                        "ai.onnx.ml",
                        "ZipMap",
                        List.of("x"),
                        List.of("probabilities"),
                        Graph.numbers("classlabels_int64s", 30, 4));
        try (ModelKit model = ModelKit.of(zip, models)) {
            assertThat(model.description()).isEqualTo("batches along x dimension 0");
            List<Reply> replies = model.replies(List.of("[[0.5,0.25],[1,0]]", "[0.125,2]"));
            assertThat(replies.stream().map(ModelKit::text))
                    .containsExactly(
                            "{\"probabilities\":[[0.25,0.5],[0.0,1.0]],\"probabilities.keys\":[[4,30],[4,30]]}",
                            "{\"probabilities\":[2.0,0.125],\"probabilities.keys\":[4,30]}");
        }
    }

    @Test
    void stacksTheTensorsOfASequence() {
        Graph split = new Graph()
                .input("x", Graph.FLOAT, 2, 2)
                .sequenceOutput("parts")
                .node("SplitToSequence", List.of("x"), List.of("parts"), Graph.number("axis", 0));
        try (ModelKit model = ModelKit.of(split, models)) {
            assertThat(model.description()).contains("none of its inputs leaves open how many rows it has");
            assertThat(model.call("[[1,2],[3,4]]")).isEqualTo("[[[1.0,2.0]],[[3.0,4.0]]]");
        }
    }

    @Test
    void givesOutputsOfAnotherShapeEachTime() {
        Graph found = new Graph()
                .input("x", Graph.FLOAT, 3)
                .output("y", Graph.INT64, -1, -1)
                .node("NonZero", List.of("x"), List.of("y"));
        try (ModelKit model = ModelKit.of(found, models)) {
            assertThat(model.call("[1,0,1]")).isEqualTo("[[0,2]]");
            assertThat(model.call("[1,0,0]")).isEqualTo("[[0]]");
            assertThat(model.call("[1,1,1]")).isEqualTo("[[0,1,2]]");
            assertThat(model.call("[0,0,0]")).isEqualTo("[[]]");
        }
    }

    @Test
    void takesNoRowsAtAll() {
        try (ModelKit model = ModelKit.of(Graph.adding(1), models)) {
            String none = "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[0,3],\"data\":[]}]}";
            List<Reply> replies = model.replies(List.of(none, "[1,2,3]"));
            assertThat(ModelKit.text(replies.get(0))).contains("\"shape\":[0,3],\"data\":[]");
            assertThat(ModelKit.text(replies.get(1))).isEqualTo("[2.0,3.0,4.0]");
            assertThat(model.call(none)).contains("\"shape\":[0,3],\"data\":[]");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [1,2]                                   | The input 'x' is FP32[-1,3], and FP32[1,2] was given.
            [[[1,2,3]]]                             | The input 'x' is FP32[-1,3], and FP32[1,1,3] was given.
            [[1,2,3],[4,5]]                         | The arrays of the input 'x' are of different lengths or depths.
            [1,"2",3]                               | The input 'x' has elements of FP32, and "2" is none.
            [1,NaN,3]                               | The input is not valid JSON: Non-standard token 'NaN'.
            [1,1e40,3]                              | In the input 'x', 1e40 does not fit FP32.
            [1,null,3]                              | The input 'x' has elements of FP32, and null is none.
            {"z":[1,2,3]}                           | The model has no input 'z'; it takes [x FP32[-1,3]].
            {}                                      | The input 'x' is missing: expected x FP32[-1,3].
            {"x":[1,2,3],"x":[1,2,3]}               | The input is not valid JSON: Duplicate Object property "x".
            [1,2,3                                  | The input is not valid JSON: Unexpected end-of-input: expected close marker for Array.
            [1,2,3] 4                               | The input is not valid JSON: something follows after its end.
            {"inputs":[]}                           | The input 'x' is missing: expected x FP32[-1,3].
            {"inputs":[{"name":"x"}]}               | The input 'x' has no datatype.
            {"inputs":7}                            | The member "inputs" is no array of inputs.
            """)
    void saysWhatIsWrongWithAnInput(String json, String sentence) {
        try (ModelKit model = ModelKit.of(Graph.adding(1), models)) {
            Failure failure = model.refused(json);
            assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_INPUT);
            assertThat(failure.message()).isEqualTo(sentence);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":"x","shape":[1,3],"datatype":"INT32","data":[1,2,3]}  | The input 'x' is FP32[-1,3], and INT32[1,3] was given.
            {"name":"x","shape":[1,3],"datatype":"FLOAT","data":[1,2,3]}  | The input 'x' has the datatype "FLOAT"; there are
            {"name":"x","shape":[2,3],"datatype":"FP32","data":[1,2,3]}   | The input 'x' has the shape [2,3], and its data that of [3].
            {"name":"x","shape":[-1,3],"datatype":"FP32","data":[1,2,3]}  | The shape of the input 'x' is not an array
            {"name":"x","shape":[99999999999,3],"datatype":"FP32","data":[1]} | The shape of the input 'x' is not an array
            {"name":"x","shape":[2000000000,3],"datatype":"FP32","data":[1]} | The input 'x' has the shape [2000000000,3], and its data that of [1].
            {"name":"y","shape":[1,3],"datatype":"FP32","data":[1,2,3]}   | The model has no input 'y'; it takes [x FP32[-1,3]].
            {"name":"x","shape":[1,3],"datatype":"FP32"}                  | The input 'x' has neither data nor binary_data_size.
            {"name":"x","shape":[1,3],"datatype":"FP32","parameters":{"binary_data_size":12}} | The binary data is truncated: the input 'x' has 12 bytes, and there are 0.
            {"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3],"dta":1} | The input 'x' has an unknown member "dta"
            """)
    void saysWhatIsWrongWithATensor(String input, String sentence) {
        try (ModelKit model = ModelKit.of(Graph.adding(1), models)) {
            Failure failure = model.refused("{\"inputs\":[" + input + "]}");
            assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_INPUT);
            assertThat(failure.message()).startsWith(sentence);
        }
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        try (ModelKit model = ModelKit.of(Graph.adding(1), models)) {
            assertThat(model.refused("[".repeat(100_000)).message())
                    .isEqualTo("The input 'x' is nested deeper than 16 arrays.");
            assertThat(model.refused("{\"parameters\":" + "{\"a\":".repeat(100_000))
                            .message())
                    .startsWith("The input is not valid JSON: Document nesting depth");
        }
    }

    @Test
    void refusesNaNWhereItIsNotAllowed() throws IOException {
        Content nan = new Content(binary("", Float.NaN, 1, 2).bytes(), "application/octet-stream");
        try (ModelKit model = ModelKit.of(Graph.adding(1), models)) {
            assertThat(model.bodies(List.of(nan)).get(0).failure().orElseThrow().message())
                    .startsWith("The input 'x' has an element that is NaN, which this model does not take");
        }
        try (ModelKit model = ModelKit.of(Graph.adding(1), "allow-nan: true", models)) {
            assertThat(floats(model.bodies(List.of(nan)).get(0).content().bytes(), 0))
                    .containsExactly(Float.NaN, 2, 3);
        }
    }

    @Test
    void refusesBinaryDataThatIsTruncatedOrTooLong() {
        try (ModelKit model = ModelKit.of(Graph.adding(1), models)) {
            String header = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,3],\"datatype\":\"FP32\","
                    + "\"parameters\":{\"binary_data_size\":12}}]}";
            List<Reply> replies = model.bodies(List.of(
                    binary(header, 1, 2),
                    binary(header, 1, 2, 3, 4),
                    binary(header.replace("12", "8"), 1, 2),
                    new Content(new byte[13], "application/octet-stream"),
                    new Content(new byte[0], "application/octet-stream"),
                    new Content(new byte[8], "application/octet-stream;json-length=9"),
                    binary(header, 1, 2, 3)));
            assertThat(replies.stream()
                            .limit(6)
                            .map(reply -> reply.failure().orElseThrow().message()))
                    .containsExactly(
                            "The binary data is truncated: the input 'x' has 12 bytes, and there are 8.",
                            "4 bytes follow after the binary data of the last input.",
                            "The input 'x' is FP32[1,3], and 8 bytes are not as many elements: 12 would be.",
                            "The input x FP32[-1,3] has a multiple of 12 bytes, and 13 came.",
                            "The input is empty; the model takes [x FP32[-1,3]].",
                            "The JSON part is to have 9 bytes, and the whole input has 8.");
            assertThat(replies.get(6).failure()).isEmpty();
        }
    }

    @Test
    void refusesAnOutputThatThereIsNot() {
        try (ModelKit model = ModelKit.of(Graph.adding(1), models)) {
            assertThat(model.refused("{\"inputs\":[" + ROW + "[1,2,3]}],\"outputs\":[{\"name\":\"z\"}]}"))
                    .isEqualTo(new Failure(ErrorCode.INVALID_INPUT, "The model has no output 'z'; it gives [y]."));
        }
    }

    @Test
    void saysWhereTheResultIsNoNumber() {
        Graph divided = new Graph()
                .input("x", Graph.FLOAT, -1, 1)
                .output("y", Graph.FLOAT, -1, 1)
                .constant("zero", 0)
                .node("Div", List.of("x", "zero"), List.of("y"));
        try (ModelKit model = ModelKit.of(divided, models)) {
            assertThat(model.refused("[0]"))
                    .isEqualTo(
                            new Failure(
                                    ErrorCode.FAILED,
                                    "The model gave NaN in the output 'y', and JSON has no such number: ask for binary data to see it."));
        }
    }

    @Test
    void tellsOfItself() {
        Graph graph = Graph.adding(1).metadata("author", "a test");
        try (ModelKit model = ModelKit.of(graph, models)) {
            assertThat(model.actor().call("metadata", (Object) "").toString())
                    .isEqualTo("{\"name\":\"model\",\"versions\":[\"1\"],\"platform\":\"onnxruntime_onnx\","
                            + "\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,3]}],"
                            + "\"outputs\":[{\"name\":\"y\",\"datatype\":\"FP32\",\"shape\":[-1,3]}],"
                            + "\"metadata\":{\"author\":\"a test\"}}");
        }
    }

    @Test
    void computesPartsOfABatchSideBySide() throws IOException {
        try (ModelKit model = ModelKit.of(Graph.adding(1), "threads: {intra: 1, batch: 2}", models)) {
            List<String> queries = IntStream.range(0, 64)
                    .mapToObj(i -> i % 16 == 7 ? "[1,2]" : "[" + i + ",0,0]")
                    .toList();
            List<Reply> replies = model.replies(queries);
            for (int i = 0; i < queries.size(); i++) {
                if (i % 16 == 7) {
                    assertThat(replies.get(i).failure().orElseThrow().code()).isEqualTo(ErrorCode.INVALID_INPUT);
                } else {
                    assertThat(ModelKit.text(replies.get(i))).isEqualTo("[" + (i + 1) + ".0,1.0,1.0]");
                }
            }
        }
    }

    @Test
    void findsOutHowManyThreadsItNeedsAndKeepsOneSession() {
        Graph.adding(1).writeTo(models, "model", "1");
        try (ModelKit model = ModelKit.of(models, "model", RuntimeSettings.USUAL)) {
            assertThat(model.open()).containsExactly(0L, 0L, 1L);
            assertThat(model.call("[[1,2,3],[4,5,6]]")).isEqualTo("[[2.0,3.0,4.0],[5.0,6.0,7.0]]");
        }
    }

    @Test
    void leavesNothingOpen() {
        ModelKit model = ModelKit.of(Graph.adding(1), models);
        for (int i = 0; i < 200; i++) {
            model.replies(List.of("[1,2,3]", "[[4,5,6],[7,8,9]]", "[1,2]", "nonsense"));
            assertThat(model.open().subList(1, 3)).containsExactly(0L, 1L);
        }
        model.close();
        assertThat(model.open()).containsExactly(0L, 0L, 0L);
    }

    private static Content binary(String header, float... values) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body =
                ByteBuffer.allocate(json.length + values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        body.put(json);
        for (float value : values) {
            body.putFloat(value);
        }
        return new Content(body.array(), "application/octet-stream;json-length=" + json.length);
    }

    private static float[] floats(byte[] bytes, int from) {
        ByteBuffer buffer =
                ByteBuffer.wrap(bytes, from, bytes.length - from).slice().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[buffer.remaining() / Float.BYTES];
        buffer.asFloatBuffer().get(values);
        return values;
    }
}
