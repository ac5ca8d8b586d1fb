package dev.sluice.common.membership;

import dev.sluice.common.wire.FrameException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of control frames. Members that a newer peer adds are skipped; none that this process knows may be missing. */
public final class MembershipJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private MembershipJson() {}

    public static byte[] write(Object content) {
        return MAPPER.writeValueAsBytes(content);
    }

    /** @throws FrameException where the bytes are something else */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            T content = MAPPER.readValue(json, type);
            if (content == null) {
                throw new FrameException("an empty " + type.getSimpleName());
            }
            return content;
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw new FrameException("no " + type.getSimpleName() + ": " + e.getMessage());
        }
    }
}
