package dev.sluice.common.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferRequest.Asked;
import dev.sluice.common.tensor.InferRequest.Form;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferReaderTest {

    private static final String JSON = "application/json";
    private static final TensorSpec X = new TensorSpec("x", DataType.INT32, new long[] {-1, 2});
    private static final TensorSpec TEXT = new TensorSpec("text", DataType.BYTES, new long[] {-1});

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final InferReader reader = new InferReader(allocator);

    @AfterEach
    void everythingIsReleased() {
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private InferRequest read(String json, TensorSpec... declared) {
        return reader.read(bytes(json), JSON, List.of(declared));
    }

    private static String hex(Tensor tensor) {
        return ByteBufUtil.hexDump(tensor.data());
    }

    @Test
    void readsPlainJsonByWhatTheModelDeclares() {
        InferRequest request = read("[[1, -1]]", X);
        assertThat(request.form()).isEqualTo(Form.PLAIN);
        assertThat(request.inputs()).singleElement().satisfies(tensor -> {
            assertThat(tensor.name()).isEqualTo("x");
            assertThat(tensor.shape()).containsExactly(1, 2);
            assertThat(hex(tensor)).isEqualTo("01000000ffffffff");
            assertThat(tensor.data().isDirect()).isTrue();
        });
        request.release();
    }

    @Test
    void readsAnObjectByTheNamesOfInputs() {
        InferRequest request = read("{\"text\": [\"a\", \"\"], \"x\": [[1,2]]}", X, TEXT);
        assertThat(request.form()).isEqualTo(Form.NAMED);
        assertThat(request.inputs()).extracting(Tensor::name).containsExactly("text", "x");
        assertThat(hex(request.inputs().get(0))).isEqualTo("010000006100000000");
        request.release();
    }

    @Test
    void readsWhatIsAskedForBesideTheInputs() {
        InferRequest request = read(
                "{\"id\":\"7\",\"parameters\":{\"binary_data_output\":true,\"other\":{\"a\":[1]}},\"outputs\":[{\"name\":\"b\"},"
                        + "{\"name\":\"a\",\"parameters\":{\"binary_data\":false}}],"
                        + "\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"INT32\",\"data\":[1,2]}]}",
                X);
        assertThat(request.form()).isEqualTo(Form.INFER);
        assertThat(request.id()).isEqualTo("7");
        assertThat(request.binary()).isTrue();
        assertThat(request.outputs())
                .containsExactly(new Asked("b", Optional.empty()), new Asked("a", Optional.of(false)));
        request.release();
    }

    @Test
    void takesAnIdThatIsNullForNone() {
        InferRequest request = read(
                "{\"id\":null,\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"INT32\",\"data\":[1,2]}]}", X);
        assertThat(request.id()).isEmpty();
        request.release();
    }

    @Test
    void tellsAnInputOfTheNameInputsFromTheProtocols() {
        TensorSpec inputs = new TensorSpec("inputs", DataType.INT32, new long[] {-1});
        InferRequest plain = read("{\"inputs\": [1, 2]}", inputs);
        assertThat(plain.form()).isEqualTo(Form.NAMED);
        assertThat(hex(plain.inputs().get(0))).isEqualTo("0100000002000000");
        plain.release();
        InferRequest protocol =
                read("{\"inputs\":[{\"name\":\"inputs\",\"shape\":[1],\"datatype\":\"INT32\",\"data\":[3]}]}", inputs);
        assertThat(protocol.form()).isEqualTo(Form.INFER);
        assertThat(hex(protocol.inputs().get(0))).isEqualTo("03000000");
        protocol.release();
    }

    @Test
    void takesBinaryTensorsOneAfterTheOther() {
        String json = "{\"inputs\":[{\"name\":\"text\",\"shape\":[2],\"datatype\":\"BYTES\",\"parameters\":"
                + "{\"binary_data_size\":9}},{\"name\":\"x\",\"shape\":[0,2],\"datatype\":\"INT32\","
                + "\"parameters\":{\"binary_data_size\":0}}]}";
        ByteBuf body = bytes(json).writeBytes(ByteBufUtil.decodeHexDump("010000006100000000"));
        InferRequest request = reader.read(body, InferMedia.binary(json.length()), List.of(X, TEXT));
        assertThat(request.inputs()).extracting(InferReaderTest::hex).containsExactly("010000006100000000", "");
        assertThat(body.refCnt()).as("slices of the body, not copies").isEqualTo(3);
        request.release();
        assertThat(body.refCnt()).isEqualTo(1);
    }

    @Test
    void takesAWholeBodyAsTheOnlyString() {
        InferRequest request = reader.read(bytes("grüß"), "application/octet-stream", List.of(TEXT));
        assertThat(request.form()).isEqualTo(Form.RAW);
        assertThat(hex(request.inputs().get(0))).isEqualTo("060000006772c3bcc39f");
        assertThat(request.inputs().get(0).shape()).containsExactly(1);
        request.release();
    }

    @Test
    void keepsNoGreatManyElementsUntilItIsKnownWhatTheyAre() {
        String data = "[" + "1,".repeat(100_000) + "1]";
        assertThatThrownBy(() -> read("{\"inputs\":[{\"data\":" + data + ",\"name\":\"x\"}]}", X))
                .hasMessageContaining("write \"data\" after these");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"INT32\",\"data\":[1,2]},{\"name\":\"x\"}]}",
                "{\"x\":[1,2],\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"INT32\",\"data\":[1,2]}]}",
                "{\"x\":[1,2],\"x2\":[1,2]}",
                "{\"x\":[1,\"2\"]}",
                "{\"x\":[1,2]",
                "{\"x\":[1,2]}}",
                "[1,2,[3]]",
                "[1,{\"a\":1}]",
                "[2147483648]",
                "[1.0]",
                "\"text\"",
                "null",
                "{\"inputs\":[{\"data\":[1,2],\"name\":\"x\",\"shape\":[1,2]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"INT32\",\"data\":[1,2],"
                        + "\"parameters\":{\"binary_data_size\":8}}]}",
                "{\"outputs\":{}}",
                "{\"parameters\":[]}"
            })
    void refusesTheRestAndKeepsNothing(String json) {
        assertThatThrownBy(() -> read(json, X))
                .isInstanceOfSatisfying(
                        QueryException.class,
                        refused -> assertThat(refused.failure().code()).isEqualTo(ErrorCode.INVALID_INPUT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "a\\udc00", "\\udc00\\ud800", "\\ud83d\\ude00\\ud83d"})
    void refusesHalfOfASurrogatePair(String text) {
        assertThatThrownBy(() -> read("{\"text\": [\"" + text + "\"]}", TEXT)).hasMessageContaining("surrogate pair");
    }

    @Test
    void takesWholeSurrogatePairs() {
        InferRequest request = read("{\"text\": [\"\\ud83d\\ude00\"]}", TEXT);
        assertThat(request.inputs()).extracting(InferReaderTest::hex).containsExactly("04000000f09f9880");
        request.release();
    }
}
