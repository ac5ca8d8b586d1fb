package dev.sluice.common.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.ActorScheduling;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.TensorSignature;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.common.wire.FrameException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembershipJsonTest {

    private static final ActorDescriptor ACTOR = new ActorDescriptor(
            "vadder",
            "1",
            true,
            250,
            "fifo",
            "Adds to vectors – Zoë",
            List.of(new MethodDescriptor("call", true, 64, 1000, false, "long", "long")));
    private static final Announcement ANNOUNCEMENT = new Announcement(
            2,
            false,
            List.of(ACTOR),
            List.of(new Announcement.Replica("vadder-0", "vadder", "1", Announcement.State.FAILED, "out of memory")));

    @Test
    void bringsAnAnnouncementBackAsItWas() {
        assertThat(MembershipJson.read(MembershipJson.write(ANNOUNCEMENT), Announcement.class))
                .isEqualTo(ANNOUNCEMENT);
    }

    @Test
    void bringsACatalogueBackAsItWas() {
        CatalogueContent catalogue = new CatalogueContent(List.of(ACTOR), Map.of("vadder", 2));
        assertThat(MembershipJson.read(MembershipJson.write(catalogue), CatalogueContent.class))
                .isEqualTo(catalogue);
    }

    @Test
    void bringsWhatAnActorAsksOfItsSchedulerBackAsItWas() {
        ActorScheduling asked = new ActorScheduling(
                Optional.of(true),
                Optional.empty(),
                Optional.of(0.05),
                Map.of("acme", 3.0),
                Optional.empty(),
                Optional.of(9));
        CatalogueContent catalogue = new CatalogueContent(
                List.of(new ActorDescriptor("a", "1", false, 1, "deadline", "", List.of(), Optional.of(asked))));
        assertThat(MembershipJson.read(MembershipJson.write(catalogue), CatalogueContent.class))
                .isEqualTo(catalogue);
    }

    @Test
    void bringsWhatAMethodTakesAsAModelBackAsItWas() {
        TensorSignature tensors = new TensorSignature(
                List.of(new TensorSpec("x", DataType.FP32, new long[] {-1, 3})),
                List.of(new TensorSpec("y", DataType.BYTES, new long[0])));
        MethodDescriptor call =
                new MethodDescriptor("call", true, 8, 0, false, "float[]", "String", Optional.of(tensors));
        CatalogueContent catalogue =
                new CatalogueContent(List.of(new ActorDescriptor("a", "1", false, 1, "deadline", "", List.of(call))));
        assertThat(MembershipJson.read(MembershipJson.write(catalogue), CatalogueContent.class))
                .isEqualTo(catalogue);
    }

    @Test
    void doesNotMissWhatAnOlderPeerDoesNotKnow() {
        String json = text(MembershipJson.write(ANNOUNCEMENT));
        String older = json.replace(",\"scheduling\":null", "")
                .replace(",\"explored\":[]", "")
                .replace(",\"kind\":\"\"", "")
                .replace(",\"tensors\":null", "");
        assertThat(older)
                .doesNotContain("scheduling")
                .doesNotContain("explored")
                .doesNotContain("tensors")
                .doesNotContain("kind");
        assertThat(older).isNotEqualTo(json);
        assertThat(read(older, Announcement.class)).isEqualTo(ANNOUNCEMENT);
    }

    @Test
    void skipsWhatANewerPeerAdds() {
        String json = text(MembershipJson.write(ANNOUNCEMENT))
                .replaceFirst("\\{", "{\"news\":[1,{\"a\":null}],")
                .replace("\"batched\":", "\"colour\":\"red\",\"batched\":");
        assertThat(read(json, Announcement.class)).isEqualTo(ANNOUNCEMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{",
                "[]",
                "17",
                "\"text\"",
                "{}",
                "{\"slots\":1,\"draining\":false,\"actors\":[]}",
                "{\"slots\":1,\"draining\":false,\"actors\":null,\"replicas\":[]}",
                "{\"slots\":1,\"draining\":false,\"actors\":[null],\"replicas\":[]}",
                "{\"slots\":1,\"draining\":false,\"actors\":[{}],\"replicas\":[]}",
                "{\"slots\":1,\"draining\":false,\"actors\":[],\"replicas\":[{\"id\":\"a\"}]}",
                "{\"slots\":\"many\",\"draining\":false,\"actors\":[],\"replicas\":[]}",
                "{\"slots\":1,\"draining\":false,\"actors\":[],\"replicas\":[{\"id\":\"a\",\"actor\":\"a\","
                        + "\"version\":\"1\",\"state\":\"SLEEPING\",\"reason\":\"\"}]}",
                "{\"slots\":1,\"draining\":false,\"actors\":[],\"replicas\":[]} more",
            })
    void refusesWhatIsNoAnnouncement(String json) {
        assertThatThrownBy(() -> read(json, Announcement.class))
                .isInstanceOf(FrameException.class)
                .hasMessageContaining("Announcement");
    }

    @Test
    void refusesNestingWithoutEndInsteadOfOverflowingTheStack() {
        String json = "{\"news\":" + "[".repeat(100_000);
        assertThatThrownBy(() -> read(json, CatalogueContent.class)).isInstanceOf(FrameException.class);
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] bytes = {(byte) 0xff, (byte) 0xfe, 0, 1, 2};
        assertThatThrownBy(() -> MembershipJson.read(bytes, CatalogueContent.class))
                .isInstanceOf(FrameException.class);
    }

    private static <T> T read(String json, Class<T> type) {
        return MembershipJson.read(json.getBytes(StandardCharsets.UTF_8), type);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
