package dev.sluice.host.sql.tensor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.host.sql.file.Parameter;
import dev.sluice.host.sql.file.ParameterType.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The values of one parameter. Holds nothing that has to be freed. */
final class InputColumn {

    /** More than any decimal has, and so short that it is a number at once. */
    private static final int LONGEST_DECIMAL = 100;

    private final Parameter parameter;
    private final ByteBuf data;
    private final int[] starts;
    private final int rows;

    private InputColumn(Parameter parameter, ByteBuf data, int rows) {
        this.parameter = parameter;
        this.data = data;
        this.rows = rows;
        this.starts = TensorTypes.of(parameter.type()) == DataType.BYTES ? starts(data, rows) : new int[0];
    }

    /** @param tensor found to be what the parameter takes; released by others */
    static InputColumn of(Parameter parameter, Tensor tensor) {
        ByteBuf own = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(tensor.data()));
        return new InputColumn(parameter, own, (int) tensor.elements());
    }

    private static int[] starts(ByteBuf data, int count) {
        int[] starts = new int[count];
        int at = 0;
        for (int i = 0; i < count; i++) {
            starts[i] = at + Integer.BYTES;
            at = starts[i] + data.getIntLE(at);
        }
        return starts;
    }

    Parameter parameter() {
        return parameter;
    }

    int rows() {
        return rows;
    }

    /** @throws QueryException of {@code INVALID_INPUT}, with a sentence for the caller */
    Object value(int row) {
        return switch (parameter.type().kind()) {
            case BOOLEAN -> truth(data.getByte(row));
            case INTEGER -> data.getIntLE(row * Integer.BYTES);
            case BIGINT -> data.getLongLE(row * Long.BYTES);
            case DOUBLE -> finite(data.getDoubleLE(row * Double.BYTES));
            case DECIMAL, VARCHAR, DATE, TIMESTAMP -> read(text(row));
        };
    }

    private Object truth(byte value) {
        if (value != 0 && value != 1) {
            throw refused("has the byte " + (value & 0xFF) + " among its elements of BOOL, which are 0 or 1");
        }
        return value == 1;
    }

    private Object finite(double value) {
        if (!Double.isFinite(value)) {
            throw refused("is " + value + ", and should be a number");
        }
        return value;
    }

    private String text(int row) {
        ByteBuffer bytes = data.nioBuffer(starts[row], data.getIntLE(starts[row] - Integer.BYTES));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException malformed) {
            throw refused("has a string that is not valid text in UTF-8");
        }
    }

    /** As a text or number of JSON would be. */
    private Object read(String text) {
        JsonNode value = parameter.type().kind() == Kind.DECIMAL ? number(text) : string(text);
        try {
            return parameter.type().read(value);
        } catch (IllegalArgumentException e) {
            String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
            throw refused("is \"" + shown + "\", and should be " + e.getMessage());
        }
    }

    private static JsonNode string(@Nullable String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    private static JsonNode number(String text) {
        try {
            return text.length() > LONGEST_DECIMAL
                    ? string(text)
                    : JsonNodeFactory.instance.numberNode(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return string(text);
        }
    }

    private QueryException refused(String why) {
        return new QueryException(ErrorCode.INVALID_INPUT, "The input '" + parameter.name() + "' " + why + ".");
    }
}
