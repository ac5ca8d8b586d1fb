package dev.sluice.router.fleet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.router.fleet.change.Refusal;
import dev.sluice.router.fleet.change.Refused;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON of the control API: names as in the actors file, numbers as they are written, and nothing twice. */
final class ControlJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // A version 1.10 without quotes is another than 1.1.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .changeDefaultPropertyInclusion(
                    usual -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private ControlJson() {}

    static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    static String line(Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    /** @throws Refused where the bytes are no JSON */
    static JsonNode read(byte[] bytes) {
        if (bytes.length == 0) {
            throw new Refused(new Refusal.Invalid("body", "is empty", "Write {\"field\": value, ...}."));
        }
        try {
            return MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw new Refused(new Refusal.Invalid(
                    "body", "is not JSON" + where + ": " + e.getOriginalMessage(), "Write {\"field\": value, ...}."));
        } catch (NumberFormatException e) {
            throw new Refused(new Refusal.Invalid(
                    "body", "has a number with an exponent that nobody can reckon with", "Write a smaller number."));
        }
    }
}
