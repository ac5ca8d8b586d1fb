package dev.sluice.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Run;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallCommandTest {

    private static final String TAKES_FILES =
            "{\"name\": \"filetype\", \"methods\": [{\"name\": \"call\", \"input\": \"Content\"}]}";

    @TempDir
    private Path folder;

    private final FakeFrontend frontend = new FakeFrontend()
            .answering(200, FakeFrontend.JSON, "{\"success\":true,\"actor\":\"vadder\",\"result\":11}");

    @AfterEach
    void close() {
        frontend.close();
    }

    @Test
    void sendsTheEnvelopeAndPrintsTheResultAlone() {
        Run run = call("vadder", "10", "--slo", "1s", "--priority", "2");

        assertThat(run).isEqualTo(new Run(0, "11\n", ""));
        assertThat(frontend.asked().path()).isEqualTo("/vadder");
        assertThat(frontend.asked().mediaType()).isEqualTo("application/json");
        assertThat(frontend.asked().body()).isEqualTo("{\"input\": 10, \"slo_ms\": 1000, \"priority\": 2}");
    }

    @Test
    void namesTheVersionThatIsToAnswer() {
        call("vadder", "10", "--version", "next.1");

        assertThat(frontend.asked().version()).isEqualTo("next.1");
    }

    @Test
    void showsTheKeyAndShowsNoneWithoutOne() {
        call("vadder", "10", "--key", "a-key-0123456789");

        assertThat(frontend.asked().authorization()).isEqualTo("Bearer a-key-0123456789");
        assertThat(frontend.describedTo()).isEqualTo("Bearer a-key-0123456789");

        call("vadder", "10");

        assertThat(frontend.asked().authorization()).isNull();
        assertThat(frontend.describedTo()).isNull();
    }

    @Test
    void leavesToTheActorWhatIsNotSaid() {
        call("counter/count", "null");

        assertThat(frontend.asked().version()).isNull();
        assertThat(frontend.asked().path()).isEqualTo("/counter/count");
        assertThat(frontend.asked().body()).isEqualTo("{\"input\": null}");
    }

    @Test
    void keepsEveryDigit() {
        String number = "123456789012345678901234567890.10000000000000000001";
        frontend.answering(200, FakeFrontend.JSON, "{\"success\":true,\"actor\":\"echo\",\"result\":[" + number + "]}");

        Run run = call("echo", number, "--slo", "0.5ms");

        assertThat(frontend.asked().body()).isEqualTo("{\"input\": " + number + ", \"slo_ms\": 0.5}");
        assertThat(run.out()).isEqualTo("[" + number + "]\n");
    }

    @Test
    void takesANegativeNumberForAnInputAndNotForAnOption() {
        call("adder", "-5");

        assertThat(frontend.asked().body()).isEqualTo("{\"input\": -5}");
    }

    @Test
    void printsTextWithoutQuotesAndForProgramsTheWholeAnswer() {
        String answer = "{\"success\":true,\"actor\":\"echo\",\"result\":\"a \\\"b\\\"\"}";
        frontend.answering(200, FakeFrontend.JSON, answer);

        assertThat(call("echo", "1").out()).isEqualTo("a \"b\"\n");
        assertThat(call("echo", "1", "--json").out()).isEqualTo(answer + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\"", "hello", "1 2", ""})
    void saysWhatIsWrongWithTheInputBeforeItSendsAnything(String input) {
        Run run = call("vadder", input);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).startsWith("The input is ").hasLineCount(1);
        assertThat(frontend.wasAsked()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "-5ms", "0ms", "5 parsecs", "99999999999h"})
    void refusesWhatIsNoTime(String slo) {
        Run run = call("vadder", "1", "--slo=" + slo);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("50ms");
        assertThat(frontend.wasAsked()).isFalse();
    }

    @Test
    void refusesANameThatIsNone() {
        assertThat(call("a/b/c", "1").err()).contains("ACTOR/METHOD");
        assertThat(call("/", "1").exit()).isEqualTo(1);
    }

    @Test
    void sendsAFileAsItIsWithItsMediaType() throws IOException {
        frontend.answering(200, FakeFrontend.JSON, "\"xml\"");

        Run run = call("filetype", "@" + file("pom.xml", "<a/>"), "--slo", "50ms", "--priority", "1", "--version", "2");

        assertThat(run).isEqualTo(new Run(0, "xml\n", ""));
        assertThat(frontend.asked())
                .extracting(
                        FakeFrontend.Asked::mediaType,
                        FakeFrontend.Asked::slo,
                        FakeFrontend.Asked::priority,
                        FakeFrontend.Asked::version,
                        FakeFrontend.Asked::body)
                .containsExactly("application/xml", "50", "1", "2", "<a/>");
    }

    @Test
    void putsAJsonFileIntoTheEnvelopeUnlessTheMethodTakesFiles() throws IOException {
        String file = "@" + file("input.json", "[1, 2]");

        call("vadder", file);
        assertThat(frontend.asked().body()).isEqualTo("{\"input\": [1, 2]}");

        frontend.describing(TAKES_FILES);
        call("filetype", file);
        assertThat(frontend.asked().mediaType()).isEqualTo("application/octet-stream");
        assertThat(frontend.asked().body()).isEqualTo("[1, 2]");
    }

    @Test
    void lookLikeWhatItHoldsWhereTheNameOfAFileSaysNothing() throws IOException {
        call("echo", "@" + file("README", "text"));
        assertThat(frontend.asked().mediaType()).startsWith("text/plain");

        call("echo", "@" + Files.write(folder.resolve("noise"), new byte[] {(byte) 0xff, 0, 1}));
        assertThat(frontend.asked().mediaType()).isEqualTo("application/octet-stream");

        call("echo", "@" + file("README", "text"), "--media-type", "image/png");
        assertThat(frontend.asked().mediaType()).isEqualTo("image/png");
    }

    @Test
    void readsStandardInputAsJsonWhereItIsJson() {
        InputStream terminal = System.in;
        try {
            System.setIn(new ByteArrayInputStream("{\"n\": 3}\n".getBytes(StandardCharsets.UTF_8)));
            call("ticks/paced", "@-");
            assertThat(frontend.asked().body()).isEqualTo("{\"input\": {\"n\": 3}\n}");
        } finally {
            System.setIn(terminal);
        }
    }

    @Test
    void saysWhichFileThereIsNot() {
        Run run = call("echo", "@" + folder.resolve("absent"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("absent cannot be read: there is none.");
    }

    @Test
    void printsEveryItemOfAStream() {
        frontend.describing("{\"methods\": [{\"name\": \"call\", \"streaming\": true}]}")
                .answering(
                        200,
                        "text/event-stream;charset=UTF-8",
                        "data:1\n\ndata: {\"a\": 2}\n\nevent: end\ndata: {}\n\n");

        Run run = call("ticks", "2");

        assertThat(run).isEqualTo(new Run(0, "1\n{\"a\":2}\n", ""));
        assertThat(frontend.asked().accept()).isEqualTo("text/event-stream");
    }

    @Test
    void printsWhatCameBeforeAStreamFailed() {
        frontend.describing("{\"methods\": [{\"name\": \"call\", \"streaming\": true}]}")
                .answering(
                        200,
                        "text/event-stream",
                        "data: 1\n\nevent: error\ndata: {\"code\": \"FAILED\", \"detail\": \"It broke.\"}\n\n");

        assertThat(call("ticks", "2")).isEqualTo(new Run(1, "1\n", "FAILED: It broke.\n"));
    }

    @Test
    void saysThatAStreamWithoutAnEndBrokeOff() {
        frontend.describing("{\"methods\": [{\"name\": \"call\", \"streaming\": true}]}")
                .answering(200, "text/event-stream", "data: 1\n\n");

        assertThat(call("ticks", "2")).isEqualTo(new Run(1, "1\n", "The stream broke off before its end.\n"));
    }

    @Test
    void saysCodeAndReasonOfAFailure() {
        String problem =
                "{\"status\":404,\"code\":\"NOT_FOUND\",\"detail\":\"There is no actor x.\",\"success\":false}";
        frontend.answering(404, "application/problem+json", problem);

        assertThat(call("x", "1")).isEqualTo(new Run(1, "", "NOT_FOUND: There is no actor x.\n"));
        assertThat(call("x", "1", "--json").out()).isEqualTo(problem + "\n");
    }

    @Test
    void saysTheStatusOfAnAnswerThatIsNotOurs() {
        frontend.answering(502, "text/html", "<html>\nbad gateway</html>");

        assertThat(call("x", "1").err()).isEqualTo("The answer was HTTP status 502: <html>\n");
    }

    @Test
    void writesBytesToAFileAsTheyAre() throws IOException {
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 0, 10};
        frontend.answering(200, "image/png", picture);
        PrintStream terminal = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            call("echo", "@" + file("a.txt", "x"));
        } finally {
            System.setOut(terminal);
        }

        assertThat(written.toByteArray()).isEqualTo(picture);
    }

    @Test
    void saysHowToStartWhatIsNotRunning() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        Run run = Run.in(folder, "call", "vadder", "1", "--frontend", "127.0.0.1:" + port);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("Sluice is not running. ./sluice up starts it.")
                .hasLineCount(1);
    }

    private Run call(String... arguments) {
        List<String> all = new ArrayList<>(List.of("call", "--frontend", frontend.url()));
        all.addAll(Arrays.asList(arguments));
        return Run.in(folder, all.toArray(String[]::new));
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
