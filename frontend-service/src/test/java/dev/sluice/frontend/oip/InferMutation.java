package dev.sluice.frontend.oip;

import static dev.sluice.common.testing.Mutator.joined;
import static dev.sluice.common.testing.Mutator.part;
import static dev.sluice.common.testing.Mutator.utf8;

import dev.sluice.common.testing.Mutator;
import dev.sluice.frontend.http.RawHttp;
import dev.sluice.frontend.mutation.Longs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request, and what was changed in it.
 *
 * @param path to be asked
 * @param json of the body
 * @param data behind it
 * @param length that the header says; negative: there is none
 * @param packed the body as it is sent where that is packed, else empty
 */
record InferMutation(
        String path, byte[] json, byte[] data, int length, byte[] packed, boolean untouched, boolean asksWhatItShould) {

    private static final byte[] NONE = {};

    static InferMutation json(String path, String json) {
        return new InferMutation(path, utf8(json), NONE, -1, NONE, true, true);
    }

    static InferMutation binary(String json, byte[] data) {
        return new InferMutation("/v2/models/plus/infer", utf8(json), data, json.length(), NONE, true, true);
    }

    static InferMutation raw(byte[] data) {
        return new InferMutation("/v2/models/plus/infer", NONE, data, 0, NONE, true, true);
    }

    InferMutation maybeChanged(Mutator mutator) {
        InferMutation request = mutator.once(8) ? this : changed(mutator);
        return mutator.once(4) ? request.packed(mutator) : request;
    }

    private InferMutation changed(Mutator mutator) {
        if (mutator.once(16)) {
            String elsewhere = "/v2/" + printable(mutator.bytes(utf8(path.substring(4))));
            return new InferMutation(elsewhere, json, data, length, packed, false, elsewhere.equals(path));
        }
        if (length >= 0 && mutator.once(6)) {
            int other = mutator.random().nextInt(json.length + data.length + 4);
            return new InferMutation(path, json, data, other, packed, false, true);
        }
        if (data.length > 0 && mutator.once(2)) {
            return new InferMutation(path, json, mutator.bytes(data), length, packed, false, true);
        }
        byte[] text = mutator.jsonBytes(new String(json, StandardCharsets.UTF_8));
        return new InferMutation(path, text, data, length > 0 ? text.length : length, packed, false, true);
    }

    private static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(b > ' ' && b < 127 ? (char) b : 'x');
        }
        return text.toString();
    }

    private InferMutation packed(Mutator mutator) {
        byte[] whole = gzip(joined(json, data));
        boolean damaged = !mutator.once(4);
        return new InferMutation(
                path,
                json,
                data,
                length,
                damaged ? mutator.bytes(whole) : whole,
                untouched && !damaged,
                asksWhatItShould);
    }

    void send(RawHttp http) {
        List<String> headers = new ArrayList<>();
        if (length >= 0) {
            headers.add("Inference-Header-Content-Length: " + length);
        }
        if (packed.length > 0) {
            headers.add("Content-Encoding: gzip");
        }
        http.sendPost(path, packed.length > 0 ? packed : joined(json, data), headers.toArray(String[]::new));
    }

    /** The body, unpacked. */
    byte[] sent() {
        return packed.length > 0 ? gunzip(packed) : joined(json, data);
    }

    /** What the only input holds, by what the whole body says. */
    List<Long> numbers() {
        if (length == 0) {
            return Longs.of(sent());
        }
        JsonNode input = head().path("inputs").path(0);
        List<Long> numbers = new ArrayList<>();
        if (input.has("data")) {
            flat(input.path("data"), numbers);
            return numbers;
        }
        return Longs.of(part(
                sent(),
                length,
                length + input.path("parameters").path("binary_data_size").asInt()));
    }

    private static void flat(JsonNode data, List<Long> numbers) {
        for (JsonNode each : data) {
            if (each.isArray()) {
                flat(each, numbers);
            } else {
                numbers.add(each.decimalValue().longValueExact());
            }
        }
    }

    /** Empty where there is none, or an empty one, which is as good. */
    String id() {
        return length == 0 ? "" : head().path("id").asString("");
    }

    private JsonNode head() {
        byte[] sent = sent();
        byte[] text = length < 0 ? sent : part(sent, 0, length);
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            throw new AssertionError("answered, and no JSON: " + new String(text, StandardCharsets.UTF_8), e);
        }
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] gunzip(byte[] packed) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError("answered, and cannot be unpacked", e);
        }
    }
}
