package dev.sluice.system.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.Tier;
import dev.sluice.system.site.On;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page of a frontend that asks who calls, as somebody uses it. */
@ExtendWith(Sites.class)
class PageKeyIT {

    private static final String KEY = "the-key-of-acme-0";
    private static final String OPERATOR = "the-key-of-operators";

    private static Browser browser;

    private OneProcess frontend;
    private URI url;
    private PageUnderTest page;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void withoutAKey(@On(Shape.STEADY) Site site) throws IOException {
        int port = Places.freePorts(1);
        url = URI.create("http://127.0.0.1:" + port);
        frontend = OneProcess.service(
                "frontend-that-asks",
                Tier.FRONTEND,
                "sluice.node-id=frontend-that-asks",
                "server.port=" + port,
                "sluice.frontend.grpc.enabled=false",
                "sluice.frontend.flight.enabled=false",
                "sluice.frontend.zmq.enabled=false",
                "sluice.routers=" + site.router(0).url(),
                "sluice.cluster-secret=" + Site.SECRET,
                "sluice.access.keys[0].name=acme",
                "sluice.access.keys[0].key=" + KEY,
                "sluice.access.keys[0].actors=vadder",
                "sluice.access.keys[1].name=ops",
                "sluice.access.keys[1].key=" + OPERATOR,
                "sluice.access.keys[1].operator=true");
        await().ignoreExceptions().until(() -> status("/v2/models/vadder/ready") == 200);
        page = new PageUnderTest(browser, url);
        browser.driver().get(url.resolve("/ui/").toString());
        browser.driver().executeScript("sessionStorage.clear()");
        view("");
        page.until("question", () -> page.one("#key").isDisplayed());
    }

    private int status(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .header("Authorization", "Bearer " + KEY)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @AfterEach
    void end() {
        frontend.close();
    }

    private void view(String view) {
        browser.driver().get("about:blank");
        browser.driver().get(url.resolve("/ui/#/" + view).toString());
    }

    private void give(String key) {
        page.one("#key input").sendKeys(key);
        page.press("Go on");
    }

    @Test
    void asksForAKeyAndKeepsItForTheTab() {
        assertThat(page.text("#live")).isNotEqualTo("Live");

        give("the-key-of-nobody");
        page.until("question again", () -> page.one("#key").isDisplayed());
        give(OPERATOR);

        page.until("life", () -> page.text("#live").equals("Live"));
        assertThat(page.one("#key").isDisplayed()).isFalse();
        view("console/vadder");
        page.until("life without being asked again", () -> page.text("#live").equals("Live"));
        assertThat(page.one("#key").isDisplayed()).isFalse();
    }

    /** Browsers tell of a refusal as of a fault of the page, and the first question of a page without a key is refused. */
    private void forgetThatAKeyWasAskedFor() {
        assertThat(browser.complaints()).isNotEmpty().allMatch(complaint -> complaint.contains("401"));
    }

    @Test
    void anOperatorSeesThatNothingWasCalledAndThenWhatWas() {
        forgetThatAKeyWasAskedFor();
        give(OPERATOR);
        page.until("life", () -> page.text("#live").equals("Live"));
        view("queries");
        page.until("word on none", () -> page.text("main").contains("No query has ended"));

        view("console/vadder");
        page.until("form", () -> page.text("form.ask").contains("A whole number"));
        page.press("Call");
        assertThat(page.outcome()).isEqualTo("answered · 200");
        page.until("its waterfall", () -> page.text(".answer").contains("Runs"));
        view("queries");
        page.until("its row", () -> page.all(".queries tbody tr").size() == 1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aCallerWhoIsNoOperatorCallsWhatItMay() {
        forgetThatAKeyWasAskedFor();
        give(KEY);
        page.until("word on the figures", () -> page.text("#trouble").contains("operators"));
        assertThat(page.text("#live")).isEqualTo("Console only");

        view("console/vadder");
        page.until("form", () -> page.text("form.ask").contains("A whole number"));

        assertThat(page.select("Actor").getOptions())
                .extracting(option -> option.getText())
                .containsExactly("vadder");
        page.type("Input", "41");
        page.press("Call");
        assertThat(page.outcome()).isEqualTo("answered · 200");
        page.until("word on its time", () -> page.text(".answer").contains("shown to operators only"));
        assertThat(page.text(".answer")).doesNotContain("Not recorded");

        view("queries");
        page.until("word on queries", () -> page.text("main").contains("shown to operators only"));
        assertThat(page.all(".queries").stream().filter(table -> table.isDisplayed()))
                .isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }
}
