package dev.sluice.router.fleet.goal;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goals as they are stored. Durations are ISO 8601. Members that a newer router has added are skipped; none that this one knows may
 * be missing, but for those that may be absent.
 */
public final class GoalJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            // Only what a record consists of, and not what it tells of itself, such as whether a scale is fixed.
            .changeDefaultVisibility(visible -> visible.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
            .build();

    private GoalJson() {}

    public static String write(ActorGoal goal) {
        return MAPPER.writeValueAsString(goal);
    }

    /** @throws UnreadableGoal where the text is something else */
    public static ActorGoal read(String json) {
        try {
            ActorGoal goal = MAPPER.readValue(json, ActorGoal.class);
            if (goal == null) {
                throw new UnreadableGoal("It is empty.");
            }
            return goal;
        } catch (JacksonException e) {
            throw new UnreadableGoal("It cannot be read: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new UnreadableGoal("It cannot be read: " + e.getMessage());
        }
    }
}
