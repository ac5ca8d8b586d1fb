package dev.sluice.host.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.tensor.TextModel;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.test.ActorKit;
import dev.sluice.sdk.test.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** SQL files, asked with tensors: parameters in a string, rows in a string. */
@Timeout(120)
class TensorQueryTest {

    @TempDir
    private Path folder;

    private static Content request(Map<String, ?> parameters) {
        String text = JsonMapper.shared().writeValueAsString(JsonMapper.shared().writeValueAsString(parameters));
        byte[] body = ("{\"inputs\":[{\"name\":\"input\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[" + text
                        + "]}]}")
                .getBytes(StandardCharsets.UTF_8);
        return new Content(body, "application/octet-stream;json-length=" + body.length);
    }

    private static String rows(Reply reply) {
        return reply.value().path("outputs").path(0).path("data").path(0).asString();
    }

    @Test
    void answersBesideOthersOfTheSameBatch() throws Exception {
        try (SqlFolderRig rig = SqlFolderRig.in(folder);
                ActorKit counts = ActorKit.of(
                                rig.actor(
                                        "-- @param customer bigint",
                                        "select query_id, count(*) as n from inputs join orders using (customer) group by query_id"))
                        .start()) {
            assertThat(counts.descriptor().methods().get(0).tensors()).contains(TextModel.SIGNATURE);
            List<Reply> replies = counts.replies(
                    "call",
                    List.of(
                            new Content(new byte[] {'{'}, "application/octet-stream;json-length=1"),
                            request(Map.of("customer", 1)),
                            Map.of("customer", 2),
                            request(Map.of("customer", "1; drop table orders"))));
            assertThat(replies.get(0).failure().orElseThrow().code()).isEqualTo(ErrorCode.INVALID_INPUT);
            assertThat(rows(replies.get(1))).isEqualTo("[{\"n\":100}]");
            assertThat(replies.get(2).value().toString()).isEqualTo("[{\"n\":100}]");
            assertThat(replies.get(3).failure().orElseThrow().code()).isEqualTo(ErrorCode.INVALID_INPUT);
            Reply columns = counts.replies("columns", List.of(request(Map.of("customer", 1))))
                    .get(0);
            assertThat(rows(columns)).isEqualTo("{\"n\":[100]}");
        }
    }
}
